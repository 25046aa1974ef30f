"""What every posted form goes through before it is taken: did our own page send it, and are there too many."""

from datetime import datetime, timedelta
from secrets import token_hex

from chalicelib.usecases.admit import Office
from chalicelib.web.problems import ForgedError
from chalicelib.web.request import Request

POSTS_AN_HOUR = 60  # a library or a shelter shares one address


def refuse_forged(request: Request, site_url: str) -> None:
    """Raises ForgedError for a post that the page of another site sent."""
    if request.is_forged(site_url):
        raise ForgedError


def refuse_strange(request: Request, site_url: str) -> None:
    """The same for the desk, which also refuses a post that does not say where it comes from."""
    if not request.shows_origin():
        raise ForgedError
    refuse_forged(request, site_url)


def count_post(office: Office, sender: str | None, now: datetime) -> None:
    """Raises TooManyRequestsError for many posts from one network in an hour."""
    if sender:
        office.limits.admit(f"address#{sender}", token_hex(8), POSTS_AN_HOUR, timedelta(hours=1), now)
