"""Whoever gets a letter can have everything deleted: opening the link changes nothing, one press does."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import StoreBusyError
from chalicelib.domain.language import LANGUAGES
from chalicelib.domain.link import token
from chalicelib.web.own_page import OwnPage
from chalicelib.web.pages import Pages
from chalicelib.web.problems import NotFoundError, problem
from chalicelib.web.request import Request
from chalicelib.words.catalogues import words
from chalicelib.words.formats import write_weekday
from tests.examples import NOW, OFFICE_PHONE, body
from tests.fakes.contacts import FakeContacts
from tests.fakes.sessions import fake_office
from tests.fakes.store import FakeStore
from tests.letter_examples import CONTACT, FILE, FURTHER, LINK_KEYS, REFERENCE
from tests.service import ROOT, start_service

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OURS = FORM | {"Sec-Fetch-Site": "same-origin"}
SITE = "https://forum-cai.example"
GONE = "This page does not exist, or not any more"


def ask(service, language, **changes):
    """The path of the own page in the letter about a form, and the form's reference."""
    receipt = service.post(f"/api/{language}/appointments", body(**changes), headers=FORM)
    assert "/my/" not in receipt.text
    reference = re.search(r'class="reference"[^>]*>([^<]+)', receipt.text)[1]
    return link_about(service, reference), reference


def link_about(service, reference):
    letter = next(each for each in service.inbox() if each["kind"] == "received" and reference in each["subject"])
    address = re.search(r"^(\S+/my/\S+)$", letter["text"], re.MULTILINE)[1]
    assert address in letter["html"]
    return address.removeprefix(service.url)


def press(service, path, act="erase", **fields):
    return service.post(path, {"act": act, **fields}, headers=OURS)


def says(answer, language, sentence):
    return words(language).gettext(sentence) in answer.text.replace("&shy;", "")


def person(name, language):
    return {"first_name": f"{name} {language}", "email": f"{name.lower()}-{language}@example.org"}


@pytest.mark.engine
@pytest.mark.parametrize("language", LANGUAGES)
class TestTheWholeWay:
    def test_a_press_on_the_page_of_the_letter_deletes_everything(self, service, language):
        path, reference = ask(service, language, **person("Oblita", language))

        opened = service.get(path)
        assert (opened.status_code, reference in opened.text) == (200, True)
        assert says(opened, language, "Your page")
        assert says(opened, language, "Delete your data")
        assert says(opened, language, "You have only opened this page: nothing has been deleted yet.")
        assert says(opened, language, "Demonstration: nothing you send reaches an office.")

        done = press(service, path)
        assert (done.status_code, reference in done.text) == (200, True)
        assert says(done, language, "Your data is being deleted")
        assert re.search(r"\s30\s.*\s7\s", done.text, re.DOTALL)  # the copies that it does not reach

        for after in (service.get(path), press(service, path)):
            assert after.status_code == 404
            assert says(after, language, GONE)
            assert says(after, language, "You have already pressed the button on your page? Then it worked.")

    def test_the_link_about_a_further_form_removes_that_form_only(self, service, language):
        whole, first = ask(service, language, **person("Duplex", language))
        one_form, second = ask(service, language, **person("Duplex", language), phone="621 000 003")

        opened = service.get(one_form)
        assert says(opened, language, "Only this one form. Your earlier request stays as it is.")
        assert first in opened.text and second in opened.text
        done = press(service, one_form)
        assert says(done, language, "The form is being removed")

        assert service.get(one_form).status_code == 404
        assert press(service, one_form).status_code == 404
        assert service.get(whole).status_code == 200

    def test_its_language_links_keep_the_token(self, service, language):
        path, reference = ask(service, language, **person("Polyglotta", language))

        for other in LANGUAGES:
            elsewhere = path.replace(f"/api/{language}/", f"/api/{other}/")
            assert f'href="{elsewhere}"' in service.get(path).text
            page = service.get(elsewhere)
            assert f'<html lang="{other}"' in page.text
            assert reference in page.text


@pytest.mark.engine
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_mail_program_that_looks_at_the_link_changes_nothing(service, method):
    path, _ = ask(service, "en", **person("Scrutata", method.lower()))
    before = service.get(path).text

    for _ in range(3):
        assert service.request(method, path, headers={"Sec-Purpose": "prefetch"}).status_code == 200

    assert service.get(path).text == before


@pytest.mark.engine
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_the_page_of_another_site_deletes_nothing(service, headers):
    path, _ = ask(service, "en", **person("Tuta", str(len(str(headers)))))

    assert service.post(path, b"act=erase", headers=FORM | headers).status_code == 403

    assert service.get(path).status_code == 200


@pytest.mark.engine
def test_a_link_opens_nothing_but_its_own_page(service):
    one, _ = ask(service, "en", **person("Una", "en"))
    other, _ = ask(service, "en", **person("Altera", "en"))
    contact_id, mark = one.rpartition("/")[2].split(".")
    other_id = other.rpartition("/")[2].split(".")[0]

    forged = [f"{other_id}.{mark}", f"{contact_id}.{'0' * 32}", f"{contact_id}.{FURTHER}.{mark}", contact_id, "%00"]
    for each in forged:
        for answer in (service.get(f"/api/en/my/{each}"), press(service, f"/api/en/my/{each}")):
            assert answer.status_code == 404
            assert says(answer, "en", GONE)

    assert service.get(one).status_code == service.get(other).status_code == 200


@pytest.mark.engine
def test_a_browser_without_headers_of_its_own_may_press_too(service):
    path, _ = ask(service, "en", **person("Antiqua", "en"))

    assert says(service.post(path, b"act=erase", headers=FORM), "en", "Your data is being deleted")


@pytest.mark.engine
@pytest.mark.parametrize("body", [b"", b"act=", b"act=Erase", b"erase=act", b"act=cancel&act=erase", b"act=%00erase"])
def test_a_post_that_names_no_act_changes_nothing_and_shows_the_page_again(service, body):
    path, _ = ask(service, "en", **person(f"Salva{len(body)}", str(sum(body))))
    before = service.get(path).text

    answer = service.post(path, body, headers=OURS)

    assert [each.status_code for each in answer.history] == [303]
    assert answer.text == service.get(path).text == before


@pytest.mark.engine
def test_no_token_is_in_the_log(service):
    path, _ = ask(service, "en", **person("Tacita", "en"))
    press(service, path)

    assert path.rpartition("/")[2] not in service.log()
    assert "POST /api/en/my/… 200" in service.log()


@pytest.mark.engine
def test_links_of_letters_work_after_the_intake_closed(tmp_path):
    with start_service(tmp_path / "data") as service:
        paths = {language: ask(service, language, **person("Sera", language))[0] for language in LANGUAGES}

    with start_service(tmp_path / "data", site=ROOT / "build" / "closed", CAI_MODE="closed") as closed:
        for language, path in paths.items():
            opened = closed.get(path)
            assert says(opened, language, "Delete your data")
            assert not says(opened, language, "Unless you sign the contract before that day.")
            assert not says(opened, language, "After the deletion you can send a new request.")
            assert says(press(closed, path), language, "Your data is being deleted")
            assert closed.get(path).status_code == 404


def stored(file: ContactFile = FILE, **state):
    return FakeContacts(FakeStore(files={CONTACT.id: file}, **state))


def own_page(contacts, mode="demonstration"):
    return OwnPage(SITE, Pages(mode), lambda: fake_office(contacts.store, contacts), LINK_KEYS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("correction", [None, FURTHER], ids=["all", "one form"])
def test_the_page_says_the_day_that_comes_anyway_and_the_day_of_the_end(language, correction):
    page, link = own_page(stored()), token(LINK_KEYS, CONTACT.id, 1, correction)

    shown = page.show(link, language, NOW)
    erased = page.post(Request(body=b"act=erase"), link, language, NOW)

    assert write_weekday(CONTACT.delete_on, language) in shown.body
    assert REFERENCE in shown.body
    assert write_weekday(day_in_luxembourg(NOW) + timedelta(days=1), language) in erased.body
    assert (FURTHER if correction else REFERENCE) in erased.body


def test_a_new_key_keeps_old_links_and_a_new_version_ends_them():
    link = token(LINK_KEYS[1:], CONTACT.id, 1)

    assert own_page(stored()).show(link, "en", NOW).status == 200
    with pytest.raises(NotFoundError):
        own_page(stored(replace(FILE, contact=replace(CONTACT, link_version=2)))).show(link, "en", NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_busy_store_is_said_without_answers_that_nobody_gave(language):
    contacts = stored(busy=1)
    with pytest.raises(StoreBusyError) as busy:
        own_page(contacts).show(token(LINK_KEYS, CONTACT.id, 1), language, NOW)

    answer = problem(busy.value, language, Pages("demonstration"))

    assert (answer.status, OFFICE_PHONE in answer.body) == (503, True)
    assert words(language).gettext("Please try again in a few minutes: doing it twice does no harm.") in answer.body
    assert answer.headers["Retry-After"]
