"""What residents reach."""

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.wiring import parts
from chalicelib.wiring.settings import site_url

if TYPE_CHECKING:
    from chalicelib.web.appointments import Appointments
    from chalicelib.web.checker import CheckerDesk
    from chalicelib.web.invitations import Invitations
    from chalicelib.web.links import LinkDesk
    from chalicelib.web.own_page import OwnPage
    from chalicelib.web.receipts import Receipts
    from chalicelib.web.sessions import Dates
    from chalicelib.web.sign_ups import SignUps


@cache
def receipts() -> "Receipts":
    from chalicelib.web.receipts import Receipts

    return Receipts(parts.keys().purpose("links"))


def appointments() -> "Appointments":
    """The desk that takes appointment forms."""
    from chalicelib.web.appointments import Appointments

    return Appointments(site_url(), parts.pages(), receipts, parts.office)


def dates() -> "Dates":
    """The dates of sessions."""
    from chalicelib.web.sessions import Dates

    return Dates(parts.pages(), parts.sessions)


def sign_ups() -> "SignUps":
    """The desk that takes sign-ups for sessions."""
    from chalicelib.web.sign_ups import SignUps

    return SignUps(site_url(), parts.pages(), receipts, parts.office)


def checker() -> "CheckerDesk":
    """The checker of who could sign, for people without JavaScript."""
    from chalicelib.web.checker import CheckerDesk

    return CheckerDesk(site_url(), parts.pages())


def own_page() -> "OwnPage":
    """A resident's own page, reached by the link in each letter."""
    from chalicelib.web.own_page import OwnPage

    return OwnPage(site_url(), parts.pages(), parts.office, parts.keys().purpose("links"))


def link_desk() -> "LinkDesk":
    """The desk that sends the link to the own page again."""
    from chalicelib.web.links import LinkDesk

    return LinkDesk(site_url(), parts.pages(), parts.office)


def invitations() -> "Invitations":
    """The page of a personal invitation to an orientation day."""
    from chalicelib.web.invitations import Invitations

    return Invitations(site_url(), parts.pages(), parts.office, parts.keys().purpose("links"))
