"""Marks lead to a contact without naming it; references are the same for the same form."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.days import Attended
from chalicelib.domain.identity import ALPHABET, Identity, name_as_sought
from tests.examples import PERSON, REQUEST, by

OLD, NEW = b"o" * 32, b"n" * 32


def test_a_person_is_marked_by_mail_and_by_phone():
    marks = Identity((NEW,)).marks(PERSON)

    assert len(marks) == 2
    assert marks[0] == Identity((NEW,)).marks(replace(PERSON, phone=None))[0]
    assert marks[1] == Identity((NEW,)).marks(replace(PERSON, email=None))[0]


def test_capitals_do_not_make_another_person():
    shouting = replace(PERSON, first_name="EXEMPLA", surname="FICTIVA", email="EXEMPLA@EXAMPLE.ORG")

    assert Identity((NEW,)).marks(shouting) == Identity((NEW,)).marks(PERSON)


def test_another_name_is_another_person():
    assert not set(Identity((NEW,)).marks(replace(PERSON, first_name="Alia"))) & set(Identity((NEW,)).marks(PERSON))


def test_an_older_key_is_still_recognised():
    rotated = Identity((NEW, OLD))

    assert set(Identity((OLD,)).marks(PERSON)) <= set(rotated.known_marks(PERSON))
    assert Identity((OLD,)).references(REQUEST, 1)[0] in rotated.known_references(REQUEST, 1)
    assert rotated.marks(PERSON) == Identity((NEW,)).marks(PERSON)


def test_the_same_form_has_the_same_reference():
    assert Identity((NEW,)).references(REQUEST, 1) == Identity((NEW,)).references(replace(REQUEST), 1)


def test_capitals_and_ligatures_do_not_make_another_form():
    typed = by(REQUEST, first_name="EXEMPLA", surname="\N{LATIN SMALL LIGATURE FI}ctiva", email="EXEMPLA@EXAMPLE.ORG")

    assert Identity((NEW,)).references(typed, 1) == Identity((NEW,)).references(by(REQUEST, surname="fictiva"), 1)


def test_each_difference_gives_another_reference():
    others = [
        by(REQUEST, phone="+352621000001"),
        by(REQUEST, language="fr"),
        replace(REQUEST, matricule=None),
        replace(REQUEST, attended=Attended(2026, 10)),
        replace(REQUEST, wish=replace(REQUEST.wish, message="Another message")),
        replace(REQUEST, wish=replace(REQUEST.wish, message=REQUEST.wish.message.upper())),
    ]
    references = {Identity((NEW,)).references(each, 1)[0] for each in [REQUEST, *others]}

    assert len(references) == 7
    assert Identity((NEW,)).references(REQUEST, 2)[0] not in references


@given(st.text(max_size=40))
def test_a_reference_can_be_read_out(message):
    request = replace(REQUEST, wish=replace(REQUEST.wish, message=message))

    for reference in Identity((NEW,)).references(request, 1):
        assert len(reference) == 9
        assert reference[4] == "-"
        assert set(reference) <= {*ALPHABET, "-"}
        assert any(sign.isalpha() for sign in reference)


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("Müller-Ñandú", "mullernandu"),
        ("  d' EXEMPLA ", "dexempla"),
        ("ﬁctiva 2", "fictiva2"),
        ("-", "-"),
        ("", "?"),
        ("x" * 101, "x" * 100),
    ],
)
def test_a_surname_is_sought_without_what_people_type_differently(typed, sought):
    assert name_as_sought(typed) == sought
