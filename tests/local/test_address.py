"""The one address: who is answered, with which headers, and what the log says about it."""

import http.client
from contextlib import closing

import pytest

from chalicelib.web.headers import EVERY_ANSWER, SEARCH_PATHS
from tests.service import Service

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("host", ["forum-cai.example", "127.0.0.1.example", "localhost.example:80", "", "[::2]"])
def test_a_foreign_host_is_refused(host: str, service: Service) -> None:
    for path in ("/", "/api/health", "/_local/inbox.json"):
        assert service.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9000", "LOCALHOST:1", "[::1]:8000"])
def test_each_name_of_loopback_is_ours(host: str, service: Service) -> None:
    assert service.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/fr", "/fr/nothing", "/assets/site.css", "/api/health", "/_local/look.css", "/_local/nothing"]
)
def test_every_answer_has_the_headers_of_the_table(path: str, service: Service) -> None:
    headers = service.get(path, allow_redirects=False).headers

    assert {name: headers.get(name) for name in EVERY_ANSWER} == EVERY_ANSWER


def test_only_the_search_may_run_webassembly(service: Service) -> None:
    policies = {
        path: service.get(path, allow_redirects=False).headers["Content-Security-Policy"]
        for path in ("/", "/fr/", "/pagefind/pagefind.js", "/api/health", "/search/nothing", "/_local/", *SEARCH_PATHS)
    }

    assert {path for path, policy in policies.items() if "wasm-unsafe-eval" in policy} == SEARCH_PATHS
    assert {"/search/", "/fr/search/", "/de/search/", "/lb/search/"} == SEARCH_PATHS
    assert "script-src 'self' 'wasm-unsafe-eval';" in policies["/search/"]


def test_the_log_holds_no_token_no_query_and_no_forged_line(service: Service) -> None:
    for path in (
        "/api/fr/receipts/TOKEN1",
        "/api/en/my/TOKEN2",
        "/_local/letters/KEY3/html",
        "/?q=QUERY4",
        "/a%0aLINE5",
    ):
        service.get(path)

    log = service.log()

    assert "GET /api/fr/receipts/… 404" in log
    assert "GET /_local/letters/… 404" in log
    assert not [line for line in log.splitlines() for word in ("TOKEN", "KEY3", "QUERY4") if word in line]
    assert "\nLINE5" not in log


def test_a_body_over_ten_megabytes_is_cut_off(service: Service) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", service.port, timeout=20)) as connection:
        connection.putrequest("POST", "/api/en/appointments")
        connection.putheader("Content-Length", str(10 * 1024 * 1024 + 1))
        connection.endheaders()

        assert connection.getresponse().status == 413


def test_a_head_is_answered_without_a_body(service: Service) -> None:
    for path in ("/", "/api/health"):
        answer = service.request("HEAD", path)

        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer.headers["Content-Length"]) > 0
