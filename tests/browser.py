"""A real Chromium for tests, quiet and without calls to its maker."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


expect.set_options(timeout=15_000)  # on a busy machine; it waits no longer than it must


def program() -> str:
    """Chromium without a window of its own, which takes two thirds of the time; else the whole one."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "The browser tests need Chromium: install your system's package chromium-headless-shell"
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def page(browser: Browser, **settings: object) -> Iterator[Page]:
    """A fresh page at the width of an old phone, unless the settings say otherwise."""
    context = browser.new_context(**{"viewport": {"width": 360, "height": 740}, **settings})
    yield context.new_page()
    context.close()


def follow(pressed: Locator) -> None:
    """Presses what leads to another page, and waits until that is there: on a busy machine a click returns before."""
    with pressed.page.expect_navigation():
        pressed.click()
