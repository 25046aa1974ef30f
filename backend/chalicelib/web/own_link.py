"""The button of the own page that has a fresh link sent, which shows all data."""

from chalicelib.usecases.send_link import send_link
from chalicelib.web.answer import Answer
from chalicelib.web.links import link_sent
from chalicelib.web.visit import Visit


def ask_for_link(visit: Visit) -> Answer:
    """Promises the letter, or the call, and says so. Raises TooManyLinksError."""
    send_link(visit.file, visit.office, visit.now)
    by_phone, back = visit.file.contact.person.email is None, visit.address(visit.language)
    return link_sent(visit.pages, visit.language, visit.address, by_phone=by_phone, back=back)
