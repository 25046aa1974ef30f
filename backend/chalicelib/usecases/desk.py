"""What the use cases of the staff desk work with."""

from dataclasses import dataclass

from chalicelib.usecases.admit import Office
from chalicelib.usecases.desk_ports import Audit, Worklist
from chalicelib.usecases.give_up_place import Rosters
from chalicelib.usecases.ports import Months, Outbox


@dataclass(frozen=True)
class BackOffice:
    """All that is kept of people, letters and sessions, what waits, what staff did, and the numbers of months."""

    office: Office
    outbox: Outbox
    worklist: Worklist
    audit: Audit
    months: Months

    @property
    def rosters(self) -> Rosters:
        return self.office.rosters
