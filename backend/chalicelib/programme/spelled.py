"""The words of facts and links: a language has its own, or the English ones translated by its catalogue."""

from collections.abc import Callable, Mapping

Translate = Callable[[str], str]


def in_words(spelled: Mapping[str, str], language: str, translate: Translate) -> str:
    """The words of `language`, or the English ones as `translate` has them, from the catalogue of that language."""
    return spelled[language] if language in spelled else translate(spelled["en"])
