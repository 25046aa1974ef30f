"""Somebody of the staff at the desk of a running service."""

import re
import shlex
from dataclasses import dataclass
from functools import cache
from secrets import token_hex
from typing import Any

import boto3
import requests

from tests.service import Service
from tests.store.stores import rows

USER, COLLEAGUE = "desk@forum-cai.example", "desk-2@forum-cai.example"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OURS = FORM | {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Staff:
    """Who is signed in by the cookie `secret`, or nobody."""

    service: Service
    secret: str = ""

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.service.get(f"/api/desk/{path}", headers=self._cookie(), **options)

    def post(self, path: str, fields: Any = None, **headers: str) -> requests.Response:
        """A post without following where it leads; it comes from our own page unless `headers` say otherwise."""
        sent = FORM | self._cookie() | (headers or {"Sec-Fetch-Site": "same-origin"})
        return self.service.post(f"/api/desk/{path}", fields or b"", headers=sent, allow_redirects=False)

    def _cookie(self) -> dict[str, str]:
        return {"Cookie": f"desk={self.secret}"} if self.secret else {}


def ask_for_link(service: Service, language: str = "en", user: str = USER, back_to: str = "") -> str:
    """The path of the link in the mail that somebody who wants to sign in gets."""
    answer = service.post(f"/api/desk/{language}/sign-in", {"address": user, "next": back_to}, headers=OURS)
    assert answer.status_code == 200, answer.status_code
    mail = [each for each in service.inbox() if (each["kind"], each["to"]) == ("desk_link", user)][-1]
    return re.search(r"^\S+?(/api/desk/\S+)$", mail["text"], re.MULTILINE)[1]


def sign_in(service: Service, language: str = "en", user: str = USER) -> Staff:
    link = ask_for_link(service, language, user)
    entered = service.post(link, b"act=enter", headers=OURS, allow_redirects=False)
    assert entered.status_code == 303, entered.status_code
    return Staff(service, entered.cookies["desk"])


@cache
def somebody(service: Service) -> Staff:
    """The same person for all who only look, since links for one address are counted."""
    return sign_in(service, user=COLLEAGUE)


def stored(service: Service) -> dict[tuple[str, str], Any]:
    """All that the table of a running service holds but the days of its jobs, after everything due was delivered."""
    service.run("deliver")
    lines = (service.data_dir / "service.env").read_text("utf-8").splitlines()
    settings = dict(shlex.split(line)[0].split("=", 1) for line in lines)
    client = boto3.client(
        "dynamodb",
        endpoint_url=settings["AWS_ENDPOINT_URL_DYNAMODB"],
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    kept = (item for item in rows(client, settings["CAI_TABLE"]) if not item["pk"]["S"].startswith("JOB#"))
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in kept}


def a_secret() -> str:
    return token_hex(32)
