"""The square on the printed fact sheet that leads a phone to the site."""

from markupsafe import escape
from segno import make


def qr_code(address: str, name: str) -> str:
    """A drawing in HTML, its colours those of paper; `name` is what a screen reader says."""
    svg = make(address, error="m", micro=False).svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(name)}" ', 1)
