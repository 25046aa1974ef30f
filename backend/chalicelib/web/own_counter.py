"""What somebody shows at the counter: the reference in large letters, what for, when and where; for staff as well."""

from dataclasses import dataclass

from chalicelib.letters.outline import outline
from chalicelib.programme import facts
from chalicelib.web.answer import Answer
from chalicelib.web.own_bookings import OwnBooking, own_bookings
from chalicelib.web.pages import render
from chalicelib.web.visit import Visit
from chalicelib.words.catalogues import words


@dataclass(frozen=True)
class Side:
    """A booking in the words of one language."""

    language: str
    what: str
    meetings: tuple[tuple[str, str], ...]


def show_counter(visit: Visit) -> Answer:
    """Each open booking, in the language of the reader and in that of the staff; nothing about the person."""
    bookings = own_bookings(visit)
    shown = [own for own in bookings if own.booking.state.is_open] or bookings[-1:]
    languages = dict.fromkeys((visit.language, facts.load().text("staff.language")))
    content = render(
        "own_counter.html",
        visit.language,
        address=visit.address(visit.language),
        cards=[(own.booking.reference, [_side(own, each) for each in languages]) for own in shown],
        mode=visit.pages.mode,
    )
    # NOTE: title of a page with the reference in large letters, which one shows in the office
    title = words(visit.language).gettext("To show at the counter")
    page = visit.pages.page(visit.language, title, content, lambda other: f"{visit.address(other)}/counter")
    return Answer(200, page)


def _side(own: OwnBooking, language: str) -> Side:
    where = words(language).gettext("Where:")
    told = outline(own.session, language).meetings if own.session else ()
    meetings = tuple((meeting.when, f"{where} {meeting.where}") for meeting in told)
    return Side(language, words(language).gettext(own.what), meetings)
