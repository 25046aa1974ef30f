"""Sends somebody the link to their own page, fresh, so that it shows all their data for a while."""

from datetime import datetime, timedelta
from functools import partial

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.errors import TooManyLinksError, TooManyRequestsError
from chalicelib.domain.letter import about_link
from chalicelib.usecases.admit import Office
from chalicelib.usecases.settle import settle

LINKS_A_DAY = 5
_DAY = timedelta(days=1)
_NOBODY = "nobody"  # no id of a contact: those are 32 signs long


def send_link(file: ContactFile, office: Office, now: datetime) -> None:
    """Promises the letter to the stored address, or the call where there is none; pressing twice sends one.

    Raises TooManyLinksError after five in a day, and StoreBusyError when the store stays busy.
    """
    _admit(f"link#{file.contact.id}", office, now)
    settle(partial(office.contacts.promise, file.contact.id, about_link(file.contact, file.reference, now)))


def send_links(email: str, office: Office, now: datetime) -> None:
    """The same for everybody who gave this address: a family may share one. Whether anybody did does not show.

    For an address that nobody gave the store is asked the same, so that time does not tell either.
    """
    address = email.casefold()
    _admit(f"link#{address}", office, now)
    found = tuple(office.contacts.with_mail(office.identity.known_mail_marks(email)))
    for file in found:
        settle(partial(office.contacts.promise, file.contact.id, about_link(file.contact, file.reference, now)))
    if not found:
        _ask_in_vain(address, office, now)


def _ask_in_vain(address: str, office: Office, now: datetime) -> None:
    """What one person and their letter cost."""
    office.contacts.read(_NOBODY)
    minute = now.isoformat(timespec="minutes")
    settle(partial(office.limits.as_a_letter, f"nobody#{address}", minute, _DAY, now))


def _admit(mark: str, office: Office, now: datetime) -> None:
    try:
        office.limits.admit(mark, now.isoformat(timespec="minutes"), LINKS_A_DAY, _DAY, now)
    except TooManyRequestsError as many:
        raise TooManyLinksError(many.retry_after) from None
