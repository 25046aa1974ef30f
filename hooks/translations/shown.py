"""What a translated page says about itself: when it was translated and checked, and whether the English has changed."""

from pathlib import Path
from typing import Any

from chalicelib.words.formats import write_day
from chalicelib.words.templates import site_path
from hooks.translations.state import Translation


def shown(docs: Path, language: str, name: str, slug: str) -> dict[str, Any] | None:
    """For the templates; None for English, and for a page that nobody has translated yet."""
    page = Translation(docs, language, name)
    if language == "en" or page.stamp is None:
        return None
    return {
        "day": write_day(page.stamp.translated, language),
        "checked": page.stamp.checked and write_day(page.stamp.checked, language),
        "older": page.state == "older",
        "english": site_path("en", slug),
    }
