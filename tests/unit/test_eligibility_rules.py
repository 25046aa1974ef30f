"""A mistake in eligibility.toml stops the build, and the message says where it is."""

import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest

from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme import eligibility
from chalicelib.web import checking
from chalicelib.words import eligibility as words

TEXT = files("chalicelib.programme").joinpath("eligibility.toml").read_text("utf-8")
FOREIGN = 'answers.nationality = { foreign = "yes", luxembourgish = "no" }'
DAYS = 'programme = "cai"\nvalid_from = 2011-10-03\nvalid_until = 2023-12-31'

MISTAKES = {
    "unknown question": (FOREIGN, FOREIGN.replace("nationality", "passport"), "cai.foreign.passport is no question"),
    "unknown answer": (FOREIGN, FOREIGN.replace("foreign", "alien"), "cai.foreign.nationality must say what each"),
    "answer left out": (FOREIGN, 'answers.nationality = { foreign = "yes" }', "must say what each answer means"),
    "unknown value": (FOREIGN, FOREIGN.replace('"no"', '"maybe"'), "knows only no, unknown, yes"),
    "nothing decided": (FOREIGN, FOREIGN.replace('"no"', '"yes"'), "cai.foreign.nationality decides nothing"),
    "no question at all": (FOREIGN, "", "cai.foreign looks at no question"),
    "no source": ('source = "fact sheet: Who can sign the CAI?"', "", "cai.settling lacks source"),
    "unknown programme": ('programme = "cai"', 'programme = "cia"', "cia is no programme that we know"),
    "no first day": ("valid_from = 2024-01-01", "", "biergerpakt lacks valid_from, a day"),
    "end before begin": ("valid_until = 2023-12-31", "valid_until = 2010-12-31", "cai ends before it begins"),
    "idle question": ("[notes]", 'hair = ["red", "brown"]\n\n[notes]', "no rule looks at questions.hair"),
    "unknown by itself": (
        'work = ["yes", "no"]',
        'work = ["yes", "unknown"]',
        'questions.work has "unknown" by itself',
    ),
    "only one answer": ('work = ["yes", "no"]', 'work = ["yes"]', "questions.work needs two different answers"),
    "note about no question": ("young = { age", "young = { years", "notes.young.years is no question"),
    "note about no answer": ('["young"] }', '["old"] }', "notes.young.age names an answer that is none"),
    "two at once": (
        DAYS,
        DAYS.replace("cai", "biergerpakt").replace("2023", "2024"),
        "biergerpakt has two rule sets on",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named(right, wrong, message):
    assert right in TEXT

    with pytest.raises(ConfigurationError, match=f"eligibility.toml: .*{re.escape(message)}"):
        eligibility.read(tomllib.loads(changed(right, wrong)))


def test_rules_may_follow_each_other():
    later = '[[rule_sets]]\nprogramme = "cai"\nvalid_from = 2024-01-01\nsource = "law"\nchecked = 2026-11-21\n'
    criterion = '[rule_sets.criteria.foreign]\nsource = "law"\nchecked = 2026-11-21\n'
    checker = eligibility.read(tomllib.loads(f"{TEXT}\n{later}{criterion}{FOREIGN}"))

    then, now = eligibility.on(date(2023, 12, 31), checker), eligibility.on(date(2024, 1, 1), checker)

    assert [len(rules.criteria) for rules in then.rule_sets if rules.programme == "cai"] == [6]
    assert [len(rules.criteria) for rules in now.rule_sets if rules.programme == "cai"] == [1]


@pytest.mark.parametrize(
    ("table", "name", "message"),
    [
        (words.QUESTIONS, "work", "question work"),
        (words.ANSWERS, "work", "answer work.no, answer work.yes"),
        (words.REASONS, "cai.foreign", "criterion cai.foreign"),
        (words.VERDICTS, "cai", "programme cai"),
        (words.NOTES, "young", "note young"),
    ],
)
def test_what_has_no_words_stops_the_build(monkeypatch, table, name, message):
    monkeypatch.delitem(table, name)

    with pytest.raises(ConfigurationError, match=f"eligibility.py differ: {message}"):
        checking.blank("en", "closed", date(2026, 11, 22))


def test_words_that_nothing_says_stop_the_build_as_well(monkeypatch):
    monkeypatch.setitem(words.NOTES, "old", "Talk to us.")

    with pytest.raises(ConfigurationError, match=r"eligibility.py differ: note old"):
        checking.blank("en", "closed", date(2026, 11, 22))


def changed(right, wrong):
    """The file with the last `right` in it replaced."""
    before, _, after = TEXT.rpartition(right)
    return before + wrong + after
