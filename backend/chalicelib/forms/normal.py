"""What people type, in normal form: forgiving of blanks, dashes, capitals and the digits of other scripts."""

import re
import unicodedata

# Joiners (category Cf) stay: several scripts need them to spell a name.
_UNSEEN = {"Cc", "Cs", "Co", "Cn"}
_BETWEEN_DIGITS = re.compile(r"[\s./()\u2010-\u2015-]+")


def one_line(text: str | None) -> str:
    """Without control characters, with single blanks; every script and accent stays."""
    shown = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text or "")
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def lines(text: str | None) -> str:
    """Several lines, each as `one_line`, without empty ones at the ends."""
    return "\n".join(one_line(line) for line in (text or "").splitlines()).strip()


def digits(text: str | None) -> str:
    """A number without blanks and dashes, its digits as ASCII whatever script they were typed in."""
    plain = _BETWEEN_DIGITS.sub("", one_line(text))
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
