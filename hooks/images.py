"""Draws the picture of each language that is shown where a page is shared, and the icons of the mark: `make images`."""

from io import BytesIO
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser, Page

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.catalogues import words
from hooks.pages import said
from hooks.pictograms import pictograms
from hooks.tokens import accent, ground
from tests.browser import chromium
from tests.browser import page as opened

SHARED = {"width": 1200, "height": 630}
ICONS = (180, 192, 512)

# Room around the mark: a launcher may cut an icon to any shape that holds the middle four fifths.
_MASKABLE = "-16 -18 72 72"
_TIGHT = "-3 -5 46 46"


def draw(browser: Browser, docs: Path) -> None:
    with opened(browser, viewport=SHARED) as page:
        for language in LANGUAGES:
            page.set_content(shared(language))
            _save(_taken(page), docs / language / "share.png", page.title())
    for size in ICONS:
        _save(_icon(browser, size, _MASKABLE), docs / "assets" / f"icon-{size}.png")
    _icon(browser, 32, _TIGHT).save(docs / "favicon.ico", sizes=[(16, 16), (32, 32)])


def shared(language: str) -> str:
    """The page that is the picture of a language; its title says in words what it shows."""
    environment = Environment(
        loader=FileSystemLoader("overrides"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.install_gettext_translations(words(language), newstyle=True)  # type: ignore[attr-defined]
    drawings = pictograms().values()
    return environment.get_template("share.html").render(
        language=language, facts=said(language), accent=accent(), ground=ground(), pictograms=drawings
    )


def _icon(browser: Browser, size: int, view: str) -> Image.Image:
    mark = Path("overrides/mark.svg").read_text("utf-8")
    with opened(browser, viewport={"width": size, "height": size}) as page:
        page.set_content(
            f'<body style="background:{accent().light};color:#fff;margin:0">'
            f'<svg viewBox="{view}" style="display:block">{mark}</svg>'
        )
        return _taken(page)


def _taken(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot()))


def _save(image: Image.Image, file: Path, said_in_words: str = "") -> None:
    """As few bytes as it takes; the words go into the file, so that a test sees when they have changed since."""
    info = PngInfo()
    if said_in_words:
        info.add_itxt("Description", said_in_words)
    image.convert("RGB").quantize(32).save(file, optimize=True, pnginfo=info)


if __name__ == "__main__":
    with chromium() as browser:
        draw(browser, Path("docs"))
