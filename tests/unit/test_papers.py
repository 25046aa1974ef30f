"""A voucher and a certificate come as a PDF: whole, readable by a screen reader, with the name of its holder."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.letter import LetterKind, LetterState, about_paper, report_of_failure
from chalicelib.domain.news import Matter
from chalicelib.domain.papers import CertificateKind, Course
from chalicelib.letters.font import load
from chalicelib.letters.pdf import HEIGHT, MARGIN, as_pdf
from chalicelib.words.catalogues import words
from tests.examples import NOW
from tests.letter_examples import CERTIFICATE, CONTACT, COURSE, ORIENTATION, REFERENCE, VOUCHER, file_of, letter, writer

DAY = replace(CERTIFICATE, kind=CertificateKind.ORIENTATION)
LONGEST = {"first_name": "W" * 100, "surname": "Wwwww " * 16}


def sent(kind="voucher", mode="demonstration", **person):
    """The letter with its one document."""
    file = replace(file_of(**person), vouchers=(VOUCHER, replace(VOUCHER, number=2)), certificates=(CERTIFICATE, DAY))
    about, session = {
        "voucher": (letter(LetterKind.VOUCHER), None),
        "citizenship": (letter(LetterKind.CERTIFICATE), COURSE),
        "orientation": (about_paper(DAY, CONTACT, REFERENCE, NOW)[0], ORIENTATION),
    }[kind]
    message = writer(mode).compose(about, Matter(file, session))
    (document,) = message.documents
    return message, document


def opened(document):
    return PdfReader(BytesIO(document.content))


def text_of(document):
    (page,) = opened(document).pages
    return re.sub(r"\s+", " ", page.extract_text())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["voucher", "citizenship", "orientation"])
def test_it_says_whose_it_is_in_the_language_of_its_holder(kind, language):
    said, gettext = text_of(sent(kind, language=language)[1]), words(language).gettext

    assert "Exempla Fictiva" in said and REFERENCE in said
    title = {
        "voucher": "Voucher for a language course",
        "citizenship": "Certificate of the citizenship course",
        "orientation": "Certificate of the orientation day",
    }[kind]
    assert gettext(title) in said
    assert " ".join(gettext("Demonstration: this is no real document.").split()) in said


def test_a_voucher_says_until_when_it_is_good_and_what_a_course_costs_with_it():
    said = text_of(sent(language="en")[1])

    assert "Last day to register with it: Thursday 20 May 2027" in said
    assert "Voucher number: 1 " in said and "10 euros" in said


def test_a_certificate_says_each_day_that_was_attended():
    said = text_of(sent("citizenship", language="en")[1])

    assert "Saturday 5 December 2026" in said and "Thursday 1 July 2027" in said
    assert "Given on: Saturday 21 November 2026" in said


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_a_real_one_does_not_say_that_it_is_none(mode):
    assert "Demonstration" not in text_of(sent(mode=mode, language="en")[1])


@pytest.mark.parametrize("kind", ["voucher", "citizenship", "orientation"])
def test_the_mail_around_it_names_nobody(kind):
    message, document = sent(kind)

    assert "Fictiva" not in message.subject + message.text + message.html
    assert "Fictiva" not in document.name
    assert REFERENCE in document.name


def test_a_screen_reader_finds_language_title_and_order():
    reader = opened(sent(language="lb")[1])
    root, parts = reader.trailer["/Root"], []
    for part in root["/StructTreeRoot"]["/K"]["/K"]:
        parts.append(part.get_object()["/S"])

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("lb", True)
    assert reader.metadata.title == words("lb").gettext("Voucher for a language course")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert parts[0] == "/H1" and set(parts[1:]) == {"/P"}


@pytest.mark.parametrize("name", ["Łukasz Żółć", "Ștefănescu", "Ελένη", "Жанна Њ", "Nguyễn Đặng", "O’Brien-Ðóra"])
def test_a_name_keeps_its_accents(name):
    assert name in text_of(sent(first_name=name)[1])


@pytest.mark.parametrize("name", ["محمد", "王芳", "გიორგი"])
def test_a_name_that_the_font_cannot_write_is_written_by_hand(name):
    said = text_of(sent(first_name=name, language="en")[1])

    assert "Name: ______" in said
    assert name not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_even_the_longest_name_stays_on_the_page(language):
    lowest = []
    (page,) = opened(sent("citizenship", language=language, **LONGEST)[1]).pages
    page.extract_text(visitor_text=lambda text, _, at, *__: lowest.append(at[5]) if text.strip() else None)

    assert MARGIN < min(lowest) < max(lowest) < HEIGHT - MARGIN


def test_the_same_words_make_the_same_file():
    assert sent()[1] == sent()[1]
    assert as_pdf("A", "en", "# A") != as_pdf("A", "en", "# B")


def test_the_font_is_read_as_its_makers_wrote_it():
    font = load()

    assert (font.width("i", 1000), font.width("W", 1000), font.width("€", 1000)) == (258, 930, 572)
    assert font.width("\ufffd", 1000) == font.width("王", 1000) == 600
    assert font.knows("Zürich Ω Ж ễ") and not font.knows("王")


def test_what_is_issued_or_given_brings_a_letter_and_nothing_else_does():
    def kinds(paper, contact=CONTACT):
        return [(each.kind.value, each.state.value) for each in about_paper(paper, contact, REFERENCE, NOW)]

    phone_only = replace(CONTACT, person=replace(CONTACT.person, email=None))
    assert kinds(VOUCHER) == [("voucher", "waiting")]
    assert kinds(VOUCHER, phone_only) == [("voucher", "by_phone"), ("staff_call", "waiting")]
    assert kinds(CERTIFICATE) == kinds(DAY) == [("certificate", "waiting")]
    used = replace(VOUCHER, course=Course("fr", VOUCHER.issued_on, VOUCHER.issued_on))
    others = [replace(CERTIFICATE, kind=kind) for kind in (CertificateKind.COURSE, CertificateKind.VALIDATION)]
    assert [kinds(each) for each in (used, *others)] == [[], [], []]


@pytest.mark.parametrize(("paper", "session"), [(VOUCHER, None), (CERTIFICATE, COURSE)], ids=["voucher", "certificate"])
def test_staff_who_call_get_the_paper_to_send_by_post(paper, session):
    file = file_of(email=None, language="fr")
    (_, call) = about_paper(paper, file.contact, REFERENCE, NOW)

    message = writer(staff__language="en").compose(call, Matter(file, session))
    anonymous = writer(staff__request_names_person=False).compose(call, Matter(file, session))

    assert "Please call" in message.text and "Shall we send it to you by post" in message.text
    (document,) = message.documents
    assert "Exempla Fictiva" in text_of(document) and opened(document).trailer["/Root"]["/Lang"] == "fr"
    assert ("Présence" in text_of(document)) == (session is not None)
    assert anonymous.documents == ()


def test_calls_that_are_told_together_bring_each_its_paper():
    file = replace(file_of(email=None), vouchers=(VOUCHER,), certificates=(CERTIFICATE,))
    calls = [about_paper(paper, file.contact, REFERENCE, NOW)[1] for paper in (VOUCHER, CERTIFICATE)]
    sections = [writer().section(*each) for each in zip(calls, (Matter(file), Matter(file, COURSE)), strict=True)]

    documents = writer().digest("staff_digest.1", sections).documents

    assert [document.name for document in documents] == [
        f"CAI-{REFERENCE}-voucher-1.pdf",
        f"CAI-{REFERENCE}-certificate-citizenship.pdf",
    ]
    assert "Exempla Fictiva" in text_of(documents[0])


@pytest.mark.parametrize("paper", [VOUCHER, CERTIFICATE], ids=["voucher", "certificate"])
def test_staff_are_told_of_a_paper_that_could_not_be_sent(paper):
    (told,) = about_paper(paper, CONTACT, REFERENCE, NOW)

    message = writer(staff__language="en").compose(report_of_failure(told, NOW), Matter(file_of(), COURSE))

    assert f"CAI {REFERENCE}: your" in message.text
    assert message.documents == ()


def test_each_paper_has_a_letter_of_its_own():
    papers = (VOUCHER, replace(VOUCHER, number=2), CERTIFICATE, DAY)
    letters = [each for paper in papers for each in about_paper(paper, CONTACT, REFERENCE, NOW)]

    assert len({each.id for each in letters}) == len({sent_as(each) for each in letters}) == 4
    assert {each.state for each in letters} == {LetterState.WAITING}


def sent_as(letter):
    return letter.about, letter.kind, letter.revision, letter.start
