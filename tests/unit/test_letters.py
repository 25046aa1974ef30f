"""Each letter is whole in each language, and a resident's letter holds nothing that anyone typed."""

import re
from dataclasses import replace
from datetime import date, timedelta

import html5lib
import pytest

from chalicelib.domain.answers import ReadyText
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.desk import SignInLink
from chalicelib.domain.errors import MailRefusedError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LEASE, LetterKind, about_full_session, call_after_return, report_of_failure
from chalicelib.domain.link import FRESH_FOR, read_token, token
from chalicelib.domain.news import Matter
from chalicelib.domain.retention import NEVER_TOOK_PART, SIGNED, TOOK_PART
from chalicelib.programme import facts
from tests.examples import NOW, OFFICE_HOURS, OFFICE_MAIL, OFFICE_PHONE, PERSON, REQUEST
from tests.letter_examples import (
    ABOUT_NOBODY,
    BOOKED,
    CONTACT,
    CORRECTION,
    COURSE,
    FILE,
    FULL,
    FURTHER,
    INFORMATION,
    LINK_KEYS,
    MATRICULE,
    PLACES,
    REFERENCE,
    REPORT,
    SIGN_IN,
    SLOT,
    START,
    answer,
    example,
    file_of,
    letter,
    refusal,
    sign_up,
    under_rule,
    writer,
)

DEMONSTRATION = "Demonstration: nothing you send reaches an office."
CALL_ABOUT_NEW_DAY = letter(LetterKind.STAFF_CALL, news=LetterKind.DELETION_DAY_CHANGED)
CALL_ABOUT_DATA = letter(LetterKind.STAFF_CALL, news=LetterKind.LINK)
CONFIRMED = replace(FILE, corrections=())
# Somebody who is known, and whose form for a session says another name.
KNOWN = replace(FILE, corrections=(replace(CORRECTION, reference=BOOKED, wish=None, attended=None),))


FAILED_REMINDER = (report_of_failure(sign_up(LetterKind.REMINDER)[0], NOW), sign_up(LetterKind.REMINDER)[1])
SLOT_KINDS = (LetterKind.APPOINTMENT, LetterKind.REMINDER, LetterKind.MOVED, LetterKind.CANCELLED)


def letter_of(kind):
    return sign_up(kind)[0]


CASES = {
    "request": (letter(LetterKind.RECEIVED), Matter(FILE)),
    "request by mail only": (letter(LetterKind.RECEIVED), Matter(file_of(phone=None))),
    "request of somebody who signed": (letter(LetterKind.RECEIVED), Matter(under_rule(SIGNED))),
    "further form": (letter(LetterKind.RECEIVED, further=True), Matter(FILE)),
    "warning: never took part": (letter(LetterKind.DELETION_WARNING), Matter(under_rule(NEVER_TOOK_PART))),
    "warning: took part": (letter(LetterKind.DELETION_WARNING), Matter(under_rule(TOOK_PART))),
    "warning: signed": (letter(LetterKind.DELETION_WARNING), Matter(under_rule(SIGNED))),
    "new day: asked again": (letter(LetterKind.DELETION_DAY_CHANGED), Matter(under_rule(NEVER_TOOK_PART))),
    "new day: took part": (letter(LetterKind.DELETION_DAY_CHANGED), Matter(under_rule(TOOK_PART))),
    "new day: signed": (letter(LetterKind.DELETION_DAY_CHANGED), Matter(under_rule(SIGNED))),
    **{
        f"put together: {rule}": (letter(LetterKind.MERGED), Matter(under_rule(rule)))
        for rule in (NEVER_TOOK_PART, TOOK_PART, SIGNED)
    },
    "to staff: call about two contacts": (
        letter(LetterKind.STAFF_CALL, news=LetterKind.MERGED),
        Matter(file_of(email=None)),
    ),
    "link": (letter(LetterKind.LINK), Matter(FILE)),
    "link of somebody who signed": (letter(LetterKind.LINK), Matter(under_rule(SIGNED))),
    "to staff: call about the own data": (CALL_ABOUT_DATA, Matter(file_of(email=None))),
    "to staff: request": (letter(LetterKind.STAFF_REQUEST), Matter(FILE)),
    "to staff: request by mail only": (letter(LetterKind.STAFF_REQUEST), Matter(file_of(phone=None))),
    "to staff: request by phone only": (letter(LetterKind.STAFF_REQUEST), Matter(file_of(email=None))),
    "to staff: further form": (letter(LetterKind.STAFF_REQUEST, further=True), Matter(FILE)),
    "to staff: further form by phone only": (
        letter(LetterKind.STAFF_REQUEST, further=True),
        Matter(file_of(email=None)),
    ),
    "to staff: call before the deletion": (letter(LetterKind.STAFF_CALL), Matter(file_of(email=None))),
    "to staff: call about a new day": (CALL_ABOUT_NEW_DAY, Matter(file_of(email=None))),
    "to staff: call about a new day after signing": (CALL_ABOUT_NEW_DAY, Matter(under_rule(SIGNED))),
    "to the officer: month": (letter(LetterKind.DPO_MONTH), REPORT),
    "to the officer: nothing in a month": (letter(LetterKind.DPO_MONTH), MonthReport("2026-11", {}, overdue=0)),
    "to the officer: overdue": (letter(LetterKind.DPO_MONTH), replace(REPORT, overdue=3)),
    "to staff: link to sign in": (letter(LetterKind.DESK_LINK), SIGN_IN),
    **{f"{kind}": sign_up(kind) for kind in sorted(PLACES)},
    "reserved, signed": sign_up(LetterKind.RESERVED, under_rule(SIGNED)),
    "reserved, by mail only": sign_up(LetterKind.RESERVED, file_of(phone=None)),
    "reserved in a course": sign_up(LetterKind.RESERVED, session=COURSE),
    "reserved, the session has changed": sign_up(LetterKind.RESERVED, start=f"{START.isoformat()}#2"),
    "waiting, by mail only": sign_up(LetterKind.IN_LINE, file_of(phone=None)),
    "reminder of a course": sign_up(LetterKind.REMINDER, session=COURSE),
    "confirmation of a course": sign_up(LetterKind.COURSE_CONFIRMATION, session=COURSE),
    "cancelled by the office": sign_up(LetterKind.CANCELLED, session=replace(INFORMATION, cancelled=True)),
    "to staff: sign-up": sign_up(LetterKind.STAFF_REQUEST),
    "to staff: sign-up by phone only": sign_up(LetterKind.STAFF_REQUEST, file_of(email=None), COURSE),
    "to staff: sign-up of a known person": sign_up(LetterKind.STAFF_REQUEST, KNOWN),
    "to staff: waiting list": (letter_of(LetterKind.STAFF_REQUEST), sign_up(LetterKind.IN_LINE)[1]),
    "to staff: changes confirmed": (letter(LetterKind.STAFF_CONFIRMED, further=True), Matter(CONFIRMED)),
    "to staff: place given up": sign_up(LetterKind.STAFF_CANCELLED),
    "to staff: request withdrawn": (letter(LetterKind.STAFF_CANCELLED), Matter(FILE)),
    "to the office: the session is full": (about_full_session("info", 1, NOW), FULL),
    "to staff: a letter has failed": FAILED_REMINDER,
    "to staff: a letter to somebody without a phone has failed": (
        letter(LetterKind.STAFF_FAILED),
        Matter(file_of(phone=None)),
    ),
    "to staff: a letter came back": (call_after_return(letter(LetterKind.RECEIVED), NOW), Matter(FILE)),
    "to staff: a letter about a session came back": (
        call_after_return(sign_up(LetterKind.RESERVED)[0], NOW),
        sign_up(LetterKind.RESERVED)[1],
    ),
    "to staff: moved": sign_up(LetterKind.STAFF_MOVED),
    "waiting, the session has changed": sign_up(LetterKind.IN_LINE, start=f"{START.isoformat()}#2"),
    **{f"appointment, {kind}": sign_up(kind, session=SLOT) for kind in SLOT_KINDS},
    "appointment, it has changed": sign_up(LetterKind.APPOINTMENT, session=SLOT, start=f"{START.isoformat()}#2"),
    "appointment, cancelled by the office": sign_up(LetterKind.CANCELLED, session=replace(SLOT, cancelled=True)),
    "to staff: appointment with a date": sign_up(LetterKind.STAFF_REQUEST, session=SLOT),
    "to staff: appointment cancelled": sign_up(LetterKind.STAFF_CANCELLED, session=SLOT),
    "to staff: another date is needed": sign_up(LetterKind.STAFF_CANCELLED, session=replace(SLOT, cancelled=True)),
    "refused": refusal(),
    **{f"answer, {text}": answer(text) for text in ReadyText if text is not ReadyText.CLOSED},
    **{f"to staff: call, answer, {text}": answer(text, file_of(email=None), by_phone=True) for text in ReadyText},
    "refused, with a date": refusal(session=SLOT),
    "to staff: call, refused": refusal(file_of(email=None), news=LetterKind.REFUSED),
    "to staff: appointment moved": sign_up(LetterKind.STAFF_MOVED, session=SLOT),
    **{
        f"to staff: call, appointment, {kind}": sign_up(
            LetterKind.STAFF_CALL, file_of(email=None), replace(SLOT, cancelled=kind is LetterKind.CANCELLED), news=kind
        )
        for kind in SLOT_KINDS
    },
    **{
        f"to staff: call, {kind}": sign_up(LetterKind.STAFF_CALL, file_of(email=None), news=kind)
        for kind in sorted(PLACES)
    },
}
FOR_RESIDENTS = [name for name in CASES if not name.startswith("to ")]


def in_language(subject, language):
    if isinstance(subject, SignInLink):
        return replace(subject, language=language)
    if not isinstance(subject, Matter):
        return subject
    contact = subject.file.contact
    told = replace(contact, person=replace(contact.person, language=language))
    return replace(subject, file=replace(subject.file, contact=told))


# A letter that nobody has claimed is due at once: its link is fresh for what is left of the lease.
UNTIL = NOW - LEASE + FRESH_FOR


def own_page(language="en", correction=None, until=None):
    return f"https://forum-cai.example/api/{language}/my/{token(LINK_KEYS, CONTACT.id, 1, correction, until)}"


def own_page_in(case, language):
    return own_page(language, FURTHER if case == "further form" else None, UNTIL if case.startswith("link") else None)


def flat(message):
    return message.text.replace("\n", " ")


def compose(case, language="en", mode="open", **facts):
    promised, subject = CASES[case]
    return writer(mode, **{"staff__language": language} | facts).compose(promised, in_language(subject, language))


def file_in(case):
    return CASES[case][1].file


def parsed(html):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def without_blanks(text):
    return re.sub(r"\s+", "", re.sub(r"^- ", "", text, flags=re.MULTILINE))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
class TestEachLetter:
    @pytest.mark.parametrize("mode", ["demonstration", "closed", "open"])
    def test_is_whole(self, case, language, mode):
        message = compose(case, language, mode)

        for part in (message.subject, message.text, message.html):
            assert part.strip()
            assert not re.search(r"\{[{%#]|[}%#]\}|%\(|\bNone\b|Markup|Undefined|\ue000", part)

    def test_is_good_html_in_its_language(self, case, language):
        tree = parsed(compose(case, language, "demonstration").html)

        assert tree.get("lang") == language
        assert tree.find("body/div").get("lang") == language
        assert tree.findtext("head/title")

    def test_says_the_same_as_text_and_as_html(self, case, language):
        message = compose(case, language, "demonstration")

        body = parsed(message.html).find("body")
        for official_name in body.findall(".//p[@lang='fr']"):
            official_name.text = ""
        assert without_blanks("".join(body.itertext())) == without_blanks(message.text)

    def test_has_short_lines_without_blanks_at_their_ends(self, case, language):
        lines = compose(case, language, "demonstration").text.split("\n")

        assert [line for line in lines if line != line.rstrip()] == []
        assert [line for line in lines if len(line) > 78 and not line.startswith("https://")] == []

    def test_loads_nothing_and_links_to_the_office_and_the_own_page_only(self, case, language):
        tree = parsed(compose(case, language, "demonstration").html)

        links = {link.get("href") for link in tree.iter("a")}
        place = "" if language == "en" else f"{language}/"
        privacy = f"https://forum-cai.example/{place}data-protection/"
        own_pages = {own_page_in(case, language)} if case in FOR_RESIDENTS else set()
        desk = {link for link in links if link.startswith("https://forum-cai.example/api/desk/")}
        assert len(desk) == (case.startswith("to staff"))
        assert links - own_pages - desk <= {facts.load().text("contact.phone_link"), f"mailto:{OFFICE_MAIL}", privacy}
        assert len(links & own_pages) == (case in FOR_RESIDENTS)
        assert {each.tag for each in tree.iter()} & {"img", "link", "script", "style", "iframe", "form"} == set()
        assert [each for each in tree.iter() if each.get("src") or "url(" in each.get("style", "")] == []


@pytest.mark.parametrize("case", CASES)
def test_a_demonstration_says_so(case):
    shown, kept = compose(case, mode="demonstration"), compose(case, mode="open")

    assert DEMONSTRATION in shown.text and DEMONSTRATION in shown.html
    assert "Demonstration" not in kept.text + kept.html


@pytest.mark.parametrize("case", FOR_RESIDENTS)
def test_a_resident_who_asked_before_the_programme_closed_reads_what_is_left(case):
    closed, still_open = compose(case, mode="closed"), compose(case, mode="open")

    assert "signed since 1 January 2024; today there is the Biergerpakt." in flat(closed)
    assert "Biergerpakt" not in still_open.text
    for promise in ("Unless you sign the contract", "Do you still want to sign"):
        assert promise not in flat(closed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", FOR_RESIDENTS)
def test_nothing_that_anyone_typed_is_in_a_residents_letter(case, language):
    message = compose(case, language)

    words = " ".join((message.subject, message.text, message.html))
    new = FILE.corrections[0].person
    for typed in (PERSON.first_name, PERSON.surname, new.first_name, REQUEST.wish.message, MATRICULE):
        assert typed not in words
    for person in (PERSON, new):
        assert person.email not in words
        assert person.phone[4:] not in re.sub(r"\D", "", words)


@pytest.mark.parametrize("case", FOR_RESIDENTS)
def test_a_resident_reads_whom_to_reach_and_when(case):
    text = flat(compose(case))

    assert f"{OFFICE_PHONE} ({OFFICE_HOURS})" in text
    assert OFFICE_MAIL in text


def test_a_resident_reads_the_reference_and_what_happens_next():
    message = compose("request")

    assert message.subject == f"CAI {REFERENCE}: we have received your request"
    assert f"Your reference: {REFERENCE}\n" in message.text
    assert "We answer by: Saturday 28 November 2026\n" in message.text
    assert "please bring: your identity card" in message.text


def test_a_further_form_changes_nothing_and_says_so():
    message = compose("further form")

    assert message.subject == f"CAI {FURTHER}: another form has arrived"
    assert f"Reference of this form: {FURTHER}\nReference of your earlier request: {REFERENCE}\n" in message.text
    assert "Nothing has been changed" in message.text
    assert "We answer by: Wednesday 9 December 2026\n" in message.text


@pytest.mark.parametrize(
    ("language", "day"),
    [
        pytest.param("en", "Thursday 1 April 2027", id="en"),
        pytest.param("fr", "jeudi 1er avril 2027", id="fr"),
        pytest.param("de", "Donnerstag, 1. April 2027", id="de"),
        pytest.param("lb", "Donneschdeg, 1. Abrëll 2027", id="lb"),
    ],
)
@pytest.mark.parametrize("kind", sorted(set(LetterKind) - ABOUT_NOBODY))
def test_the_day_of_deletion_is_written_as_the_reader_writes_it(kind, language, day):
    contact = in_language(Matter(FILE), language).file.contact
    file = replace(FILE, contact=replace(contact, delete_on=date(2027, 4, 1)))

    message = writer(staff__language=language).compose(*example(kind, file))

    assert day in flat(message)
    assert day in message.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", FOR_RESIDENTS)
def test_whoever_did_not_ask_finds_the_page_that_removes_it(case, language):
    message = compose(case, language)

    link = own_page_in(case, language)
    assert f"\n{link}\n" in message.text
    assert [each.text for each in parsed(message.html).iter("a") if each.get("href") == link] == [link]


def test_the_link_in_the_letter_about_a_further_form_removes_that_form_only():
    message = compose("further form")

    link = read_token(re.search(r"/my/(\S+)", message.text)[1])
    assert (link.contact_id, link.correction) == (CONTACT.id, FURTHER)
    assert "one press removes this form only; your earlier request stays as it is:" in flat(message)


def test_the_link_that_was_asked_for_is_fresh_for_half_an_hour_from_the_sending():
    claimed = replace(letter(LetterKind.LINK), due_at=NOW + timedelta(hours=3) + LEASE, attempts=7)

    message = writer().compose(claimed, Matter(FILE))

    link = read_token(re.search(r"/my/(\S+)", message.text)[1])
    assert link.is_true(1, LINK_KEYS) and link.correction is None
    assert link.is_fresh(NOW + timedelta(hours=3, minutes=29))
    assert not link.is_fresh(NOW + timedelta(hours=3, minutes=30))
    assert "For 30 minutes from now" in flat(message)


def test_a_new_version_of_the_link_makes_a_new_address():
    revoked = replace(FILE, contact=replace(CONTACT, link_version=2))

    message = writer().compose(letter(LetterKind.RECEIVED), Matter(revoked))

    assert read_token(re.search(r"/my/(\S+)", message.text)[1]).is_true(2, LINK_KEYS)
    assert own_page() not in message.text


@pytest.mark.parametrize("case", [case for case in FOR_RESIDENTS if case != "further form"])
def test_the_day_holds_unless_one_signs_who_has_not_signed(case):
    signed = file_in(case).contact.rule == SIGNED

    assert ("Unless you sign the contract before that day." in compose(case).text) != signed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_resident_is_written_to_in_the_language_of_the_contact_at_the_stored_address(language):
    message = compose("further form", language)

    assert (message.language, message.to, message.reply_to) == (language, PERSON.email, OFFICE_MAIL)


def test_a_letter_keeps_the_id_of_its_promise():
    promised = letter(LetterKind.RECEIVED)

    message = writer().compose(promised, Matter(FILE))

    assert (message.id, message.kind) == (promised.id, "received")


def test_a_letter_about_a_form_that_is_settled_already_is_still_written():
    settled = replace(FILE, corrections=())

    message = writer().compose(letter(LetterKind.RECEIVED, further=True), Matter(settled))

    assert FURTHER in message.text
    assert NOW.date() == date(2026, 11, 21) and "Saturday 28 November 2026" in message.text


def test_nobody_without_an_address_is_written_to():
    with pytest.raises(MailRefusedError, match=r"^no mail address$"):
        writer().compose(letter(LetterKind.RECEIVED), Matter(file_of(email=None)))


@pytest.mark.parametrize(("minutes", "said"), [(1, "For 1 minute from now"), (2, "For 2 minutes from now")])
def test_one_of_a_thing_is_not_said_as_of_several(minutes, said):
    promised, matter = example(LetterKind.LINK)

    assert said in flat(writer(privacy__fresh_link_minutes=minutes).compose(promised, matter))
