"""What the resident is told of the day on which their data are deleted: that it is near, or that it has changed."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.booking import ContactFile


@dataclass(frozen=True)
class DeletionDay:
    """A day in Luxembourg and the rule of retention.toml that sets it; `own_page` is where its owner ends it sooner."""

    reference: str
    delete_on: date
    rule: str
    own_page: str


def deletion_day(file: ContactFile, own_page: str) -> DeletionDay:
    return DeletionDay(file.reference, file.contact.delete_on, file.contact.rule, own_page)
