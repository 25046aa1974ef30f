"""What people type, in normal form: forgiving of blanks, dashes, capitals and the digits of other scripts."""

import re
import unicodedata

# Joiners (category Cf) stay: several scripts need them to spell a name. So do signs that this Python does not know yet.
_UNSEEN = {"Cc", "Cs", "Co"}
_FILLERS = set("\u115f\u1160\u3164\uffa0")
_BETWEEN_DIGITS = re.compile(r"[\s./()\u2010-\u2015-]+")


def one_line(text: str | None) -> str:
    """Without control characters, with single blanks; every script and accent stays."""
    shown = "".join(" " if unicodedata.category(sign) in _UNSEEN or _is_none(sign) else sign for sign in text or "")
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def has_letter(text: str) -> bool:
    """Whether there is anything to read in it, in any script."""
    return any(
        unicodedata.category(sign)[0] == "L" or unicodedata.category(sign) == "Cn" for sign in set(text) - _FILLERS
    )


def lines(text: str | None) -> str:
    """Several lines, each as `one_line`, without empty ones at the ends."""
    return "\n".join(one_line(line) for line in (text or "").splitlines()).strip()


def digits(text: str | None) -> str:
    """A number without blanks and dashes, its digits as ASCII whatever script they were typed in."""
    plain = _BETWEEN_DIGITS.sub("", one_line(text))
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)


def part_of_date(text: str | None) -> str:
    """A day, month or year as typed, its digits as ASCII; what stands between digits stays, for it is a mistake."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in one_line(text))


def _is_none(sign: str) -> bool:
    """Whether Unicode promises that this is no character."""
    return ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF
