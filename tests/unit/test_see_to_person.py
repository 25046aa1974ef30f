"""Staff confirm or discard further forms, answer with a ready text, and send letters again: once, and noted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.answers import ReadyText
from chalicelib.domain.desk import Act
from chalicelib.domain.errors import CannotConfirmError, ChangedMeanwhileError
from chalicelib.domain.letter import LetterState
from chalicelib.usecases.confirm_correction import confirm_correction
from chalicelib.usecases.see_to_person import confirm_form, discard_form, send_answer, send_letter_again
from tests.examples import REQUEST, by
from tests.unit.test_see_to_request import BY_PHONE, WHO, Office

DIFFERING = by(REQUEST, phone="+352621000777")


class Home(Office):
    """Staff at a request about which a further form says something else."""

    def __init__(self, request=REQUEST):
        super().__init__(request)
        self.form = self.ask(DIFFERING).reference
        self.store.letters.clear()

    def file(self):
        return self.office.contacts.read("one")


def test_what_a_further_form_said_is_taken_over_once_and_no_colleague_is_written_to():
    home = Home()
    at = home.at()

    for _ in range(2):
        confirm_form(at, home.form)

    assert home.file().contact.person.phone == "+352621000777"
    assert home.file().corrections == ()
    assert home.noted() == [(WHO, Act.CONFIRMED_FORM, home.reference)]
    assert "staff_confirmed" not in [kind for kind, *_ in home.letters()]


def test_a_form_is_not_confirmed_on_what_is_not_so_any_more():
    home = Home()
    stale = home.at()
    home.at(who="desk-2@forum-cai.example").take_up()

    with pytest.raises(ChangedMeanwhileError):
        confirm_form(stale, home.form)
    assert len(home.file().corrections) == 1


def test_what_changes_while_it_is_confirmed_is_seen():
    home = Home()
    seen = home.file().contact.version
    home.at().take_up()

    with pytest.raises(ChangedMeanwhileError):
        confirm_correction("one", home.form, home.office, home.now, seen)


def test_a_form_that_its_owner_has_confirmed_is_neither_confirmed_nor_discarded_again():
    home = Home()
    at = home.at()
    confirm_correction("one", home.form, home.office, home.now)

    confirm_form(at, home.form)
    with pytest.raises(ChangedMeanwhileError):
        discard_form(at, home.form)

    assert home.noted() == []


def test_a_form_is_discarded_once_and_nothing_else_changes():
    home = Home()
    at, contact = home.at(), home.file().contact

    for _ in range(2):
        discard_form(at, home.form)

    assert (home.file().contact, home.file().corrections) == (contact, ())
    assert home.noted() == [(WHO, Act.DISCARDED_FORM, home.reference)]


@pytest.mark.parametrize("form", ["2222-2222", "", "x"])
def test_an_unknown_form_changes_nothing(form):
    home = Home()

    with pytest.raises(ChangedMeanwhileError):
        confirm_form(home.at(), form)
    discard_form(home.at(), form)

    assert home.noted() == [] and len(home.file().corrections) == 1


def test_who_would_become_somebody_else_is_refused():
    home = Home()
    home.ask(by(REQUEST, first_name="Altera", email=None, phone="+352621000778"), "two")
    file = home.file()
    altera = home.office.contacts.read("two").contact.person
    home.store.files["one"] = replace(file, corrections=(replace(file.corrections[0], person=altera),))

    with pytest.raises(CannotConfirmError):
        confirm_form(home.at(), home.form)


@pytest.mark.parametrize(("request_", "state"), [(REQUEST, "waiting"), (BY_PHONE, "by_phone")])
def test_a_ready_text_is_told_once_a_day(request_, state):
    office = Office(request_)

    for _ in range(2):
        send_answer(office.at(), ReadyText.DOCUMENTS)

    told = [letter for letter in office.letters() if letter[0] == "answer"]
    assert told == [("answer", "ANSWER", state)]
    assert (("staff_call", "ANSWER#answer", "waiting") in office.letters()) == (state == "by_phone")
    assert office.noted() == [(WHO, Act.ANSWERED, office.reference)]


def test_another_text_or_another_day_is_another_answer():
    office = Office()

    send_answer(office.at(), ReadyText.DOCUMENTS)
    send_answer(office.at(), ReadyText.QUESTION)
    office.now += timedelta(days=1)
    send_answer(office.at(), ReadyText.DOCUMENTS)

    assert [letter.answer for letter in office.store.letters.values()] == ["documents", "question", "documents"]


@pytest.mark.parametrize("state", [LetterState.FAILED, LetterState.BOUNCED])
def test_a_letter_that_did_not_arrive_is_sent_again_once(state):
    office = Office()
    send_answer(office.at(), ReadyText.QUESTION)
    letter = _in_state(office, state)

    for _ in range(2):
        send_letter_again(office.at(), letter.id)

    assert [each.state for each in office.store.letters.values()] == [LetterState.WAITING]
    assert [act for _, act, _ in office.noted()] == [Act.ANSWERED, Act.SENT_AGAIN]


def _in_state(office, state):
    ((key, letter),) = office.store.letters.items()
    office.store.letters[key] = replace(letter, state=state)
    return office.store.letters[key]


@pytest.mark.parametrize("state", [LetterState.SENT, LetterState.WAITING, LetterState.VOID, LetterState.BY_PHONE])
def test_what_has_not_failed_is_not_sent_again(state):
    office = Office()
    send_answer(office.at(), ReadyText.QUESTION)
    letter = _in_state(office, state)

    send_letter_again(office.at(), letter.id)

    assert list(office.store.letters.values()) == [letter]


def test_an_unknown_letter_is_refused():
    with pytest.raises(ChangedMeanwhileError):
        send_letter_again(Office().at(), "x")
