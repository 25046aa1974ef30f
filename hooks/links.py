"""Links to pages elsewhere: each one known, and marked with the language that opens behind it."""

import re

from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme.links import language_behind, load
from chalicelib.words.catalogues import words
from chalicelib.words.choices import IN_LANGUAGE

_OUTWARD = re.compile(r'<a (?![^>]*hreflang)([^>]*\bhref="(https?://[^"]+)"[^>]*)>(.*?)</a>', re.DOTALL)


class Links:
    """`links.inll` on a page: its address for the reader.

    Raises ConfigurationError, naming the key, for a link that is not there.
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def __getattr__(self, key: str) -> str:
        if key not in load():
            raise ConfigurationError(f"links.toml has no link named {key}")
        return load()[key].address_for(self._language)

    def language_of(self, key: str) -> str:
        return load()[key].language_for(self._language)


def with_languages(html: str, reader: str) -> str:
    """The page with `hreflang` on each link that leads elsewhere, in words too where it is not the reader's."""
    return _OUTWARD.sub(lambda link: _marked(link[1], link[2], link[3], reader), html)


def _marked(attributes: str, address: str, text: str, reader: str) -> str:
    language = language_behind(address)
    said = "" if language == reader else f" ({words(reader).gettext(IN_LANGUAGE[language])})"
    return f'<a {attributes} hreflang="{language}">{text}{said}</a>'
