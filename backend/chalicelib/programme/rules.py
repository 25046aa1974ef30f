"""The numbers of the programme's rules, from facts.toml and retention.toml."""

from functools import cache

from chalicelib.domain.contract import Rules
from chalicelib.programme import facts, periods


@cache
def rules() -> Rules:
    """The rules of this build. Raises ConfigurationError, naming the fact, where a number is missing."""
    known = facts.load()
    return Rules(
        retention=periods.retention(),
        voucher_months=known.number("language_course.voucher_valid"),
        courses_most=known.number("language_course.most"),
        courses_compulsory=known.number("language_course.compulsory"),
        attendance=known.number("language_course.attendance"),
        fee=known.number("language_course.fee"),
        languages=tuple(known.text("language_course.languages").split()),
    )
