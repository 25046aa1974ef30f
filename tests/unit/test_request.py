"""A request as it came in: whose page sent it, who sent it, and what it says."""

import pytest

from chalicelib.web.request import Request, TooLargeError, UnreadableError

SITE = "https://forum-cai.example"


@pytest.mark.parametrize(
    ("headers", "forged"),
    [
        pytest.param({}, False, id="an old browser says nothing"),
        pytest.param({"sec-fetch-site": "same-origin"}, False, id="our page"),
        pytest.param({"sec-fetch-site": "same-origin", "origin": "null"}, False, id="our page, origin hidden"),
        pytest.param({"origin": SITE}, False, id="our origin"),
        pytest.param({"sec-fetch-site": "none"}, True, id="a header that tells nothing of our page"),
        pytest.param({"sec-fetch-site": "cross-site, x"}, True, id="a header that no browser sends"),
        pytest.param({"sec-fetch-site": "cross-site"}, True, id="another site"),
        pytest.param({"sec-fetch-site": "cross-site", "origin": SITE}, True, id="another site that claims our origin"),
        pytest.param({"sec-fetch-site": "same-site"}, True, id="a neighbour of our domain"),
        pytest.param({"origin": "https://elsewhere.example"}, True, id="another origin"),
        pytest.param({"origin": "null"}, True, id="a hidden origin"),
        pytest.param({"origin": SITE + ".elsewhere.example"}, True, id="an origin that begins like ours"),
        pytest.param({"origin": "http://forum-cai.example"}, True, id="our name without https"),
    ],
)
def test_a_post_of_another_site_is_forged(headers, forged):
    assert Request(headers).is_forged(SITE) is forged


@pytest.mark.parametrize(
    "body",
    [b"a=%ff", b"\xff=1", b"&".join(b"f%d=1" % number for number in range(101))],
    ids=["bad UTF-8", "raw bytes", "too many fields"],
)
def test_what_no_browser_sends_is_unreadable(body):
    with pytest.raises(UnreadableError):
        Request(body=body).form()


def test_a_form_of_32_kilobytes_is_read_and_a_byte_more_is_not():
    assert Request(body=b"a=" + b"x" * (32 * 1024 - 2)).form()
    with pytest.raises(TooLargeError):
        Request(body=b"a=" + b"x" * (32 * 1024 - 1)).form()


def test_a_field_may_come_several_times():
    assert Request(body=b"a=1&a=%C3%A9&b=").form().getlist("a") == ["1", "é"]


@pytest.mark.parametrize(
    ("source", "counted"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("127.0.0.1", None),
        ("::1", None),
        ("", None),
    ],
)
def test_a_limit_counts_an_address_or_its_network(source, counted):
    assert Request(source=source).sender == counted
