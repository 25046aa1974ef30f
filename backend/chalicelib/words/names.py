"""Names, numbers and addresses, which machine translation must leave alone."""

import re
from collections.abc import Sequence
from functools import cache
from html import escape

_KEPT = ' translate="no"'
_PIECE = re.compile(
    r"<(?P<alone>title|textarea|script|option)\b.*?</(?P=alone)>"
    r'|<(?P<kept>\w+)(?=[^>]*\stranslate="no")[^>]*>.*?</(?P=kept)>'
    r"|<(?P<leaf>\w+)(?P<attributes>[^>]*)>(?P<text>[^<]+)(?=</(?P=leaf)>)"
    r"|<[^>]*>"
    r"|(?P<shown>[^<]+)",
    re.DOTALL,
)


def with_names_kept(html: str, names: Sequence[str]) -> str:
    """HTML in which each of the `names`, the longest first, and each word in another language says `translate="no"`."""
    known = _known(tuple(names))
    return _PIECE.sub(lambda piece: _kept(piece, known), html)


@cache
def _known(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@.])(?:{'|'.join(re.escape(escape(name)) for name in names)})(?![\w@])")


def _kept(piece: re.Match[str], known: re.Pattern[str]) -> str:
    if piece["shown"]:
        return _each_in_a_span(piece["shown"], known)
    if not piece["leaf"]:
        return piece[0]
    if known.fullmatch(piece["text"].strip()) or " lang=" in piece["attributes"]:
        return f"<{piece['leaf']}{piece['attributes']}{_KEPT}>{piece['text']}"
    return f"<{piece['leaf']}{piece['attributes']}>{_each_in_a_span(piece['text'], known)}"


def _each_in_a_span(text: str, known: re.Pattern[str]) -> str:
    return known.sub(lambda name: f"<span{_KEPT}>{name[0]}</span>", text)
