"""Prints the fact sheet of a built site in each language as a tagged PDF: `make sheets`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from tests.browser import chromium
from tests.browser import page as opened


def write_sheets(browser: Browser, site: Path, target: Path) -> list[Path]:
    """Writes `cai-<language>.pdf` for each language into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    files = {language: target / f"cai-{language}.pdf" for language in LANGUAGES}
    with served(site) as address, opened(browser) as page:
        for language, file in files.items():
            page.goto(address + site_path(language, "fact-sheet/"))
            page.pdf(path=file, prefer_css_page_size=True, tagged=True, outline=True)
    return list(files.values())


@contextmanager
def served(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    with chromium() as browser:
        for sheet in write_sheets(browser, Path(sys.argv[1]), Path(sys.argv[2])):
            print(sheet)  # noqa: T201 - what the command made
