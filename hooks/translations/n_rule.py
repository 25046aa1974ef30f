"""The n-rule of Luxembourgish (Eifeler Reegel): a final n stays before a vowel, d, t, z, n, h or a pause, else it goes.

Left out is what spelling alone does not tell: numbers, capitals, French, and the words before which the rule is free.
"""

import re
from collections.abc import Iterator

KEEPS = "aäâàeéèëêiïîoöôuüûydtznh"
FREE = {"si", "se", "seng", "sengem", "sengen", "senger", "säin", "säi", "sou", "sech"}
_VERBS = {"hu", "gi", "ka", "kënne", "musse", "wëlle"}
# Forms that have lost their n and are no other word: not `si` (she), `no` (after) or `se` (them); `wie` is only “who”.
WITHOUT_N = _VERBS | {"de", "e", "a", "vu", "wa", "da", "wie", "kee", "ee", "nëmme", "äre"}
# Stressed endings keep their n everywhere: Participatioun, Persoun, Termin.
_STRESSED = re.compile(r"(?:oun|in)$")

_PAIR = re.compile(r"(?<![\w'-])(?=([^\W\d]+) ([^\W\d]+))")
_PAUSES = re.compile(
    r"<span lang=\"(?!lb).*?</span>"  # another language
    r"|\{\{.*?\}\}|\{%.*?%\}|%\(\w+\)s"  # a value or a choice
    r"|\{[^{}]*\}|\]\([^)]*\)"  # ids and addresses
    r"|</?(?!strong|em|a\b|span)\w+[^>]*>",
    re.DOTALL,
)
_MARKS = re.compile(r"<[^>]*>|[\[\]*]")


def breaks(text: str, keeps_n: frozenset[str] = frozenset()) -> list[str]:
    """The pairs of words in Luxembourgish Markdown or HTML that break the rule; `keeps_n` always keep theirs."""
    spoken = _MARKS.sub("", _PAUSES.sub(" . ", text.replace("’", "'")))
    return [f"{word} {then}" for word, then in _pairs(spoken) if _breaks(word.lower(), then.lower(), keeps_n)]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    pairs = (pair.groups() for line in text.splitlines() for pair in _PAIR.finditer(line))
    return ((word, then) for word, then in pairs if not then.isupper() and then.lower() not in FREE)


def _breaks(word: str, then: str, keeps_n: frozenset[str]) -> bool:
    if then[0] in KEEPS:
        return word in WITHOUT_N
    return word.endswith("n") and not _STRESSED.search(word) and word not in keeps_n
