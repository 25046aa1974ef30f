"""Plainly fictitious contacts and letters that the tests of letters and mail start from."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from chalicelib.domain.answers import ReadyText, answer_letters
from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Contact, ContactFile, Correction, Refusal
from chalicelib.domain.days import Attended
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.desk import LINK_GOOD_FOR, SignInLink
from chalicelib.domain.letter import (
    Letter,
    LetterKind,
    LetterState,
    about_deletion,
    about_link,
    about_month,
    about_paper,
    call_for,
    report_of_failure,
    with_sign_in,
)
from chalicelib.domain.news import Matter
from chalicelib.domain.papers import Certificate, CertificateKind, Voucher
from chalicelib.domain.retention import NEVER_TOOK_PART, SIGNED, TOOK_PART, History
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.letters.invitation import KINDS as INVITATIONS
from chalicelib.letters.message import Message
from chalicelib.letters.place import KINDS as PLACES
from chalicelib.letters.writer import Writer
from chalicelib.programme import facts
from tests.examples import NOW, PERSON, REQUEST

REFERENCE, FURTHER = "7KQ2-M9XW", "AB2C-9DEF"
MATRICULE = "1990093012358"
LATER = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)  # the second of December in Luxembourg

CONTACT = Contact(
    "c1", PERSON, MATRICULE.encode(), History(NOW.date(), Attended(2026, 3)), date(2027, 3, 31), TOOK_PART
)
BOOKING = Booking(APPOINTMENT, REFERENCE, 1, BookingState.REQUESTED, REQUEST.wish, NOW)
CORRECTION = Correction(
    FURTHER,
    replace(PERSON, first_name="Exemple", email="new@example.org", phone="+352621999999", language="de"),
    MATRICULE.encode(),
    Attended(2026, 4, 3),
    replace(REQUEST.wish, half_days=(), meeting_language="lb"),
    LATER,
)
VOUCHER = Voucher(1, date(2026, 11, 20), date(2027, 5, 20))
CERTIFICATE = Certificate(CertificateKind.CITIZENSHIP, date(2026, 11, 21))
FILE = ContactFile(CONTACT, (BOOKING,), (CORRECTION,), (VOUCHER,), (CERTIFICATE,))
REPORT = MonthReport("2026-11", {NEVER_TOOK_PART: 4, TOOK_PART: 11, "asked": 2}, overdue=0)
START = datetime(2026, 12, 5, 9, tzinfo=UTC)
INFORMATION = Session(
    "info",
    SessionKind.INFORMATION,
    ("fr", "pt"),
    (Meeting(START, START + timedelta(hours=2), "Example hall, 1 <rue> & place"),),
    capacity=2,
    waiting_max=3,
    published=True,
)
SLOT = replace(INFORMATION, id="slot", kind=SessionKind.SLOT, capacity=1, waiting_max=0)
# One meeting in the winter and one in the summer, so that both times are told.
SUMMER = datetime(2027, 7, 1, 12, 30, tzinfo=UTC)
COURSE = replace(
    INFORMATION,
    id="course",
    kind=SessionKind.CITIZENSHIP,
    languages=("en",),
    meetings=tuple(Meeting(each, each + timedelta(hours=3), "Example school") for each in (START, SUMMER)),
)
BOOKED = "S4TX-9KQ2"
ORIENTATION = replace(INFORMATION, id="day", kind=SessionKind.ORIENTATION)
_STATES = {
    LetterKind.IN_LINE: BookingState.WAITING,
    LetterKind.CANCELLED: BookingState.CANCELLED,
    LetterKind.MOVED: BookingState.CANCELLED,
    LetterKind.STAFF_CANCELLED: BookingState.CANCELLED,
    LetterKind.INVITATION: BookingState.INVITED,
    LetterKind.INVITATION_REMINDER: BookingState.INVITED,
}
FULL = replace(INFORMATION, taken=2, waiting=("c7", "c8", "c9"))
LINK_KEYS = (b"n" * 32, b"o" * 32)
SIGN_IN_KEYS = (b"s" * 32, b"t" * 32)
SIGN_IN = SignInLink("ab" * 16, "desk@forum-cai.example", "en", "today", NOW + LINK_GOOD_FOR)
ABOUT_NOBODY = {LetterKind.DPO_MONTH, LetterKind.DESK_LINK, LetterKind.STAFF_FULL}


def file_of(**changes: str | None) -> ContactFile:
    """The same contact and booking of a person with other data."""
    return replace(FILE, contact=replace(CONTACT, person=replace(PERSON, **changes)))


def under_rule(rule: str) -> ContactFile:
    """The same contact, whose deletion day another rule decides."""
    signed_on = date(2024, 3, 31) if rule == SIGNED else None
    history = replace(CONTACT.history, signed_on=signed_on)
    return replace(FILE, contact=replace(CONTACT, rule=rule, history=history))


_APART = {
    LetterKind.DELETION_WARNING: about_deletion(LetterKind.DELETION_WARNING, CONTACT, REFERENCE, NOW),
    LetterKind.DELETION_DAY_CHANGED: about_deletion(LetterKind.DELETION_DAY_CHANGED, CONTACT, REFERENCE, NOW),
    LetterKind.MERGED: about_deletion(LetterKind.MERGED, CONTACT, REFERENCE, NOW),
    LetterKind.LINK: about_link(CONTACT, REFERENCE, NOW)[0],
    LetterKind.VOUCHER: about_paper(VOUCHER, CONTACT, REFERENCE, NOW)[0],
    LetterKind.CERTIFICATE: about_paper(CERTIFICATE, CONTACT, REFERENCE, NOW)[0],
    LetterKind.DPO_MONTH: about_month(REPORT.month, NOW),
    LetterKind.DESK_LINK: with_sign_in(SIGN_IN.nonce, LetterState.WAITING, NOW),
}


def _about_letter(kind: LetterKind, told: Letter) -> Letter:
    return call_for(told) if kind is LetterKind.STAFF_CALL else report_of_failure(told, NOW)


def letter(kind: LetterKind, *, further: bool = False, news: LetterKind = LetterKind.DELETION_WARNING) -> Letter:
    """A letter about the request, or about the further form; a deletion day or a month where the kind is about that.

    `news` is the kind of the letter that a call stands for.
    """
    if kind in (LetterKind.STAFF_CALL, LetterKind.STAFF_FAILED):
        return _about_letter(kind, letter(news))
    if kind in _APART:
        return _APART[kind]
    about, reference = (f"CORRECTION#{FURTHER}", FURTHER) if further else (APPOINTMENT, REFERENCE)
    return Letter("c1", about, kind, 1, reference, LetterState.WAITING, NOW, NOW)


def sign_up(
    kind: LetterKind,
    file: ContactFile = FILE,
    session: Session = INFORMATION,
    news: LetterKind | None = None,
    start: str = "",
) -> tuple[Letter, Matter]:
    """A letter about a place in a session, and what it is written from: the booking is as its news say."""
    told = Letter("c1", session.id, news or kind, 1, BOOKED, LetterState.WAITING, NOW, NOW, start=start)
    state = _STATES.get(told.kind, BookingState.CONFIRMED)
    waiting = ("c9", "c1") if state is BookingState.WAITING else ()
    booking = Booking(session.id, BOOKED, 1, state, None, NOW)
    others = file.bookings
    if session.kind is SessionKind.SLOT:
        booking, others = replace(BOOKING, reference=BOOKED, state=state, slot=session.id), ()
    with_place = replace(file, bookings=(*others, booking))
    return call_for(told) if news else told, Matter(with_place, replace(session, waiting=waiting))


def refusal(
    file: ContactFile = FILE,
    session: Session | None = None,
    news: LetterKind | None = None,
    reason: Refusal = Refusal.SESSION_FIRST,
) -> tuple[Letter, Matter]:
    """A letter that refuses an appointment, or a call with its news, where the slot `session` was its date."""
    told, slot = letter(LetterKind.REFUSED), session.id if session else None
    ended = replace(file.bookings[0], state=BookingState.CANCELLED, refused=reason, slot=slot)
    return call_for(told) if news else told, Matter(replace(file, bookings=(ended,)), session)


def answer(
    text: ReadyText = ReadyText.DOCUMENTS, file: ContactFile = FILE, *, by_phone: bool = False
) -> tuple[Letter, Matter]:
    """A letter with a ready text of staff, or the call in its place."""
    told, *_ = answer_letters(text, CONTACT, REFERENCE, NOW)
    return call_for(told) if by_phone else told, Matter(file)


def example(kind: LetterKind, file: ContactFile = FILE) -> tuple[Letter, Matter]:
    """A letter of that kind with what it is written from."""
    if kind in PLACES or kind in (LetterKind.STAFF_CANCELLED, LetterKind.STAFF_MOVED):
        return sign_up(kind, file)
    if kind in INVITATIONS:
        return sign_up(kind, file, ORIENTATION)
    if kind is LetterKind.REFUSED:
        return refusal(file)
    if kind is LetterKind.ANSWER:
        return answer(file=file)
    return letter(kind), Matter(file)


def writer(mode: str = "open", **changed: object) -> Writer:
    """Under the facts of this build, some of them changed: `staff__language="lb"`."""
    loaded = facts.load()
    new = {name.replace("__", "."): value for name, value in changed.items()}
    known = {key: replace(loaded.by_key[key], value=value) for key, value in new.items()}
    changed_facts = replace(loaded, by_key={**loaded.by_key, **known})
    return Writer(
        changed_facts,
        "https://forum-cai.example",
        mode,
        "desk@cai.example",
        "officer@cai.example",
        LINK_KEYS,
        SIGN_IN_KEYS,
    )


MESSAGE = Message(
    id=f"{REFERENCE}.received.1",
    kind="received",
    language="fr",
    to="exempla@example.org",
    reply_to="cai@example.lu",
    subject="CAI 7KQ2-M9XW : nous avons reçu votre demande",
    text="Référence : 7KQ2-M9XW\n",
    html='<!DOCTYPE html><html lang="fr"><title>CAI</title><p>Référence : 7KQ2-M9XW</p></html>\n',
)
