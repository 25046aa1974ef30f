"""The Luxembourg social security number (matricule) of a person."""

from datetime import date

from stdnum import luhn, verhoeff

LENGTH = 13


def is_valid(matricule: str) -> bool:
    """Whether 13 digits form a number: regulation of 28 November 2013, art. 1.

    The last two digits are Luhn and Verhoeff, both over the same first eleven. An unknown month or day is 00, and a
    shifted year (leading 3 or 4) is in use, so only month and day are judged. Sex is never inferred.
    """
    if len(matricule) != LENGTH or not (matricule.isascii() and matricule.isdigit()):
        return False
    body, luhn_digit, verhoeff_digit = matricule[:11], matricule[11], matricule[12]
    return (
        _may_be_a_birthday(int(matricule[4:6]), int(matricule[6:8]))
        and bool(luhn.is_valid(body + luhn_digit))
        and bool(verhoeff.is_valid(body + verhoeff_digit))
    )


def _may_be_a_birthday(month: int, day: int) -> bool:
    try:
        date(2000, month or 1, day or 1)  # a leap year, since a shifted year tells nothing
    except ValueError:
        return False
    return True
