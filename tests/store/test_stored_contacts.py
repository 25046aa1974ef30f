"""What every store of contacts promises."""

from dataclasses import replace

import pytest

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, Person
from chalicelib.domain.days import Attended
from chalicelib.domain.errors import ReferenceTakenError, TakenError
from chalicelib.domain.letter import LetterKind, LetterState
from chalicelib.domain.session import Place
from chalicelib.usecases.contact_ports import Together
from chalicelib.usecases.session_ports import Gathering, Taking
from tests.store.examples import NOW, Example, correction, letter_for, letters_about
from tests.store.stores import dynamo_store, rows
from tests.store.test_stored_sessions import INFORMATION, give_back, sign_up

FULL = Example()
BARE = Example(person=Person("李", "", None, "+352621123456", "en"), sealed_matricule=None, attended=None)
BY_MONTH = Example(attended=Attended(2026, 2))


class TestContacts:
    @pytest.mark.parametrize("example", [FULL, BARE, BY_MONTH], ids=["full", "bare", "by month"])
    def test_a_contact_is_read_as_it_was_opened(self, store, example):
        example.open_in(store)

        file = store.contacts.read(example.word)

        assert (file.contact, file.bookings, file.corrections) == (example.contact, (example.booking,), ())

    def test_people_are_read_together_with_the_bookings_and_sessions_that_are_wanted(self, store):
        for word in ("one", "two", "asked to be forgotten"):
            Example(word).open_in(store)
        store.contacts.ask_deletion("asked to be forgotten", NOW.date())
        store.sessions.add(INFORMATION)
        one, two = Example("one"), Example("two")

        read = store.contacts.read_together(
            ["one", "two", "two", "nobody", "asked to be forgotten"],
            [("one", APPOINTMENT), ("one", APPOINTMENT), ("two", "info"), ("nobody", "info")],
            ["info", "info", "unknown"],
        )

        assert read.people == {"one": one.contact, "two": two.contact}
        assert read.bookings == {("one", APPOINTMENT): one.booking}
        assert read.sessions == {"info": INFORMATION}
        assert (read.file("one").bookings, read.file("two").bookings) == ((one.booking,), ())
        assert store.contacts.read_together([]) == Together({}, {}, {})

    def test_a_contact_is_found_with_every_letter_to_it(self, store):
        letters = (letter_for(FULL), letter_for(FULL, kind=LetterKind.REMINDER, state=LetterState.SENT))
        replace(FULL, letters=letters).open_in(store)
        Example("two").open_in(store)

        file, found = store.contacts.find_with_letters("REF-one")

        assert (file, set(found)) == (store.contacts.read("one"), set(letters))
        assert store.contacts.find_with_letters("REF-nobody") == (None, ())
        store.contacts.ask_deletion("one", NOW.date())
        assert store.contacts.find_with_letters("REF-one") == (None, ())

    def test_more_people_than_one_call_takes_are_all_found(self, store):
        people = [f"person-{number}" for number in range(103)]
        for word in people:
            Example(word).open_in(store)

        assert sorted(store.contacts.read_together(people).people) == sorted(people)

    def test_who_was_never_stored_is_not_found(self, store):
        FULL.open_in(store)

        assert store.contacts.read("two") is None
        assert store.contacts.find(["mail of two", "phone of two"]) is None
        assert store.contacts.find([]) is None

    @pytest.mark.parametrize("mark", FULL.given_marks)
    def test_a_contact_is_found_by_each_of_its_marks(self, store, mark):
        FULL.open_in(store)

        assert store.contacts.find(["unknown", mark]) == store.contacts.read("one")

    def test_the_first_mark_that_leads_to_somebody_counts(self, store):
        Example("one").open_in(store)
        Example("two").open_in(store)

        file = store.contacts.find(["unknown", "phone of two", "mail of one"])

        assert file.contact.id == "two"

    def test_a_second_contact_under_one_of_the_marks_is_refused_whole(self, store):
        Example("one", marks=("a", "b")).open_in(store)

        with pytest.raises(TakenError) as refused:
            Example("two", marks=("c", "b")).open_in(store)

        assert not isinstance(refused.value, ReferenceTakenError)
        assert store.contacts.read("two") is None
        assert store.contacts.find(["c"]) is None
        assert [letter.contact_id for letter in store.outbox.due(NOW)] == ["one"]
        Example("two", marks=("c",)).open_in(store)
        assert store.contacts.find(["c"]).contact.id == "two"

    def test_a_contact_with_a_taken_reference_is_refused_whole(self, store):
        FULL.open_in(store)
        other = Example("two", letters=())

        with pytest.raises(ReferenceTakenError):
            store.contacts.open(other.contact, FULL.booking, other.given_marks, [letter_for(other)])

        assert store.contacts.read("two") is None
        assert store.contacts.find(other.given_marks) is None
        assert [letter.contact_id for letter in store.outbox.due(NOW)] == ["one"]
        assert other.open_in(store)

    def test_the_same_form_twice_meets_its_mark_rather_than_its_reference(self, store):
        FULL.open_in(store)

        with pytest.raises(TakenError) as refused:
            store.contacts.open(replace(FULL.contact, id="two"), FULL.booking, FULL.given_marks, [])

        assert not isinstance(refused.value, ReferenceTakenError)

    def test_a_correction_is_kept_beside_what_is_stored(self, store):
        FULL.open_in(store)
        later = correction("REF-later", received_at=NOW.replace(hour=23), sealed_matricule=None, attended=None)

        store.contacts.correct("one", later, letters_about("REF-later", FULL))
        store.contacts.correct("one", correction("REF-sooner"), letters_about("REF-sooner", FULL))

        file = store.contacts.read("one")
        assert (file.contact, file.bookings) == (FULL.contact, (FULL.booking,))
        assert file.corrections == (correction("REF-sooner"), later)
        assert sorted(letter.id for letter in store.outbox.due(NOW)) == [
            "REF-later.received.1",
            "REF-later.staff_request.1",
            "REF-one.received.1",
            "REF-sooner.received.1",
            "REF-sooner.staff_request.1",
        ]

    def test_a_correction_sent_twice_is_kept_once(self, store):
        FULL.open_in(store)
        store.contacts.correct("one", correction(), letters_about("REF-new", FULL))

        with pytest.raises(TakenError) as refused:
            store.contacts.correct("one", correction(sealed_matricule=b"else"), letters_about("REF-new", FULL))

        assert not isinstance(refused.value, ReferenceTakenError)
        assert store.contacts.read("one").corrections == (correction(),)
        assert len(list(store.outbox.due(NOW))) == 3

    def test_a_correction_with_a_reference_of_somebody_else_is_refused_whole(self, store):
        FULL.open_in(store)
        Example("two").open_in(store)

        with pytest.raises(ReferenceTakenError):
            store.contacts.correct("one", correction("REF-two"), letters_about("REF-two", FULL))

        assert store.contacts.read("one").corrections == ()
        assert {letter.kind for letter in store.outbox.due(NOW)} == {LetterKind.RECEIVED}

    def test_a_correction_of_nobody_is_refused_whole(self, store):
        with pytest.raises(TakenError):
            store.contacts.correct("one", correction(), letters_about("REF-new", FULL))

        assert store.contacts.read("one") is None
        assert list(store.outbox.due(NOW)) == []


class TestMailboxes:
    def test_everybody_with_a_mail_address_is_found_by_its_mark_and_nobody_else(self, store):
        for word, mark in (("one", "shared"), ("two", "shared"), ("three", "other"), ("four", None)):
            Example(word, mail_mark=mark).open_in(store)

        assert {file.contact.id for file in store.contacts.with_mail(["older", "shared"])} == {"one", "two"}
        assert list(store.contacts.with_mail(["unknown"])) == []
        assert list(store.contacts.with_mail([])) == []

    def test_who_is_being_deleted_is_found_no_more(self, store):
        Example(mail_mark="mark").open_in(store)

        store.contacts.ask_deletion("one", NOW.date())

        assert list(store.contacts.with_mail(["mark"])) == []


NEW_PERSON = replace(FULL.person, email="new@example.lu", phone=None, surname="Neu")
NEXT = replace(
    FULL.contact,
    person=NEW_PERSON,
    sealed_matricule=b"other",
    mail_mark="new box",
    confirmed=frozenset({"REF-new"}),
    version=2,
)


class TestConfirming:
    def opened(self, store):
        Example(mail_mark="old box").open_in(store)
        store.contacts.correct("one", correction(), letters_about("REF-new", FULL))

    def test_data_marks_mailbox_and_wish_change_as_one_and_the_form_ends(self, store):
        self.opened(store)
        wished = replace(FULL.booking, wish=replace(FULL.booking.wish, message="Other"))

        store.contacts.confirm(NEXT, wished, ["phone of one", "new mail"], "REF-new", [letter_for(FULL, revision=9)])

        file = store.contacts.read("one")
        assert (file.contact, file.bookings, file.corrections) == (NEXT, (wished,), ())
        assert store.contacts.find(["mail of one"]) is None
        assert store.contacts.find(["new mail"]) == store.contacts.find(["phone of one"]) == file
        assert [each.contact.id for each in store.contacts.with_mail(["old box", "new box"])] == ["one"]
        assert list(store.contacts.with_mail(["old box"])) == []
        assert store.contacts.find_reference("REF-new") == file
        assert 9 in {letter.revision for letter in store.contacts.letters("one")}

    @pytest.mark.parametrize("why", ["changed", "no such form", "withdrawn", "a mark of somebody else", "deleting"])
    def test_it_is_refused_whole(self, store, why):
        self.opened(store)
        Example("two").open_in(store)
        after = replace(NEXT, version=3) if why == "changed" else NEXT
        reference = "REF-none" if why == "no such form" else "REF-new"
        marks = ["new mail", "mail of two"] if why == "a mark of somebody else" else ["new mail"]
        if why == "withdrawn":
            store.contacts.ask_removal("one", "REF-new", NOW.date())
        if why == "deleting":
            store.contacts.ask_deletion("one", NOW.date())
        before = store.contacts.read("one")

        with pytest.raises(TakenError):
            store.contacts.confirm(after, None, marks, reference, [letter_for(FULL, revision=9)])

        assert store.contacts.read("one") == before
        assert store.contacts.find(["new mail"]) is None
        assert list(store.contacts.with_mail(["new box"])) == []
        assert 9 not in {letter.revision for letter in store.contacts.letters("one")}

    def test_who_gives_no_mail_address_any_more_has_no_mailbox(self, store):
        self.opened(store)

        store.contacts.confirm(replace(NEXT, mail_mark=None), None, ["phone of one"], "REF-new", [])

        assert list(store.contacts.with_mail(["old box", "new box"])) == []
        assert store.contacts.read("one").contact.mail_mark is None

    def test_a_form_that_was_confirmed_can_be_neither_confirmed_nor_removed(self, store):
        self.opened(store)
        store.contacts.confirm(NEXT, None, ["phone of one", "new mail"], "REF-new", [])

        with pytest.raises(TakenError):
            store.contacts.confirm(replace(NEXT, version=3), None, ["new mail"], "REF-new", [])
        with pytest.raises(TakenError):
            store.contacts.ask_removal("one", "REF-new", NOW.date())

        assert store.contacts.find_reference("REF-new").corrections == ()
        assert list(store.deletions.due(NOW.date())) == []


class TestPromising:
    def test_letters_are_promised_once(self, store):
        FULL.open_in(store)
        link = letter_for(FULL, kind=LetterKind.LINK, about="LINK", start="2026-11-21T22:30")

        assert store.contacts.promise("one", [link])
        assert not store.contacts.promise("one", [link])

        assert [letter.kind for letter in store.contacts.letters("one")].count(LetterKind.LINK) == 1

    def test_nothing_is_promised_to_somebody_who_is_gone_or_being_deleted(self, store):
        FULL.open_in(store)
        store.contacts.ask_deletion("one", NOW.date())

        for word in ("one", "two"):
            assert not store.contacts.promise(word, [letter_for(Example(word), kind=LetterKind.LINK, about="LINK")])
            assert LetterKind.LINK not in {letter.kind for letter in store.contacts.letters(word)}


REMOVED = {
    ("CONTACT#one", "CORRECTION#REF-new"),
    ("CONTACT#one", "PHONE"),
    ("CONTACT#one", "SIGNED"),
    ("WHO#mail of one", "WHO"),
    ("WHO#phone of one", "WHO"),
    ("FIND#mailbox#old box", "FOR#one"),
    ("SESSION#info", "SEAT#guest"),
    ("SESSION#info", "INVITING"),
}


@pytest.fixture
def changed(table):
    """A form was confirmed, a signature taken back, a place given back, and everybody invited."""
    store = dynamo_store(*table)
    Example(mail_mark="old box").open_in(store)
    store.contacts.correct("one", correction(), [])
    signed = replace(FULL.contact, mail_mark="old box", history=replace(FULL.contact.history, signed_on=NOW.date()))
    store.contacts.amend(replace(signed, version=2), [], NOW.date())
    store.contacts.confirm(replace(NEXT, version=3, mail_mark="new box"), None, ["new mail"], "REF-new", [])
    store.contacts.amend(replace(NEXT, version=4, mail_mark="new box"), [], NOW.date())
    store.sessions.add(INFORMATION)
    sign_up(store, "guest")
    give_back(store, "guest")
    store.sessions.begin_inviting("info")
    store.sessions.all_invited("info")
    return store


def bare(client, name):
    """The keys of items that hold nothing but their key, and where they are listed."""
    nothing = {"pk", "sk", "due_key", "due_at"}
    listed = [item for item in rows(client, name) if item.keys() == nothing]
    return {(item["pk"]["S"], item["sk"]["S"]) for item in listed if item["due_key"]["S"] == "removed"}


def test_of_what_is_removed_the_key_stays_until_the_deletion_job_comes(changed, table):
    assert bare(*table) == REMOVED

    changed.deletions.sweep()

    assert not bare(*table)
    assert not REMOVED & {(item["pk"]["S"], item["sk"]["S"]) for item in rows(*table)}


def test_what_was_removed_is_not_there_for_who_reads(changed):
    file = changed.contacts.read("one")

    assert (file.contact.version, file.corrections) == (4, ())
    assert changed.contacts.find(["mail of one", "phone of one"]) is None
    assert changed.contacts.find_beside(["mail of one"], "info") == (None, INFORMATION)
    assert [each.contact.id for each in changed.contacts.with_mail(["old box", "new box"])] == ["one"]
    assert list(changed.worklist.mailed(["old box"])) == []
    assert list(changed.sessions.roster("info")) == []
    assert changed.sessions.gathering("info") == Gathering(INFORMATION, (), inviting=False)
    assert changed.sessions.seat("info", "guest") is None
    assert list(changed.sessions.held_by("guest")) == []
    assert list(changed.sessions.inviting()) == []
    assert "seat" not in {each.kind for each in changed.contacts.everything("guest")}


def test_what_was_removed_may_come_again_and_is_not_swept_then(changed, table):
    replace(FULL, word="two", marks=("mail of one", "phone of one")).open_in(changed)
    changed.contacts.confirm(replace(NEXT, version=5, mail_mark="old box"), None, ["new mail"], None, [])
    with pytest.raises(TakenError):
        give_back(changed, "guest")
    guest = changed.contacts.read("guest").contact
    booking = Booking("info", "REF-again", 2, BookingState.CONFIRMED, None, NOW)
    taking = Taking(changed.sessions.read("info"), Place.SEAT, ())
    changed.contacts.book(replace(guest, version=guest.version + 1), booking, [], taking=taking)
    changed.sessions.begin_inviting("info")

    changed.deletions.sweep()

    assert changed.contacts.find(["mail of one"]).contact.id == "two"
    assert [each.contact.id for each in changed.contacts.with_mail(["old box"])] == ["one"]
    assert [each.contact_id for each in changed.sessions.roster("info")] == ["guest"]
    assert list(changed.sessions.inviting()) == ["info"]


def test_a_contact_lists_every_pointer_that_leads_to_it(table):
    store = dynamo_store(*table)
    Example(mail_mark="mark").open_in(store)
    store.contacts.correct("one", correction(), letters_about("REF-new", FULL))

    items = {(item["pk"]["S"], item["sk"]["S"]): item for item in rows(*table)}
    contact = items["CONTACT#one", "CONTACT"]
    listed = {f"WHO#{mark}" for mark in contact["marks"]["SS"]}
    listed.add(f"FIND#mailbox#{contact['mail_mark']['S']}")
    listed |= {f"FIND#reference#{reference}" for reference in contact["references"]["SS"]}

    assert listed == {pk for pk, sk in items if sk in ("WHO", "FIND", "FOR#one")}
