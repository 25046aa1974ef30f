"""The day by which a contact is deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.days import Attended, years_after


@dataclass(frozen=True)
class Retention:
    """Whole years that a contact is kept, for each rule of retention.toml."""

    years: Mapping[str, int]

    def deletion_day(self, *, last_request_on: date, attended: Attended | None) -> date:
        """The day, in Luxembourg, by which a contact without a signed contract is gone.

        Source: fact sheet, ATTENTION (one year after participation); who never took part is kept one year after
        the last request.
        """
        if attended is None:
            return years_after(last_request_on, self.years["never_took_part"])
        return years_after(attended.last, self.years["took_part"])

    def attended_too_long_ago(self, attended: Attended, today: date) -> bool:
        """Whether the contact would be deleted by today, so that one takes part again first (fact sheet, ATTENTION)."""
        return self.deletion_day(last_request_on=today, attended=attended) <= today
