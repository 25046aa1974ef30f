"""The data protection page says what the form asks, what is stored beside it, and every period."""

from dataclasses import replace
from datetime import date, timedelta
from math import inf

import pytest
from babel.dates import format_timedelta
from wtforms import StringField

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.language import LANGUAGES
from chalicelib.forms.appointment import AppointmentForm
from chalicelib.forms.sign_up import SignUpForm
from chalicelib.programme import facts, periods, stored
from chalicelib.web.pages import setting
from chalicelib.web.request import FormData
from chalicelib.words.catalogues import words
from chalicelib.words.privacy import ASKED, INSTEAD, NEEDED, NOTED
from hooks.privacy import asked, empty_form, noted, rules
from tests.site.built import SITES, in_each_language, main_of, text

SITE_AND_LANGUAGE = [(mode, language) for mode in SITES for language in LANGUAGES]
OUT_OF_REACH = [
    "staff.mail_kept_days",
    *(f"privacy.{kept}_kept_days" for kept in ("backups", "ledger", "log", "audit")),
]


class WithNickname(AppointmentForm):
    nickname = StringField("Nickname")


def shown(mode: str, language: str) -> str:
    return text(main_of(in_each_language(mode)[language]["data-protection/"])).replace("\u00ad", "")


def plain(sentence: str) -> str:
    return " ".join(sentence.split())


def needs(matricule: str) -> dict[str, str]:
    """Of each field's label, whether it has to be given, under a fact about the matricule."""
    form = AppointmentForm.read(FormData({}), replace(setting("en", date.min), matricule=matricule))
    form.validate()
    return {label: need for label, _, need in asked(form, stored.load(), "en")}


@pytest.mark.parametrize(("mode", "language"), SITE_AND_LANGUAGE)
def test_every_field_of_both_forms_stands_on_the_page_under_its_label(mode, language):
    fields = [*empty_form(language), *empty_form(language, SignUpForm)]
    labels = [words(language).gettext(field.label.text) for field in fields if field.name != "trap"]

    assert [label for label in labels if plain(label) not in shown(mode, language)] == []


def test_the_page_of_the_form_asks_for_every_field_of_it():
    page = in_each_language("demonstration")["en"]["appointment/"]
    inputs = [each.get("name", "").partition("-")[0] for tag in ("input", "textarea") for each in page.all(tag)]

    assert {field.name for field in empty_form("en")} - {"slot"} <= set(inputs)


@pytest.mark.parametrize(("mode", "language"), SITE_AND_LANGUAGE)
def test_everything_else_that_is_stored_of_a_person_stands_on_the_page(mode, language):
    sentences = [sentence for row in noted(stored.load(), language) for sentence in row]

    assert [each for each in sentences if plain(each) not in shown(mode, language)] == []


@pytest.mark.parametrize(("mode", "language"), SITE_AND_LANGUAGE)
def test_every_rule_of_retention_stands_on_the_page(mode, language):
    sentences = rules(periods.retention(), language)

    assert len(sentences) == len(periods.retention().years)
    assert [each for each in sentences if plain(each) not in shown(mode, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", OUT_OF_REACH)
def test_the_period_of_every_copy_out_of_reach_stands_on_the_page(language, fact):
    (mode, *_) = SITES
    kept = timedelta(days=facts.load().number(fact))
    days = format_timedelta(kept, granularity="day", threshold=inf, locale=language)

    assert " ".join(days.split()) in shown(mode, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_is_the_one_of_the_file(language):
    longer = replace(periods.retention(), years={"took_part": 7})

    assert "7\u00a0" in rules(longer, language)[0]


def test_the_period_that_forms_and_letters_spell_out_is_that_of_the_rules():
    said = {"one year": 1, "two years": 2}.get(facts.load().text("contract.contact_kept"))

    assert set(periods.retention().years.values()) == {said}, "retention.toml, and contract.contact_kept in facts.toml"


def test_what_has_to_be_given_is_what_the_form_refuses_to_be_without():
    fields = {label for label, need in needs("optional").items() if need != "No"}

    assert fields == {
        *("First name", "Surname", "Phone number", "E-mail address"),
        "When did you take part in an information session?",
    }


@pytest.mark.parametrize(("rule", "need"), [("optional", "No"), ("required", NEEDED), ("off", None)])
def test_the_social_security_number_is_asked_for_as_the_facts_say(rule, need):
    assert needs(rule).get("Social security number") == need


def test_an_answer_that_may_stand_in_for_another_belongs_to_the_form():
    assert set(INSTEAD) <= {field.name for field in empty_form("en")}


def test_a_field_of_which_nobody_says_what_it_is_for_stops_the_build():
    form = empty_form("en", WithNickname)

    with pytest.raises(ConfigurationError, match=r"stored\.toml: answers lacks the field nickname"):
        asked(form, stored.load(), "en")


def test_a_field_whose_purpose_has_no_words_stops_the_build():
    known = stored.load()
    kind = replace(known.kinds["booking"], attributes={"nickname": "fun"})
    declared = replace(known, answers={**known.answers, "nickname": "nickname"}, kinds={**known.kinds, "fan": kind})

    with pytest.raises(ConfigurationError, match="ASKED lacks fun, the purpose of the field nickname"):
        asked(empty_form("en", WithNickname), declared, "en")


def test_a_stored_attribute_whose_purpose_has_no_words_stops_the_build():
    known = stored.load()
    kind = replace(known.kinds["booking"], attributes={"nickname": "fun"})

    with pytest.raises(ConfigurationError, match=r"NOTED lacks fun, the purpose of booking\.nickname"):
        noted(replace(known, kinds={"booking": kind}), "en")


def test_a_rule_without_words_stops_the_build():
    with pytest.raises(ConfigurationError, match=r"RULES lacks moved_away, a rule of retention\.toml"):
        rules(replace(periods.retention(), years={"moved_away": 1}), "en")


def test_no_words_are_kept_for_what_nobody_stores():
    purposes = {purpose for kind in stored.load().kinds.values() for purpose in kind.personal.values()}

    assert {*ASKED, *NOTED} == purposes
