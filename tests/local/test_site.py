"""The built pages are served as the edge serves them."""

from pathlib import Path

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from local.site import Site


def ask(site: Path, path: str, method: str = "GET", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    environ = EnvironBuilder("/", method=method, headers=named).get_environ() | {"PATH_INFO": path}
    return Site(site).answer(Request(environ))


@pytest.mark.parametrize("path", ["/", "/index.html", "/fr/", "/contact/"])
def test_a_page_is_found(path: str, site: Path) -> None:
    assert ask(site, path).status_code == 200


def test_a_folder_without_its_slash_is_redirected(site: Path) -> None:
    answer = ask(site, "/contact")

    assert (answer.status_code, answer.location) == (301, "/contact/")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing", b"Not found"),
        ("/fr/nothing/", b"Page introuvable"),
        ("/de/a/b", b"Nicht gefunden"),
        ("/lb/nothing", b"Not found"),
        ("/french", b"Not found"),
    ],
)
def test_a_missing_page_is_answered_in_the_language_of_its_address(path: str, words: bytes, site: Path) -> None:
    answer = ask(site, path)

    assert (answer.status_code, answer.data) == (404, words)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/fr/../../secret.txt",
        "//../secret.txt",
        "/./../secret.txt",
        "/..\\secret.txt",
        "/secret.txt\0.html",
        "/" + "a" * 5000,
        "/assets",
        "/assets/",
    ],
)
def test_nothing_outside_the_site_is_found(path: str, site: Path) -> None:
    assert ask(site, path).status_code == 404


def test_an_absolute_path_stays_inside(site: Path) -> None:
    assert ask(site, f"/{site.parent / 'secret.txt'}").status_code == 404


def test_a_known_page_is_not_sent_again(site: Path) -> None:
    etag = ask(site, "/").headers["ETag"]

    assert ask(site, "/", If_None_Match=etag).status_code == 304
    assert ask(site, "/", If_None_Match='"another"').status_code == 200


def test_text_is_compressed_for_those_who_take_it(site: Path) -> None:
    plain, zipped = ask(site, "/"), ask(site, "/", Accept_Encoding="gzip, br")

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert len(zipped.data) < len(plain.data)
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in ask(site, "/", Accept_Encoding="gzip;q=0").headers
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert plain.headers["Vary"] == "Accept-Encoding"


def test_a_page_built_anew_is_seen_at_once(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("first", "utf-8")
    assert ask(tmp_path, "/").data == b"first"

    page.write_text("second time", "utf-8")

    assert ask(tmp_path, "/").data == b"second time"


def test_nothing_can_be_posted_to_a_page(site: Path) -> None:
    answer = ask(site, "/", method="POST")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
