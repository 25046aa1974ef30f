"""The free dates to which a booking may move: a page of its own beside the own page, and what its button does."""

from chalicelib.domain.booking import Booking
from chalicelib.domain.errors import DateGoneError, DeletionComesFirstError
from chalicelib.domain.session import Session, SessionKind
from chalicelib.usecases.list_sessions import free_sessions
from chalicelib.usecases.move_booking import may_move, move_booking
from chalicelib.usecases.sign_up import LISTED
from chalicelib.web.answer import Answer
from chalicelib.web.pages import render
from chalicelib.web.problems import NotFoundError, keep_answers
from chalicelib.web.visit import Visit
from chalicelib.words.catalogues import words
from chalicelib.words.choices import SESSIONS

# Orientation days are by personal invitation.
_CHOSEN_FREELY = (*LISTED, SessionKind.SLOT)


def moves_freely(booking: Booking, session: Session | None, visit: Visit) -> bool:
    """Whether its owner may move it; `session` is where it has its place, if it has one."""
    return _kind(session) in _CHOSEN_FREELY and may_move(booking, session, visit.now)


def show_dates(visit: Visit, about: str) -> Answer:
    """The dates with the button. Raises NotFoundError for what cannot move, and StoreBusyError."""
    booking = visit.file.booking(about)
    session = _held(booking, visit)
    if booking is None or not moves_freely(booking, session, visit):
        raise NotFoundError
    return Answer(200, _page(visit, booking, session))


def move(visit: Visit) -> Answer:
    """Moves the booking `about` to the session `to`, as both were posted; where that is gone, the dates again."""
    booking, to = visit.file.booking(visit.posted("about")), visit.posted("to")
    session = _held(booking, visit)
    if booking is None or not to or not moves_freely(booking, session, visit):
        return visit.again()
    try:
        move_booking(visit.link.contact_id, booking.about, to, visit.office, visit.now)
    except (DateGoneError, DeletionComesFirstError) as refused:
        return keep_answers(refused, visit.language, lambda notice: _page(visit, booking, session, notice))
    return visit.again()


def _held(booking: Booking | None, visit: Visit) -> Session | None:
    return visit.office.sessions.read(booking.session_id) if booking and booking.session_id else None


def _page(visit: Visit, booking: Booking, session: Session | None, notice: str = "") -> str:
    content = render(
        "own_dates.html",
        visit.language,
        address=visit.address(visit.language),
        about=booking.about,
        session=session,
        what=SESSIONS[_kind(session).value],
        dates=_free_dates(session, visit),
        mode=visit.pages.mode,
    )
    gettext = words(visit.language).gettext
    # NOTE: link and title of the page with the dates to which one may move an appointment or a place in a session
    title = gettext("Move to another date")
    if session is None:
        # NOTE: link and title of the page with the free dates, for an appointment that has none yet
        title = gettext("Choose a date")
    return visit.pages.page(visit.language, title, content, lambda other: _address(visit, other, booking), notice)


def _address(visit: Visit, language: str, booking: Booking) -> str:
    return f"{visit.address(language)}/dates/{booking.about}"


def _free_dates(session: Session | None, visit: Visit) -> tuple[Session, ...]:
    free = free_sessions(_kind(session), visit.office.sessions, visit.now)
    return tuple(each for each in free if not _is_taken_or_late(each, visit))


def _kind(session: Session | None) -> SessionKind:
    """What has no date yet is an appointment."""
    return session.kind if session else SessionKind.SLOT


def _is_taken_or_late(session: Session, visit: Visit) -> bool:
    """Whether it is their own already, or an appointment that ends when the contact is gone."""
    own = visit.file.booking(session.id)
    late = session.kind is SessionKind.SLOT and session.last_day >= visit.file.contact.delete_on
    return late or (own is not None and own.state.is_open)
