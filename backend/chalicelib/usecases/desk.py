"""What the use cases of the staff desk work with."""

from dataclasses import dataclass

from chalicelib.usecases.admit import Office
from chalicelib.usecases.desk_ports import Audit, Worklist
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.ports import Outbox


@dataclass(frozen=True)
class BackOffice:
    """All that is kept of people, letters and sessions, what waits, and what staff did."""

    office: Office
    outbox: Outbox
    worklist: Worklist
    audit: Audit

    @property
    def rosters(self) -> Rosters:
        return Rosters(self.office.contacts, self.office.sessions)
