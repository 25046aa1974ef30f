"""What the data protection officer is told of a month: numbers without people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.deletion import MERGED, MonthReport
from chalicelib.domain.retention import NEVER_TOOK_PART, SIGNED, TOOK_PART
from chalicelib.letters.told import Line
from chalicelib.words.catalogues import N_, words
from chalicelib.words.formats import write_month

_REASONS = {
    # NOTE: before a number of people whose data were deleted, in a letter to an officer; keep the colon
    NEVER_TOOK_PART: N_("Never took part in an information session:"),
    # NOTE: before a number of people whose data were deleted, in a letter to an officer; keep the colon
    TOOK_PART: N_("Took part, but signed no contract:"),
    # NOTE: before a number of people whose data were deleted, in a letter to an officer; keep the colon
    SIGNED: N_("Signed a contract that has ended:"),
    # NOTE: before a number of people whose data were deleted, in a letter to an officer; keep the colon
    "asked": N_("Asked for the deletion themselves:"),
    # NOTE: before a number of contacts that were deleted, in a letter to an officer; keep the colon
    MERGED: N_("Put together with another contact of the same person:"),
}


@dataclass(frozen=True)
class Month:
    """A month in words, how many contacts were deleted in it and why, and how many should be gone and are not."""

    month: str
    deleted: int
    reasons: tuple[Line, ...]
    overdue: int


def month(report: MonthReport, language: str) -> Month:
    return Month(
        month=write_month(date.fromisoformat(f"{report.month}-01"), language),
        deleted=sum(report.deletions.values()),
        reasons=tuple(
            Line(words(language).gettext(said), str(count)) for said, count in reasons(report.deletions).items()
        ),
        overdue=report.overdue,
    )


def reasons(deletions: Mapping[str, int]) -> dict[str, int]:
    """A number for each reason, also where it is none; one for what is not known only where there is such."""
    counts = {said: deletions.get(why, 0) for why, said in _REASONS.items()}
    if unknown := sum(deletions.values()) - sum(counts.values()):
        # NOTE: before a number of people whose data were deleted, in a letter to an officer; keep the colon
        counts[N_("Reason not known:")] = unknown
    return counts
