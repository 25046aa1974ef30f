"""The edge and the local service give out the same files, from one table; the edge's own functions are run by Node."""

import json
import subprocess

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from chalicelib.web.headers import EVERY_ANSWER, NOT_FOUND, headers_of, kept
from local.site import Site
from tests.infra.packaged import ROOT, properties

BUILT = ROOT / "build" / "closed"
PAGES = ["/", "/fr/", "/lb/contact/", "/robots.txt", "/assets/mark.svg", "/fr/404.html", "/search/"]
MISSING = [
    "/nowhere/",
    "/fr/nowhere",
    "/de/nowhere.html",
    "/lb/x/y/",
    "/nl/",
    "/assets/gone.css",
    "/constructor/x",
]


def run(function, event):
    """What a function of the edge makes of an event, asked of Node, whose language is the same."""
    code = properties(function)["FunctionCode"]
    script = f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event)})))"
    ran = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def asked_for(path):
    return {"request": {"uri": path, "headers": {"if-none-match": {"value": '"kept"'}}}}


def at_the_edge(path):
    """Status and body, as the bucket of the site and the functions before and after it give them."""
    asked = run("Addresses", asked_for(path))
    if "statusCode" in asked:
        return asked["statusCode"], asked["headers"]["location"]["value"]
    answered = run("NotFound", {"request": asked, "response": {"statusCode": 200, "headers": {}}})
    return answered["statusCode"], (BUILT / asked["uri"].lstrip("/")).read_bytes()


def locally(path):
    answer = Site(BUILT).answer(Request(EnvironBuilder("/").get_environ() | {"PATH_INFO": path}))
    return answer.status_code, answer.location or answer.data


@pytest.mark.parametrize("path", [*PAGES, *MISSING, "/fr/contact", "/lb"])
def test_an_address_gives_the_same_at_the_edge_and_locally(path):
    assert at_the_edge(path) == locally(path)


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_said_in_the_readers_language(path):
    page = NOT_FOUND.get(path.split("/")[1], "/404.html")

    assert at_the_edge(path) == (404, (BUILT / page.lstrip("/")).read_bytes())


def test_a_page_not_found_is_never_answered_as_not_modified():
    assert run("Addresses", asked_for("/fr/nowhere"))["headers"] == {}


@pytest.mark.parametrize("path", ["/sessions/information.json", "/pagefind/pagefind.js"])
def test_what_is_written_later_than_the_template_is_found(path):
    assert run("Addresses", asked_for(path))["uri"] == path


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_asks_each_time_and_the_edge_keeps(path):
    answer = Site(BUILT).answer(Request(EnvironBuilder("/").get_environ() | {"PATH_INFO": path}))

    assert answer.headers["Cache-Control"] == kept(path) == "public, max-age=0, must-revalidate, s-maxage=31536000"
    assert headers_of(path).keys() == EVERY_ANSWER.keys()


@pytest.mark.parametrize("file", sorted(file.name for file in (BUILT / "assets").iterdir()))
def test_a_file_is_kept_for_good_where_its_name_changes_with_it(file):
    hashed = file.endswith((".css", ".js"))

    assert kept(f"/assets/{file}").endswith("immutable") is hashed


def test_the_edge_keeps_for_as_long_as_the_table_says():
    caching = properties("Caching")["CachePolicyConfig"]

    assert (caching["MinTTL"], caching["MaxTTL"]) == (5, 31_536_000)
    assert kept("/sessions/information.json").endswith(" s-maxage=5")


def test_nobody_can_claim_to_be_another_reader():
    claimed = {"request": {"headers": {"x-reader": {"value": "192.0.2.9"}}}, "viewer": {"ip": "2001:db8::1"}}

    assert run("Reader", claimed)["headers"]["x-reader"] == {"value": "2001:db8::1"}
