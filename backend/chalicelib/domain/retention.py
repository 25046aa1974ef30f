"""The day by which a contact is deleted, and why that day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chalicelib.domain.days import Attended, years_after

NEVER_TOOK_PART = "never_took_part"
TOOK_PART = "took_part"
SIGNED = "signed"


@dataclass(frozen=True)
class History:
    """What happened between a person and the programme, as far as the deletion day depends on it.

    What the resident says of the session counts at once; what staff recorded (`attended_recorded`) overrides it.
    """

    last_request_on: date
    attended: Attended | None = None
    attended_recorded: bool = False
    signed_on: date | None = None
    first_measure_on: date | None = None
    last_session_on: date | None = None

    @property
    def last_heard_of(self) -> date:
        """The last request, or the last day of a session that the person signed up for, whichever is later."""
        return max(self.last_request_on, self.last_session_on or self.last_request_on)

    def took_part(self, day: date | None) -> "History":
        """The history once staff recorded a participation, whatever the person said; None takes a mistake back."""
        attended = Attended(day.year, day.month, day.day) if day else None
        return replace(self, attended=attended, attended_recorded=day is not None)

    def with_session(self, today: date, last_day: date) -> "History":
        """The history of somebody who signs up today for a session that ends on `last_day`."""
        last_session_on = max(last_day, self.last_session_on or last_day)
        return replace(self, last_request_on=today, last_session_on=last_session_on)


@dataclass(frozen=True)
class Retention:
    """The periods of retention.toml: whole years a contact is kept under each rule, and how long a contract runs."""

    years: Mapping[str, int]
    contract_years: int
    warning: timedelta

    def rule(self, history: History) -> str:
        """The rule of retention.toml that decides."""
        if history.signed_on:
            return SIGNED
        return TOOK_PART if history.attended else NEVER_TOOK_PART

    def deletion_day(self, history: History) -> date:
        """The day, in Luxembourg, by which the contact is gone.

        Source: fact sheet, ATTENTION (one year after participation); who never took part is kept one year after the
        last request or session day, who signed one year after the contract's end.
        """
        years = self.years[self.rule(history)]
        if ends := self.contract_ends(history):
            return years_after(ends, years)
        if history.attended:
            return years_after(history.attended.last, years)
        return years_after(history.last_heard_of, years)

    def contract_ends(self, history: History) -> date | None:
        """The day on which the contract of somebody who signed ends.

        Two years from the first measure (fact sheet, duration), or from signing where none began.
        """
        if history.signed_on is None:
            return None
        return years_after(history.first_measure_on or history.signed_on, self.contract_years)

    def warning_day(self, delete_on: date) -> date:
        """The day on which a resident is warned of the deletion."""
        return delete_on - self.warning

    def attended_too_long_ago(self, attended: Attended, today: date) -> bool:
        """Whether the contact would be deleted by today, so that one takes part again first (fact sheet, ATTENTION)."""
        return self.deletion_day(History(today, attended)) <= today
