"""What staff are told of sign-ups: who has a place or waits, whom to call, and who has given up a place."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.booking import Contact, Wish
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.news import Matter, place_in
from chalicelib.domain.session import Session
from chalicelib.letters.invitation import KINDS as INVITATIONS
from chalicelib.letters.invitation import Invitation, invitation
from chalicelib.letters.outline import Outline, outline
from chalicelib.letters.place import PlaceNews, place_news
from chalicelib.letters.staff_request import delete_mail_by
from chalicelib.letters.told import Line, as_stored, differences, language_in_words, person_in_words
from chalicelib.programme.facts import Facts


@dataclass(frozen=True)
class StaffSession:
    """A sign-up, a call about it, or its end; `news` is what the resident hears. Never what the person needs there.

    `person` and `changes` are empty where the facts keep people's names out of the mail, and when a place was given up.
    Who asked for an appointment may have left a message, which no mail shows.
    """

    reference: str
    news: PlaceNews | Invitation
    page_language: str
    names_person: bool
    answers_person: bool
    by_phone: bool
    came_back: bool
    has_phone: bool
    doubtful: bool
    person: tuple[Line, ...]
    changes: tuple[Line, ...]
    message_left: bool
    delete_mail_by: date | None
    delete_on: date


@dataclass(frozen=True)
class StaffFull:
    """A session in which nothing is left: no person in it."""

    session: Outline
    session_id: str
    on: date
    taken: int
    waiting: int


def staff_full(session: Session, facts: Facts) -> StaffFull:
    told = outline(session, facts.text("staff.language"))
    return StaffFull(told, session.id, day_in_luxembourg(session.start), session.taken, len(session.waiting))


def staff_session(letter: Letter, matter: Matter, session: Session, facts: Facts) -> StaffSession:
    language, file = facts.text("staff.language"), matter.file
    given_up = letter.kind is LetterKind.STAFF_CANCELLED and not session.cancelled
    named = bool(facts.get("staff.request_names_person")) and not given_up
    booking, further = place_in(file, session), file.correction(letter.reference)
    wish = booking.wish if booking else None
    tell = invitation if letter.news in INVITATIONS else place_news
    return StaffSession(
        reference=letter.reference,
        news=tell(letter, matter, session, language),
        page_language=language_in_words(file.contact.person.language, language),
        names_person=named,
        answers_person=named and file.contact.person.email is not None,
        by_phone=file.contact.person.email is None,
        came_back=letter.came_back,
        has_phone=file.contact.person.phone is not None,
        doubtful=booking is not None and booking.doubtful,
        person=_person(file.contact, wish, language) if named else (),
        changes=differences(file.contact, wish, further, language) if named and further else (),
        message_left=wish is not None and wish.message != "" and letter.kind is LetterKind.STAFF_REQUEST,
        delete_mail_by=delete_mail_by(letter, file, facts),
        delete_on=file.contact.delete_on,
    )


def _person(contact: Contact, wish: Wish | None, language: str) -> tuple[Line, ...]:
    return as_stored(contact, wish, language) if wish else person_in_words(contact.person, language)
