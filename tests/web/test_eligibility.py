"""The checker without JavaScript: posted answers come back as the same page, with the answer above the form."""

import html5lib
import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme.facts import load
from chalicelib.words.catalogues import words
from chalicelib.words.templates import site_path
from tests.service import start_service

pytestmark = pytest.mark.engine

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
YOUNG = {"nationality": "foreign", "age": "young", "residence": "legal", "permit": "temporary", "protection": "none"}


def read(text):
    return html5lib.parse(text, namespaceHTMLElements=False)


def said(tree):
    """What the answer says, line by line, without soft hyphens."""
    answer = next(part for part in tree.iter("section") if part.get("id") == "answer")
    lines = [" ".join("".join(part.itertext()).split()) for tag in ("h3", "p", "li") for part in answer.iter(tag)]
    return [line.replace("\u00ad", "") for line in lines]


def ask(service, language="en", answers=YOUNG, **headers):
    return service.post(f"/api/{language}/eligibility", answers, headers=FORM | headers, allow_redirects=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_page_comes_back_with_the_answer_above_the_form_and_answers_kept(service, language):
    answer = ask(service, language)

    page = answer.text
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert f'<html lang="{language}"' in page
    assert words(language).gettext("Your answer:") in page.split("</title>")[0]
    assert page.index('id="answer"') < page.index("<form")
    checked = [each for each in read(page).iter("input") if each.get("checked") is not None]
    assert {each.get("name"): each.get("value") for each in checked} == YOUNG
    assert all(f'href="{site_path(other, "eligibility/")}"' in page for other in LANGUAGES)


def test_the_answer_comes_in_its_order_with_the_answer_that_decides(service):
    lines = said(read(ask(service).text))

    assert lines[0:4] == [
        "Signing today",
        "The Biergerpakt, since 1 January 2024",
        "The CAI, by its rules until 31 December 2023",
        "Talk to a person",
    ]
    order = [
        lines.index("Today nobody can sign a CAI: no new contracts have been signed since 1 January 2024."),
        lines.index("The Biergerpakt is not open to you."),
        lines.index("Under these rules, you would not have qualified."),
    ]
    assert order == sorted(order)
    assert "This one answer decides: You are not 18 yet." in lines
    assert "This one answer decides: You hold a temporary residence permit." in lines
    assert lines[
        -1
    ] == "You want to settle in Luxembourg permanently." or "We do not know whether you want" in " ".join(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixteen_and_seventeen_year_olds_get_phone_hours_and_mail(service, language):
    lines = " ".join(said(read(ask(service, language).text)))

    assert all(load().text(fact, language) in lines for fact in ("contact.phone", "contact.hours", "contact.email"))


QUALIFIED = YOUNG | {"age": "adult", "permit": "other", "settle": "yes", "identify": "yes"}


def links(tree):
    answer = next(part for part in tree.iter("section") if part.get("id") == "answer")
    return [link.get("href") for link in answer.iter("a")]


def test_in_a_demonstration_the_answer_leads_on_to_session_and_form(service):
    assert links(read(ask(service, "fr", QUALIFIED).text)) == [
        "https://biergerpakt.zesummeliewen.lu",
        "/fr/information-session/",
        "/fr/appointment/",
        "/fr/eligibility/",
    ]


def test_a_closed_programme_still_answers_and_leads_to_no_form(closed_service):
    answer = ask(closed_service, "de", QUALIFIED)

    assert answer.status_code == 200
    assert links(read(answer.text)) == ["https://biergerpakt.zesummeliewen.lu/de", "/de/eligibility/"]


def test_what_is_not_answered_counts_as_not_known(service):
    silent = said(read(ask(service, answers={}).text))
    unsure = said(read(ask(service, answers=dict.fromkeys(YOUNG, "unknown")).text))

    assert silent == unsure
    assert "Under these rules, you may have qualified. We do not know enough to say." in silent


@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}], ids=str)
def test_a_post_from_another_site_is_refused(service, header):
    assert ask(service, **header).status_code == 403


def test_nothing_of_an_answer_is_stored_counted_or_logged(tmp_path):
    with start_service(tmp_path / "data") as service:
        stored = sorted((path, path.stat().st_size) for path in (tmp_path / "data").rglob("*.sqlite*"))
        for _ in range(70):
            assert ask(service).status_code == 200

        assert sorted((path, path.stat().st_size) for path in (tmp_path / "data").rglob("*.sqlite*")) == stored
        assert "temporary" not in service.log()


def test_a_strange_answer_is_shown_to_nobody(service):
    page = ask(service, answers={"age": "<script>alert(1)</script>", "x": "<b>"}).text

    assert "alert(1)" not in page
    assert "<b>" not in page
