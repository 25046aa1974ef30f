"""What must hold of a page however somebody looks at it."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.matrix import View

_LOST = Path(__file__).with_name("lost.js").read_text("utf-8")
# What passes is not told: to describe it takes twice as long as to look.
_VIOLATIONS = {"resultTypes": ["violations"]}


def assert_accessible(page: Page) -> None:
    """No violation of axe, and all words inside the window."""
    page.wait_for_load_state("load")  # a click does not wait for the stylesheet
    found = Axe().run(page, options=_VIOLATIONS)
    assert found.violations_count == 0, found.generate_report()
    assert_readable(page)


def assert_readable(page: Page) -> None:
    """No sideways scroll, and no words that leave the window or are cut off."""
    lost = page.evaluate(_LOST)
    assert lost == [], f"{page.url}: {lost}"


def show_as(page: Page, view: View) -> None:
    """Gives `page` the width, theme and text size of a view, for all that it opens from now on.

    The size is that of the browser's own settings. Zooming a page makes the window smaller too, which the narrow
    widths test; a scale factor, as of two fingers, changes no layout at all.
    """
    page.set_viewport_size({"width": view.width, "height": 740})
    page.emulate_media(color_scheme=view.theme)
    settings = page.context.new_cdp_session(page)
    settings.send("Page.enable")
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": view.text, "fixed": view.text}})
