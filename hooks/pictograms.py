"""The drawings of the three services: two strokes each, of the weight of the mark, for the eye alone."""

from functools import cache
from pathlib import Path

DRAWINGS = Path("overrides/pictograms")

# In the order in which the programme names them.
SERVICES = ("language-courses", "citizenship-course", "orientation-day")

# Where home leads to all three services.
_DOOR = 'id="what-do-i-get"'


@cache
def pictograms() -> dict[str, str]:
    """By the page of the service, such as `language-courses/`."""
    return {
        f"{name}/": f'<svg class="pictogram" viewBox="0 0 40 32" aria-hidden="true">{_strokes(name)}</svg>'
        for name in SERVICES
    }


def _strokes(name: str) -> str:
    return (DRAWINGS / f"{name}.svg").read_text("utf-8")


def with_pictograms(html: str) -> str:
    """Home with the three drawings in the door to the services, above the link."""
    before, door, after = html.partition(_DOOR)
    words, link, rest = after.partition('<p><a class="door"')
    return f"{before}{door}{words}<p>{' '.join(pictograms().values())}</p>{link}{rest}" if door else html
