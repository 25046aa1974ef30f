"""The cookie that holds the secret of a session; a browser gives it to our own server alone, and to no script."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.domain.desk import SESSION_LASTS
from chalicelib.web.request import Request


@dataclass(frozen=True)
class Cookie:
    """`__Host-` and Secure where the site is https, which the demonstration on one machine is not."""

    site_url: str

    _RULES: ClassVar[str] = "Path=/; HttpOnly; SameSite=Lax"

    @property
    def name(self) -> str:
        return "__Host-desk" if self._secure else "desk"

    def secret(self, request: Request) -> str:
        """What the browser has, or nothing."""
        return request.cookie(self.name)

    def given(self, secret: str) -> dict[str, str]:
        """The header that hands out a secret."""
        return self._header(secret, int(SESSION_LASTS.total_seconds()))

    def taken(self) -> dict[str, str]:
        """The header that takes it away."""
        return self._header("", 0)

    @property
    def _secure(self) -> bool:
        return self.site_url.startswith("https:")

    def _header(self, secret: str, seconds: int) -> dict[str, str]:
        rules = f"{self._RULES}; Secure" if self._secure else self._RULES
        return {"Set-Cookie": f"{self.name}={secret}; Max-Age={seconds}; {rules}"}
