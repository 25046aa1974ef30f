"""What somebody of the staff is told who wants to sign in at the desk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DeskLink:
    """The address that opens the desk once, and the time of day in Luxembourg until which it does."""

    address: str
    until: str
