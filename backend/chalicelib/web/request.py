"""A request as it came in: its form, its origin, and whose it is."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

MOST_BYTES = 32 * 1024
MOST_FIELDS = 100


class UnreadableError(Exception):
    """The body is no form that a browser sends."""


class TooLargeError(Exception):
    """The body is larger than any form of ours."""


@dataclass(frozen=True)
class Request:
    """What a handler may know of an HTTP request; the names of `headers` are in lower case."""

    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    source: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def wants_json(self) -> bool:
        """Whether a program asks; a browser asks for pages before all else."""
        accepted = self.headers.get("accept", "")
        return "application/json" in accepted and "text/html" not in accepted

    def is_forged(self, site_url: str) -> bool:
        """Whether another site's page sent this post. Neither header: an old browser, which may."""
        site, origin = self.headers.get("sec-fetch-site"), self.headers.get("origin")
        if site in ("same-origin", "cross-site"):
            return site == "cross-site"
        return site is not None if origin is None else origin != _origin(site_url)

    def shows_origin(self) -> bool:
        """Whether the browser says which page sent this at all, as every one does that staff use."""
        return not self.headers.keys().isdisjoint(("sec-fetch-site", "origin"))

    def cookie(self, name: str) -> str:
        """The value of a cookie, or nothing."""
        from http.cookies import CookieError, SimpleCookie  # noqa: PLC0415 - only the desk has one

        try:
            found = SimpleCookie(self.headers.get("cookie", "")).get(name)
        except CookieError:
            return ""
        return found.value if found else ""

    def form(self, most_fields: int = MOST_FIELDS) -> "FormData":
        """The posted form. Raises TooLargeError over 32 kB and UnreadableError for anything but UTF-8 form fields."""
        if len(self.body) > MOST_BYTES:
            raise TooLargeError
        try:
            text = self.body.decode("utf-8")
            fields = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=most_fields)
        except ValueError as wrong:
            raise UnreadableError from wrong
        return FormData(fields)

    @property
    def sender(self) -> str | None:
        """The address that a limit counts: IPv4 whole, IPv6 by its /64; None for this machine itself."""
        try:
            address = ipaddress.ip_address(self.source)
        except ValueError:
            return None
        if address.is_loopback:
            return None
        return str(ipaddress.ip_network(f"{address}/{64 if address.version == 6 else 32}", strict=False))


@dataclass(frozen=True)
class FormData:
    """Posted fields as WTForms reads them."""

    fields: Mapping[str, list[str]]

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def getlist(self, name: str) -> list[str]:
        return self.fields.get(name, [])

    def first(self, name: str) -> str:
        """The first value of a field, or nothing."""
        return next(iter(self.getlist(name)), "")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
