"""The words of forms, errors, pages and letters, looked up in the gettext catalogue of a language."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from chalicelib.domain.errors import ConfigurationError


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Marks a sentence for the catalogues; it is translated where it is shown."""
    return sentence


@cache
def words(language: str) -> NullTranslations:
    """The catalogue of `language`. English is what the code says.

    Raises ConfigurationError where the catalogue has not been compiled.
    """
    if language == "en":
        return NullTranslations()
    catalogue = files("chalicelib.words").joinpath("locale", language, "LC_MESSAGES", "cai.mo")
    try:
        with catalogue.open("rb") as compiled:
            return GNUTranslations(compiled)
    except FileNotFoundError as missing:
        raise ConfigurationError(f"The catalogue of {language} is not compiled: run make site") from missing
