"""The languages of the service: the code that pages and addresses carry, and the name in the language itself."""

LANGUAGES = {"en": "English", "fr": "Français", "de": "Deutsch", "lb": "Lëtzebuergesch"}
DESK_LANGUAGES = ("fr", "en")


def desk_language(language: str) -> str:
    """The language in which the staff desk shows something that is written in `language`."""
    return language if language in DESK_LANGUAGES else DESK_LANGUAGES[0]
