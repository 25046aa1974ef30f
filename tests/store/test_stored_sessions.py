"""What every store of sessions promises."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.booking import Booking, BookingState
from chalicelib.domain.errors import TakenError
from chalicelib.domain.letter import LetterKind, LetterState, about_full_session
from chalicelib.domain.seats import full_letter
from chalicelib.domain.session import Meeting, Place, Session, SessionKind
from chalicelib.usecases.session_ports import Seat, Taking
from tests.store.examples import NOW, Example, letter_for
from tests.store.stores import dynamo_store, rows

START = datetime(2026, 12, 5, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
INFORMATION = Session(
    "info",
    SessionKind.INFORMATION,
    ("fr", "lb"),
    (Meeting(START, START + timedelta(hours=2), "Salle « A », 1er étage"),),
    capacity=2,
    waiting_max=2,
    published=True,
)
PEOPLE = ("one", "two", "three", "four", "five")


def sign_up(store, who, session=INFORMATION, needs=(), *, tells=False, now=None):
    """Signs a new person up for what the session has, or had when it was read as `now`; `tells` staff of its end."""
    now = now or store.sessions.read(session.id)
    place = now.offer()
    state = BookingState.CONFIRMED if place is Place.SEAT else BookingState.WAITING
    example = Example(who, letters=())
    booking = Booking(session.id, f"REF-{who}", 1, state, None, NOW)
    store.contacts.open(
        example.contact,
        booking,
        example.given_marks,
        (),
        Taking(now, place, needs, full_letter(now, NOW) if tells else None),
    )
    return example


def give_back(store, who, letters=()):
    store.sessions.give_back(store.sessions.read("info"), who, letters)


def states(store):
    files = {who: store.contacts.read(who) for who in PEOPLE}
    return {who: file.bookings[0].state.value for who, file in files.items() if file}


class TestSessions:
    def test_several_are_read_together_and_what_is_not_there_is_left_out(self, store):
        for name in ("info", "other"):
            store.sessions.add(replace(INFORMATION, id=name))

        found = store.sessions.read_all(["info", "other", "info", "unknown"])

        assert found == {"info": INFORMATION, "other": replace(INFORMATION, id="other")}
        assert store.sessions.read_all([]) == {}

    def test_a_session_is_read_as_it_was_added(self, store):
        store.sessions.add(INFORMATION)

        assert store.sessions.read("info") == INFORMATION
        assert store.sessions.read("other") is None

    def test_a_session_is_added_once(self, store):
        store.sessions.add(INFORMATION)

        with pytest.raises(TakenError):
            store.sessions.add(replace(INFORMATION, capacity=9))

        assert store.sessions.read("info").capacity == 2

    def test_what_is_planned_comes_by_start_and_without_what_was_cancelled_or_has_begun(self, store):
        later = replace(INFORMATION.meetings[0], start=START + timedelta(hours=1))
        for name, changes in {
            "late": {"meetings": (later,)},
            "info": {},
            "draft": {"published": False, "meetings": (replace(later, start=START + timedelta(minutes=5)),)},
            "off": {"cancelled": True},
            "course": {"kind": SessionKind.CITIZENSHIP},
            "over": {"meetings": (replace(later, start=START - timedelta(hours=1)),)},
        }.items():
            store.sessions.add(replace(INFORMATION, id=name, **changes))

        planned = store.sessions.planned(SessionKind.INFORMATION, START)

        assert [session.id for session in planned] == ["info", "draft", "late"]

    def test_what_was_cancelled_is_listed_apart_by_start(self, store):
        later = replace(INFORMATION.meetings[0], start=START + HOUR)
        store.sessions.add(replace(INFORMATION, id="late", meetings=(later,), kind=SessionKind.CITIZENSHIP))
        for name in ("info", "over"):
            start = START if name == "info" else START - HOUR
            store.sessions.add(replace(INFORMATION, id=name, meetings=(replace(later, start=start),)))
        store.sessions.add(replace(INFORMATION, id="goes ahead"))
        for name in ("late", "info", "over"):
            store.sessions.replan(replace(store.sessions.read(name), cancelled=True, version=2))

        assert [session.id for session in store.sessions.called_off(START)] == ["info", "late"]

    def test_staff_change_a_session_and_its_roster_stays(self, store):
        store.sessions.add(INFORMATION)
        sign_up(store, "one")

        store.sessions.replan(replace(INFORMATION, languages=("de",), capacity=5, version=2))

        assert store.sessions.read("info") == replace(INFORMATION, languages=("de",), capacity=5, version=2, taken=1)

    @pytest.mark.parametrize(
        "after",
        [replace(INFORMATION, version=3), replace(INFORMATION, version=2, capacity=1)],
        ids=["changed meanwhile", "fewer seats than are taken"],
    )
    def test_a_change_that_cannot_be_is_refused(self, store, after):
        store.sessions.add(INFORMATION)
        sign_up(store, "one")
        sign_up(store, "two")

        with pytest.raises(TakenError):
            store.sessions.replan(after)

        assert store.sessions.read("info") == replace(INFORMATION, taken=2)

    def test_seats_are_taken_then_the_line_grows_then_nothing_is_left(self, store):
        store.sessions.add(INFORMATION)

        for who in PEOPLE[:4]:
            sign_up(store, who, needs=("step-free",) if who == "two" else ())

        session = store.sessions.read("info")
        assert (session.taken, session.waiting, session.offer()) == (2, ("three", "four"), None)
        assert sorted(store.sessions.roster("info"), key=lambda seat: seat.contact_id) == [
            Seat("four", "REF-four", Place.WAITING, (), 1, START),
            Seat("one", "REF-one", Place.SEAT, (), 1, START),
            Seat("three", "REF-three", Place.WAITING, (), 1, START),
            Seat("two", "REF-two", Place.SEAT, ("step-free",), 1, START),
        ]
        assert store.sessions.seat("info", "two") == Seat("two", "REF-two", Place.SEAT, ("step-free",), 1, START)
        assert store.sessions.seat("info", "five") is None

    @pytest.mark.parametrize("place", list(Place))
    def test_a_place_that_is_gone_is_refused_whole(self, store, place):
        store.sessions.add(replace(INFORMATION, capacity=1, waiting_max=0))
        sign_up(store, "one")
        example = Example("two", letters=())
        booking = Booking("info", "REF-two", 1, BookingState.CONFIRMED, None, NOW)
        taking = Taking(store.sessions.read("info"), place, ())

        with pytest.raises(TakenError):
            store.contacts.open(example.contact, booking, example.given_marks, (), taking)

        assert store.contacts.read("two") is None
        assert [seat.contact_id for seat in store.sessions.roster("info")] == ["one"]

    @pytest.mark.parametrize(("capacity", "waiting_max"), [(3, 0), (1, 2)], ids=["seats", "line"])
    def test_the_last_place_tells_staff_once(self, store, capacity, waiting_max):
        store.sessions.add(replace(INFORMATION, capacity=capacity, waiting_max=waiting_max))

        for who in ("one", "two", "three"):
            assert list(store.outbox.due(NOW)) == []
            sign_up(store, who, tells=True)

        assert list(store.outbox.due(NOW)) == [about_full_session("info", 1, NOW)]
        assert store.sessions.read("info").full_told == 1
        give_back(store, "three")
        sign_up(store, "four", tells=True)
        assert len(list(store.outbox.due(NOW))) == 1

    @pytest.mark.parametrize(("capacity", "waiting_max"), [(3, 0), (1, 2)], ids=["seats", "line"])
    def test_who_would_take_the_last_place_without_knowing_it_is_refused(self, store, capacity, waiting_max):
        store.sessions.add(replace(INFORMATION, capacity=capacity, waiting_max=waiting_max))
        sign_up(store, "one")
        before = store.sessions.read("info")
        sign_up(store, "two")

        with pytest.raises(TakenError):
            sign_up(store, "three", tells=True, now=before)

        assert store.contacts.read("three") is None
        sign_up(store, "three", tells=True)
        assert store.sessions.read("info").offer() is None

    def test_nobody_takes_a_seat_while_somebody_waits(self, store):
        store.sessions.add(replace(INFORMATION, capacity=1))
        before = store.sessions.read("info")
        sign_up(store, "one")
        sign_up(store, "two")
        store.sessions.replan(replace(store.sessions.read("info"), capacity=3, version=2))
        after = store.sessions.read("info")

        with pytest.raises(TakenError):
            store.contacts.open(
                Example("three").contact,
                Booking("info", "REF-three", 1, BookingState.CONFIRMED, None, NOW),
                ("mark",),
                (),
                Taking(replace(before, version=2), Place.SEAT, ()),
            )

        assert after.offer() is Place.WAITING

    def test_a_place_is_refused_once_staff_have_changed_the_session(self, store):
        store.sessions.add(INFORMATION)
        store.sessions.replan(replace(INFORMATION, published=False, version=2))

        with pytest.raises(TakenError):
            store.contacts.open(
                Example("one").contact,
                Booking("info", "REF-one", 1, BookingState.CONFIRMED, None, NOW),
                ("mark",),
                (),
                Taking(INFORMATION, Place.SEAT, ()),
            )

    def test_a_known_contact_books_a_second_thing(self, store):
        store.sessions.add(INFORMATION)
        example = Example("one", letters=()).open_in(store)
        after = replace(example.contact, version=2)
        booking = Booking("info", "REF-info", 1, BookingState.CONFIRMED, None, NOW)

        store.contacts.book(after, booking, (), None, Taking(INFORMATION, Place.SEAT, ("large-print",)))

        file = store.contacts.read("one")
        assert file.contact == after
        assert {each.about: each for each in file.bookings} == {"APPOINTMENT": example.booking, "info": booking}
        assert store.contacts.find_reference("REF-info") == file
        assert store.sessions.read("info").taken == 1

    def test_an_open_booking_is_not_replaced_and_one_that_is_over_is(self, store):
        store.sessions.add(INFORMATION)
        example = sign_up(store, "one")
        again = Booking("info", "REF-again", 2, BookingState.CONFIRMED, None, NOW)
        after = replace(example.contact, version=2)

        with pytest.raises(TakenError):
            store.contacts.book(after, again, (), None, Taking(store.sessions.read("info"), Place.SEAT, ()))
        give_back(store, "one")
        store.contacts.book(after, again, (), None, Taking(store.sessions.read("info"), Place.SEAT, ()))

        assert store.contacts.read("one").bookings == (again,)
        assert store.sessions.read("info").taken == 1

    def test_a_contact_that_was_changed_meanwhile_books_nothing(self, store):
        store.sessions.add(INFORMATION)
        example = Example("one", letters=()).open_in(store)
        booking = Booking("info", "REF-info", 1, BookingState.CONFIRMED, None, NOW)

        with pytest.raises(TakenError):
            store.contacts.book(replace(example.contact, version=3), booking, (), None)

        assert store.sessions.read("info").taken == 0

    def test_a_seat_that_nobody_waits_for_is_free_again(self, store):
        store.sessions.add(INFORMATION)
        sign_up(store, "one")
        letter = letter_for(Example("one"), about="info", kind=LetterKind.RECEIVED)

        give_back(store, "one", [letter])

        assert store.sessions.read("info") == INFORMATION
        assert states(store) == {"one": "cancelled"}
        assert list(store.outbox.due(NOW)) == [letter]
        assert list(store.sessions.roster("info")) == []

    def test_a_seat_goes_to_the_head_of_the_line(self, store):
        store.sessions.add(INFORMATION)
        for who in PEOPLE[:4]:
            sign_up(store, who)

        give_back(store, "one")

        session = store.sessions.read("info")
        assert (session.taken, session.waiting) == (2, ("four",))
        assert states(store) == {"one": "cancelled", "two": "confirmed", "three": "confirmed", "four": "waiting"}

    def test_who_sits_down_knows_the_session_as_it_is(self, store):
        store.sessions.add(INFORMATION)
        for who in PEOPLE[:3]:
            sign_up(store, who)
        later = replace(INFORMATION, version=2, meetings=(replace(INFORMATION.meetings[0], start=START + HOUR),))
        store.sessions.replan(later)

        give_back(store, "one")

        known = {seat.contact_id: (seat.place, seat.told, seat.start) for seat in store.sessions.roster("info")}
        assert known == {"two": (Place.SEAT, 1, START), "three": (Place.SEAT, 2, START + HOUR)}

    def test_nobody_sits_down_with_news_of_a_session_that_staff_have_changed(self, store):
        store.sessions.add(INFORMATION)
        for who in PEOPLE[:3]:
            sign_up(store, who)
        read = store.sessions.read("info")
        store.sessions.replan(replace(INFORMATION, version=2, capacity=3))

        for seat in (lambda: store.sessions.give_back(read, "one", ()), lambda: store.sessions.seat_next(read, ())):
            with pytest.raises(TakenError):
                seat()

        assert states(store) == {"one": "confirmed", "two": "confirmed", "three": "waiting"}

    def test_a_seat_that_staff_have_added_goes_to_the_head_of_the_line_once(self, store):
        store.sessions.add(INFORMATION)
        for who in PEOPLE[:4]:
            sign_up(store, who)
        with pytest.raises(TakenError):
            store.sessions.seat_next(store.sessions.read("info"), ())
        store.sessions.replan(replace(INFORMATION, version=2, capacity=3))

        read = store.sessions.read("info")
        store.sessions.seat_next(read, (letter_for(Example("three"), kind=LetterKind.PLACED),))
        with pytest.raises(TakenError):
            store.sessions.seat_next(read, ())

        after = store.sessions.read("info")
        assert (after.taken, after.waiting) == (3, ("four",))
        assert states(store)["three"] == "confirmed"
        assert [letter.kind for letter in store.outbox.due(NOW)] == [LetterKind.PLACED]

    def test_who_is_being_deleted_does_not_sit_down(self, store):
        store.sessions.add(INFORMATION)
        for who in PEOPLE[:3]:
            sign_up(store, who)
        store.sessions.replan(replace(INFORMATION, version=2, capacity=3))
        store.contacts.ask_deletion("three", NOW.date())

        with pytest.raises(TakenError):
            store.sessions.seat_next(store.sessions.read("info"), ())

        assert store.sessions.read("info").waiting == ("three",)

    def test_who_leaves_the_line_moves_the_others_up(self, store):
        store.sessions.add(INFORMATION)
        for who in PEOPLE[:4]:
            sign_up(store, who)

        give_back(store, "three")

        session = store.sessions.read("info")
        assert (session.taken, session.waiting) == (2, ("four",))
        assert states(store)["three"] == "cancelled"

    @pytest.mark.parametrize(("who", "waiting"), [("one", ("three", "four")), ("three", ("four",))])
    def test_who_is_struck_off_leaves_roster_and_line_and_nobody_is_placed(self, store, who, waiting):
        store.sessions.add(INFORMATION)
        for person in PEOPLE[:4]:
            sign_up(store, person)

        store.sessions.strike("info", who)
        store.sessions.strike("info", who)

        session = store.sessions.read("info")
        assert (session.taken, session.waiting) == (2, waiting)
        assert who not in {seat.contact_id for seat in store.sessions.roster("info")}

    def test_nobody_waits_for_a_cancelled_session_once_all_are_told(self, store):
        store.sessions.add(INFORMATION)
        for person in PEOPLE[:4]:
            sign_up(store, person)
        cancelled = replace(INFORMATION, cancelled=True, version=2)
        store.sessions.replan(cancelled)

        assert store.sessions.read("info").waiting == ("three", "four")
        store.sessions.all_told(cancelled)
        assert store.sessions.read("info").waiting == ()

    @pytest.mark.parametrize("who", ["one", "four"])
    def test_a_place_is_given_back_once(self, store, who):
        store.sessions.add(INFORMATION)
        for person in PEOPLE[:4]:
            sign_up(store, person)
        before = store.sessions.read("info")
        give_back(store, who)

        with pytest.raises(TakenError):
            store.sessions.give_back(before, who, ())

    def test_what_people_needed_goes_the_day_after(self, store):
        store.sessions.add(INFORMATION)
        sign_up(store, "one", needs=("step-free", "large-print"))

        assert store.sessions.forget_needs(date(2026, 12, 5)) == 0
        assert [seat.needs for seat in store.sessions.roster("info")] == [("step-free", "large-print")]
        assert store.sessions.forget_needs(date(2026, 12, 20)) == 1
        assert [seat.needs for seat in store.sessions.roster("info")] == [()]
        assert store.sessions.forget_needs(date(2026, 12, 20)) == 0


def test_who_leaves_while_needs_are_forgotten_leaves_nothing_that_is_not_swept(table):
    client, name = table
    store = dynamo_store(client, name)
    store.sessions.add(INFORMATION)
    sign_up(store, "one", needs=("step-free",))

    def leave(parsed, **_):
        if any(item["pk"]["S"] == "SESSION#info" and "sk" in item for item in parsed["Items"]):
            client.meta.events.unregister("after-call.dynamodb.Query", leave)
            give_back(store, "one")

    client.meta.events.register("after-call.dynamodb.Query", leave)

    assert store.sessions.forget_needs(date(2026, 12, 20)) == 0
    assert list(store.sessions.roster("info")) == []
    store.deletions.sweep()
    assert not [item for item in rows(client, name) if item["sk"]["S"].startswith("SEAT#")]


class TestChanges:
    def test_a_changed_session_is_listed_until_all_are_told(self, store):
        store.sessions.add(INFORMATION)
        sign_up(store, "one")
        moved = replace(INFORMATION, languages=("de",), version=2)

        store.sessions.replan(moved)
        assert list(store.sessions.changed()) == ["info"]
        store.sessions.all_told(INFORMATION)
        assert list(store.sessions.changed()) == ["info"]
        store.sessions.all_told(moved)
        store.sessions.all_told(moved)

        assert list(store.sessions.changed()) == []

    def test_a_reminder_that_was_promised_for_the_same_time_is_still_good(self, store):
        store.sessions.add(INFORMATION)
        sign_up(store, "one")
        reminder = letter_for(Example("one"), about="info", kind=LetterKind.REMINDER, start=START.isoformat())
        news = letter_for(Example("one"), about="info", kind=LetterKind.RESERVED, start=f"{START.isoformat()}#3")
        store.sessions.replan(replace(INFORMATION, version=2))
        store.sessions.tell(store.sessions.read("info"), "one", (reminder,))
        store.outbox.settle(store.outbox.claim(reminder, NOW + HOUR), LetterState.SENT, NOW)
        store.sessions.replan(replace(INFORMATION, version=3))

        store.sessions.tell(store.sessions.read("info"), "one", (news, reminder))

        assert list(store.outbox.due(NOW + HOUR)) == [news]

    def test_each_is_told_once_of_each_version(self, store):
        store.sessions.add(INFORMATION)
        sign_up(store, "one")
        later = replace(INFORMATION.meetings[0], start=START + timedelta(minutes=30))
        moved = replace(INFORMATION, meetings=(later,), version=2)
        letter = letter_for(Example("one"), about="info", kind=LetterKind.RECEIVED)

        store.sessions.tell(moved, "one", [letter])
        with pytest.raises(TakenError):
            store.sessions.tell(moved, "one", [replace(letter, revision=2)])

        assert list(store.outbox.due(NOW)) == [letter]
        assert [(seat.told, seat.start) for seat in store.sessions.roster("info")] == [(2, later.start)]

    @pytest.mark.parametrize("who", ["one", "three"], ids=["a seat", "in the line"])
    def test_a_place_in_a_cancelled_session_ends_once(self, store, who):
        store.sessions.add(INFORMATION)
        for person in PEOPLE[:3]:
            sign_up(store, person)
        cancelled = replace(INFORMATION, cancelled=True, version=2)
        store.sessions.replan(cancelled)
        letter = letter_for(Example(who), about="info", kind=LetterKind.RECEIVED)

        store.sessions.call_off(cancelled, who, [letter])
        with pytest.raises(TakenError):
            store.sessions.call_off(cancelled, who, [replace(letter, revision=2)])

        assert states(store)[who] == "cancelled"
        assert who not in {seat.contact_id for seat in store.sessions.roster("info")}
        assert list(store.outbox.due(NOW)) == [letter]
        assert list(store.sessions.planned(SessionKind.INFORMATION, START)) == []
