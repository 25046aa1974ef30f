"""Lets staff in: a link by mail, good once and for 15 minutes, opens a session of eight hours."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from chalicelib.domain.desk import (
    LINK_GOOD_FOR,
    SESSION_LASTS,
    Act,
    Deed,
    DeskSession,
    SignInLink,
    nonce_in,
    session_mark,
)
from chalicelib.domain.errors import LinkOverError, TakenError
from chalicelib.domain.letter import LetterState, with_sign_in
from chalicelib.usecases.desk_ports import SignIns
from chalicelib.usecases.ports import Limits
from chalicelib.usecases.settle import settle

LINKS_AN_HOUR = 20  # to one address
TRIES_AN_HOUR = 60  # from one network, which a whole office shares


@dataclass(frozen=True)
class Door:
    """Who may come in, where that is kept, and the sign-in keys, newest first; `users` are in small letters."""

    users: frozenset[str]
    sign_ins: SignIns
    limits: Limits
    keys: Sequence[bytes]


def ask_for_link(
    address: str, back_to: str, language: str, door: Door, now: datetime, sender: str | None, nonce: str
) -> None:
    """Mails a link to an address that may sign in; for any other one the same is written, and no letter goes out.

    `nonce` is new and random, `sender` the network that asks. Raises TooManyRequestsError and StoreBusyError, alike for
    every address.
    """
    asked = address.strip().casefold()
    _count(f"desk#{asked}", LINKS_AN_HOUR, door, now)
    _count_try(door, now, sender)
    user = asked if asked in door.users else ""
    link = SignInLink(nonce, user, language, back_to, now + LINK_GOOD_FOR)
    letter = with_sign_in(nonce, LetterState.WAITING if user else LetterState.VOID, now)

    def ask() -> None:
        with suppress(TakenError):  # it was written by a try that nobody heard of
            door.sign_ins.ask(link, letter)

    settle(ask)


def find_link(token: str, door: Door, now: datetime) -> SignInLink:
    """The link of a token. Raises LinkOverError when it is none of ours, was used, is too old, or its user has left."""
    nonce = nonce_in(token, door.keys)
    link = door.sign_ins.link(nonce) if nonce else None
    if link is None or not link.is_good(now) or link.user not in door.users:
        raise LinkOverError
    return link


def enter(token: str, secret: str, door: Door, now: datetime, sender: str | None) -> str:
    """Opens the session of a new random `secret`, uses up the link, and answers with what it leads back to.

    Raises LinkOverError as `find_link`, TooManyRequestsError and StoreBusyError.
    """
    _count_try(door, now, sender)
    return settle(lambda: _enter(token, secret, door, now))


def find_user(secret: str, door: Door, now: datetime) -> str | None:
    """Who has the session of `secret`: None when it is over, was ended, or its user may not sign in any more."""
    session = door.sign_ins.session(session_mark(secret))
    return session.user if session and session.is_good(now) and session.user in door.users else None


def leave(secret: str, user: str, door: Door, now: datetime) -> None:
    """Ends a session; ending it twice does no harm. Raises StoreBusyError."""

    def end() -> None:
        with suppress(TakenError):  # ended already
            door.sign_ins.end(session_mark(secret), Deed(now, user, Act.SIGNED_OUT))

    settle(end)


def _enter(token: str, secret: str, door: Door, now: datetime) -> str:
    nonce, mark = nonce_in(token, door.keys), session_mark(secret)
    if nonce and door.sign_ins.session(mark) and (used := door.sign_ins.link(nonce)):
        return used.back_to  # a try that nobody heard of was through
    link = find_link(token, door, now)
    session = DeskSession(mark, link.user, now + SESSION_LASTS)
    door.sign_ins.enter(link, session, Deed(now, link.user, Act.SIGNED_IN))
    return link.back_to


def _count_try(door: Door, now: datetime, sender: str | None) -> None:
    if sender:
        _count(f"desk-network#{sender}", TRIES_AN_HOUR, door, now)


def _count(mark: str, most: int, door: Door, now: datetime) -> None:
    door.limits.admit(mark, token_hex(8), most, timedelta(hours=1), now)
