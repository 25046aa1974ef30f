"""A resident reads when and why their data are deleted and what they can do; the officer reads numbers alone."""

import re
from dataclasses import replace

import pytest

from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind, about_month
from chalicelib.domain.news import Matter
from chalicelib.domain.retention import NEVER_TOOK_PART, SIGNED, TOOK_PART
from chalicelib.programme import periods
from tests.examples import NOW, OFFICE_MAIL
from tests.letter_examples import REFERENCE, REPORT, letter, under_rule, writer

SUBJECTS = {
    LetterKind.DELETION_WARNING: f"CAI {REFERENCE}: we will soon delete your data",
    LetterKind.MERGED: f"CAI {REFERENCE}: we had stored you twice",
    LetterKind.DELETION_DAY_CHANGED: f"CAI {REFERENCE}: new day for deleting your data",
}


def words(message):
    return re.sub(r"\s+", " ", message.text)


def about(kind, rule, mode="open"):
    return words(writer(mode).compose(letter(kind), Matter(under_rule(rule))))


def of_month(report, language="en"):
    return writer(staff__language=language).compose(about_month(report.month, NOW), report)


@pytest.mark.parametrize("kind", SUBJECTS)
def test_a_letter_about_the_day_says_reference_and_day(kind):
    message = writer().compose(letter(kind), Matter(under_rule(TOOK_PART)))

    assert message.subject == SUBJECTS[kind]
    assert f"Your reference: {REFERENCE}\n" in message.text
    assert "We delete your data at the latest on: Wednesday 31 March 2027\n" in message.text


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        pytest.param(
            NEVER_TOOK_PART,
            "As far as we know, you have not taken part in an information session and have not signed a contract. "
            "How long we keep your data after your last request: one year",
            id="never took part",
        ),
        pytest.param(
            TOOK_PART,
            "As far as we know, you have taken part in an information session and have not signed a contract. "
            "How long we keep your data after the information session: one year",
            id="took part",
        ),
        pytest.param(
            SIGNED,
            "As far as we know, you have signed a contract, and it has ended. "
            "How long we keep your data after the end of the contract: one year",
            id="signed",
        ),
    ],
)
def test_a_warning_says_why(rule, why):
    assert f"Why we delete your data {why} What you can do" in about(LetterKind.DELETION_WARNING, rule)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        pytest.param(NEVER_TOOK_PART, "Your request has reached us again", id="asked again"),
        pytest.param(TOOK_PART, "We have recorded the day on which you took part", id="took part"),
        pytest.param(SIGNED, "We have recorded that you signed the contract", id="signed"),
    ],
)
def test_a_new_day_says_why(rule, why):
    text = about(LetterKind.DELETION_DAY_CHANGED, rule)

    assert f"Why the day has changed {why}" in text
    assert "Is this wrong? Then reply to this e-mail or phone us, and say your reference." in text


@pytest.mark.parametrize("kind", SUBJECTS)
@pytest.mark.parametrize("rule", periods.RULES)
def test_whoever_needs_nothing_does_nothing(kind, rule):
    assert "Otherwise you do not have to do anything." in about(kind, rule)


@pytest.mark.parametrize(
    ("rule", "mode", "may_sign"),
    [
        pytest.param(TOOK_PART, "open", True, id="not signed"),
        pytest.param(TOOK_PART, "closed", False, id="nobody signs any more"),
        pytest.param(SIGNED, "open", False, id="signed"),
    ],
)
def test_a_warning_reminds_of_signing_whoever_still_can(rule, mode, may_sign):
    text = about(LetterKind.DELETION_WARNING, rule, mode)

    assert ("Do you still want to sign the contract" in text) == may_sign
    assert "need something from us? Then reply to this e-mail or phone us before that day" in text
    assert ("changes nothing about your contract" in text) == (rule == SIGNED)


@pytest.mark.parametrize("kind", SUBJECTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_is_short(kind, language):
    file = under_rule(TOOK_PART)
    file = replace(file, contact=replace(file.contact, person=replace(file.contact.person, language=language)))

    assert len(writer().compose(letter(kind), Matter(file)).subject) <= 60


def test_the_officer_reads_the_numbers_of_the_month():
    message = of_month(REPORT)

    assert (message.to, message.reply_to) == ("officer@cai.example", OFFICE_MAIL)
    assert message.subject == "CAI, November 2026 – deleted: 17, overdue: 0"
    for line in (
        "Month: November 2026",
        "Contacts deleted: 17",
        "Overdue: 0",
        "- Never took part in an information session: 4",
        "- Took part, but signed no contract: 11",
        "- Signed a contract that has ended: 0",
        "- Asked for the deletion themselves: 2",
        "- Put together with another contact of the same person: 0",
    ):
        assert f"{line}\n" in message.text


def test_the_reasons_add_up_even_where_one_is_not_known():
    assert "Reason not known" not in of_month(REPORT).text
    assert "- Reason not known: 1\n" in of_month(replace(REPORT, deletions={TOOK_PART: 1, "unknown": 1})).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_without_deletions_is_reported_too(language):
    message = of_month(MonthReport("2026-12", {}, overdue=0), language)

    assert message.language == language
    assert [int(number) for number in re.findall(r": (\d+)$", message.text, re.MULTILINE)] == [0] * 7
    assert len(message.subject) <= 60


def test_what_is_overdue_calls_the_operator():
    late, on_time = of_month(replace(REPORT, overdue=3)), of_month(REPORT)

    assert late.subject.endswith("overdue: 3")
    assert "Overdue: 3\n" in late.text
    assert "The operator of the service must look into this now." in words(late)
    assert "must look into this" not in words(on_time)
    assert "No contact is kept longer than promised." in words(on_time)


def test_a_letter_about_a_month_keeps_the_id_of_its_promise():
    assert of_month(REPORT).id == "dpo_month.1.2026-11"
