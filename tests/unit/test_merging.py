"""What becomes of two contacts of one person: the rules of what is kept, and of the day on which all is deleted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, ContactFile, Correction, Person
from chalicelib.domain.days import Attended
from chalicelib.domain.deletion import new_contact
from chalicelib.domain.errors import CannotMergeError
from chalicelib.domain.letter import Letter, LetterKind, LetterState
from chalicelib.domain.merging import Obstacle, merged
from chalicelib.domain.papers import Certificate, CertificateKind, Voucher
from chalicelib.domain.retention import History
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.programme import periods
from chalicelib.words.merging import OBSTACLES
from tests.examples import NOW, PERSON, REQUEST

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
BOTH = ("kept", "gone")
VOUCHER = Voucher(1, date(2026, 5, 2), date(2026, 11, 2))
COURSE = Session(
    "course",
    SessionKind.CITIZENSHIP,
    ("fr",),
    tuple(
        Meeting(at, at + timedelta(hours=3), "Hall") for at in (datetime(2026, 6, day, 8, tzinfo=UTC) for day in (1, 8))
    ),
    capacity=9,
    waiting_max=0,
)


def booking(about=APPOINTMENT, state=BookingState.CANCELLED, **more):
    wish = REQUEST.wish if about == APPOINTMENT else None
    return Booking(about, f"{about[:4]}-{state.value}", 1, state, wish, NOW, **more)


def contact(who, history=None, *bookings, person=PERSON, sealed=None, **more):
    history = history or History(TODAY)
    known = new_contact(who, person, sealed, history, periods.retention())
    return ContactFile(known, bookings or (booking(state=BookingState.CANCELLED),), **more)


def join(kept, gone, *sessions):
    return merged(kept, gone, {each.id: each for each in sessions}, periods.retention(), TODAY)


SPRING, AUTUMN = Attended(2026, 3, 15), Attended(2026, 9, 1)


def recorded(attended, **more):
    return History(TODAY, attended, attended_recorded=True, **more)


@pytest.mark.parametrize(
    ("kept", "gone", "delete_on"),
    [
        pytest.param(History(date(2026, 2, 1)), History(date(2026, 8, 1)), date(2027, 8, 1), id="the last request"),
        pytest.param(
            History(TODAY),
            History(date(2026, 8, 1), last_session_on=date(2027, 1, 9)),
            date(2028, 1, 9),
            id="the last session",
        ),
        pytest.param(History(TODAY), recorded(SPRING), date(2027, 3, 15), id="took part under one name"),
        pytest.param(recorded(SPRING), recorded(AUTUMN), date(2027, 9, 1), id="took part twice: the last time counts"),
        pytest.param(
            History(TODAY, AUTUMN), recorded(SPRING), date(2027, 3, 15), id="what is recorded counts, not what was said"
        ),
        pytest.param(History(TODAY, SPRING), History(TODAY, AUTUMN), date(2027, 9, 1), id="said twice"),
        pytest.param(
            History(TODAY, Attended(2026, 9)), History(TODAY, AUTUMN), date(2027, 9, 30), id="a month and a day"
        ),
        pytest.param(recorded(SPRING), History(TODAY, signed_on=date(2026, 5, 2)), date(2029, 5, 2), id="signed"),
        pytest.param(
            History(TODAY, signed_on=date(2026, 5, 2), first_measure_on=date(2026, 7, 1)),
            History(TODAY, signed_on=date(2026, 5, 2), first_measure_on=date(2026, 6, 1)),
            date(2029, 6, 1),
            id="signed, and the first measure under each name: the earlier",
        ),
    ],
)
def test_the_day_of_deletion_is_that_of_all_that_happened(kept, gone, delete_on):
    days = {
        join(contact("kept", one), contact("gone", other)).after.delete_on
        for one, other in ((kept, gone), (gone, kept))
    }

    assert days == {delete_on}


@pytest.mark.parametrize(("signed_on", "first"), [(date(2026, 5, 2), date(2026, 6, 1)), (date(2026, 7, 1), None)])
def test_a_course_attended_under_the_other_name_begins_the_contract_unless_it_came_before(signed_on, first):
    attended = contact("gone", None, booking("course", BookingState.ATTENDED))

    after = join(contact("kept", History(TODAY, signed_on=signed_on)), attended, COURSE).after

    assert after.history.first_measure_on == first


@pytest.mark.parametrize(
    ("kept", "gone", "after"),
    [
        (("a@example.org", None), (None, "+352621000001"), ("a@example.org", "+352621000001")),
        ((None, "+352621000002"), ("b@example.org", "+352621000001"), ("b@example.org", "+352621000002")),
        (("a@example.org", "+352621000002"), ("b@example.org", None), ("a@example.org", "+352621000002")),
    ],
)
def test_names_and_language_stay_and_only_what_is_lacking_is_taken_over(kept, gone, after):
    one, other = Person("Exempla", "Novella", *kept, "fr"), Person("Exempla", "Fictiva", *gone, "en")

    person = join(contact("kept", person=one), contact("gone", person=other)).after.person

    assert person == Person("Exempla", "Novella", *after, "fr")


@pytest.mark.parametrize(
    ("kept", "gone", "stays"),
    [
        (BookingState.CONFIRMED, BookingState.CONFIRMED, "kept"),
        (BookingState.WAITING, BookingState.CONFIRMED, "gone"),
        (BookingState.CONFIRMED, BookingState.WAITING, "kept"),
        (BookingState.CANCELLED, BookingState.WAITING, "gone"),
        (BookingState.CONFIRMED, BookingState.ATTENDED, "gone"),
        (BookingState.MISSED, BookingState.ATTENDED, "gone"),
        (BookingState.ATTENDED, BookingState.CONFIRMED, "kept"),
        (BookingState.DECLINED, BookingState.INVITED, "gone"),
        (BookingState.INVITED, BookingState.WAITING, "gone"),
    ],
)
def test_of_two_places_in_a_session_the_better_stays(kept, gone, stays):
    merger = join(contact("kept", None, booking("x", kept)), contact("gone", None, booking("x", gone)))

    assert [each.state for each in merger.bookings] == [{"kept": kept, "gone": gone}[stays]]
    assert (len(merger.moved), len(merger.dropped)) == ((1, 0) if stays == "gone" else (0, 1))


@pytest.mark.parametrize(
    ("kept", "gone", "stays"),
    [
        (BookingState.ATTENDED, BookingState.REQUESTED, "gone"),
        (BookingState.CONFIRMED, BookingState.ATTENDED, "kept"),
        (BookingState.CANCELLED, BookingState.ATTENDED, "gone"),
    ],
)
def test_an_appointment_that_is_open_comes_before_one_that_is_over(kept, gone, stays):
    merger = join(contact("kept", None, booking(state=kept)), contact("gone", None, booking(state=gone)))

    assert [each.state for each in merger.bookings] == [{"kept": kept, "gone": gone}[stays]]


SIGNED = History(TODAY, signed_on=date(2026, 5, 2))
OPEN = booking(state=BookingState.REQUESTED)
IN_COURSE = booking("later", BookingState.CONFIRMED)
LATER = replace(
    COURSE,
    id="later",
    meetings=(Meeting(datetime(2027, 4, 1, 8, tzinfo=UTC), datetime(2027, 4, 1, 14, tzinfo=UTC), "Hall"),),
)


@pytest.mark.parametrize(
    ("kept", "gone", "why"),
    [
        pytest.param(contact("one"), contact("one"), Obstacle.SAME, id="the same"),
        pytest.param(
            contact("kept", SIGNED),
            contact("gone", replace(SIGNED, signed_on=date(2026, 5, 3))),
            Obstacle.SIGNED,
            id="two days of signing",
        ),
        pytest.param(
            contact("kept", None, OPEN), contact("gone", None, OPEN), Obstacle.APPOINTMENTS, id="two requests"
        ),
        pytest.param(
            contact("kept", SIGNED, vouchers=(VOUCHER,)),
            contact("gone", SIGNED, certificates=(Certificate(CertificateKind.VALIDATION, TODAY),)),
            Obstacle.PAPERS,
            id="papers of two contracts",
        ),
        pytest.param(
            contact("kept"), contact("gone", recorded(Attended(2025, 11, 21))), Obstacle.TOO_SOON, id="gone today"
        ),
        pytest.param(
            contact("kept", None, IN_COURSE), contact("gone", recorded(SPRING)), Obstacle.TOO_SOON, id="before a date"
        ),
    ],
)
def test_what_only_staff_can_decide_is_refused(kept, gone, why):
    with pytest.raises(CannotMergeError) as refused:
        join(kept, gone, LATER)

    assert refused.value.why is why


def test_just_before_the_day_it_can_be_done():
    assert join(contact("kept"), contact("gone", recorded(Attended(2025, 11, 22)))).after.delete_on == TODAY + DAY


@pytest.mark.parametrize("line", [None, ()], ids=["unread", "not in the line"])
def test_of_two_turns_that_no_line_knows_that_of_the_contact_that_stays_is_kept(line):
    waiting = booking("course", BookingState.WAITING)
    sessions = [] if line is None else [replace(COURSE, waiting=line)]

    merger = join(contact("kept", None, waiting), contact("gone", None, waiting), *sessions)

    assert (merger.moved, merger.dropped) == ((), (waiting,))


def test_of_two_appointments_that_ended_alike_that_of_the_contact_that_stays_is_kept():
    merger = join(contact("kept"), contact("gone"))

    assert (len(merger.moved), len(merger.dropped)) == (0, 1)


def test_what_was_recorded_stays_recorded_and_a_day_says_more_than_its_month():
    said = History(TODAY, Attended(2026, 9))
    exact = History(TODAY, Attended(2026, 9, 30))

    assert join(contact("kept"), contact("gone", recorded(SPRING))).after.history.attended_recorded is True
    assert join(contact("kept", said), contact("gone", exact)).after.history.attended == exact.attended
    assert join(contact("kept", exact), contact("gone", said)).after.history.attended == exact.attended


@pytest.mark.parametrize(
    ("history", "first"),
    [
        pytest.param(History(TODAY), None, id="no contract"),
        pytest.param(
            History(TODAY, signed_on=date(2026, 5, 2), first_measure_on=date(2026, 7, 1)), date(2026, 7, 1), id="noted"
        ),
    ],
)
def test_a_course_attended_begins_no_contract_that_is_not_there_and_none_that_has_begun(history, first):
    attended = contact("kept", history, booking("course", BookingState.ATTENDED))

    assert join(attended, contact("gone"), COURSE).after.history.first_measure_on == first


def test_forms_that_either_contact_has_confirmed_stay_known():
    one, other = contact("kept"), contact("gone")
    one = replace(one, contact=replace(one.contact, confirmed=frozenset({"AAAA-2222"})))
    other = replace(other, contact=replace(other.contact, confirmed=frozenset({"BBBB-3333"})))

    assert join(one, other).after.confirmed == {"AAAA-2222", "BBBB-3333"}


def test_only_a_form_with_a_number_says_for_whom_it_was_sealed():
    forms = tuple(
        Correction(reference, PERSON, sealed, None, None, NOW)
        for reference, sealed in (("AAAA-2222", b"sealed"), ("BBBB-3333", None))
    )

    merger = join(contact("kept"), contact("gone", corrections=forms))

    assert [each.sealed_for for each in merger.corrections] == ["gone", None]


def letter_to_gone(about, revision=1, kind=LetterKind.RESERVED):
    return Letter("gone", about, kind, revision, "AAAA-2222", LetterState.WAITING, NOW, NOW)


def test_a_letter_grows_with_the_revision_of_its_booking_and_its_call_does_too():
    invited = booking("day", BookingState.INVITED)
    seat = replace(booking("x", BookingState.CONFIRMED), revision=3)
    own = replace(booking("x", BookingState.CANCELLED), revision=2)

    merger = join(contact("kept", None, own), contact("gone", None, seat, invited))

    assert {each.about: each.revision for each in merger.moved} == {"x": 5, "day": 2}
    for about in ("x", "x#reserved"):
        assert merger.carried(letter_to_gone(about, 3)).revision == 5


def test_only_letters_about_an_appointment_that_ends_end_with_it():
    merger = join(contact("kept"), contact("gone"))

    assert merger.carried(letter_to_gone("LINK", kind=LetterKind.LINK)).contact_id == "kept"
    assert merger.carried(letter_to_gone("a slot that it had")) is None
    assert merger.carried(letter_to_gone("APPOINTMENT")) is None


def test_each_obstacle_has_its_words():
    assert set(OBSTACLES) == set(Obstacle)
