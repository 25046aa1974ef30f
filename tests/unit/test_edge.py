"""Only the edge reaches the API, and the reader is who the edge says."""

from types import SimpleNamespace

import pytest

from chalicelib.web.edge import only_from_edge


def ask(secret, **headers):
    """The status, and whom the functions then take the reader for."""
    request = SimpleNamespace(
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        context={"identity": {"sourceIp": "203.0.113.7"}},
    )
    answer = only_from_edge(lambda: secret)(request, lambda asked: SimpleNamespace(status_code=200))
    return answer.status_code, request.context["identity"]["sourceIp"]


def test_what_shows_the_secret_is_let_in_as_the_reader_whom_the_edge_names():
    assert ask("open", x_origin_secret="open", x_reader="2001:db8::1") == (200, "2001:db8::1")


@pytest.mark.parametrize(
    "shown", [{}, {"x_origin_secret": ""}, {"x_origin_secret": "opén"}, {"x_origin_secret": "ope"}]
)
def test_what_does_not_is_refused(shown):
    assert ask("open", **shown, x_reader="192.0.2.1") == (403, "203.0.113.7")


def test_on_one_machine_nobody_is_asked_and_nobody_may_claim_to_be_another():
    assert ask("", x_reader="192.0.2.1") == (200, "203.0.113.7")
