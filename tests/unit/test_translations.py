"""What counts as a change of the English, what a stamp says, and what a translator is shown."""

import re
import subprocess
from datetime import date

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chalicelib.domain.errors import ConfigurationError
from hooks.translations.history import english_with
from hooks.translations.report import Work, html, lines
from hooks.translations.sections import marked, rows
from hooks.translations.sentences import Sentence
from hooks.translations.shown import shown
from hooks.translations.stamps import check, pass_over, stamp
from hooks.translations.state import Translation, all_pages
from hooks.translations.terms import load
from hooks.translations.words import fingerprint

ENGLISH = """---
title: "Contact"
description: "How to reach us."
---

# Contact

Call “us”: {{ facts.contact.phone }}.

## Hours { #hours }

We are here in the morning.
"""
FRENCH = ENGLISH.replace("Contact", "Nous écrire").replace("We are here in the morning", "Nous sommes là le matin")
TODAY, LATER = date(2026, 11, 22), date(2026, 12, 1)
LESS = ENGLISH.replace("in the morning", "on Monday morning")


@pytest.fixture
def docs(tmp_path):
    """A page in English and French, in a repository of its own, with the French stamped."""
    for language, text in (("en", ENGLISH), ("fr", FRENCH), ("de", ENGLISH)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "contact.md").write_text(text, "utf-8")
    git(tmp_path, "init", "-q")
    stamp(tmp_path, "fr/contact", TODAY)
    commit(tmp_path)
    return tmp_path


def git(docs, *arguments):
    person = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org")
    subprocess.run(["git", "-C", docs, *person, *arguments], check=True)


def commit(docs):
    git(docs, "add", ".")
    git(docs, "commit", "-q", "-m", "Change a page")


def write_english(docs, text):
    (docs / "en" / "contact.md").write_text(text, "utf-8")


def french(docs):
    return Translation(docs, "fr", "contact")


@settings(deadline=None)
@given(some.lists(some.sampled_from([" ", "\n", "\n\n", "\t", "\u00a0", "  "]), min_size=1))
def test_white_space_is_no_change(spaces):
    front, text = ENGLISH.rsplit("---\n", 1)
    filled = iter(spaces * 50)

    reflowed = re.sub(r"\s+", lambda _: next(filled), text)

    assert fingerprint(f"{front}---\n{reflowed}") == fingerprint(ENGLISH)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“us”", '"us"'),
        ("{{ facts.contact.phone }}", "{{facts.contact.phone}}"),
        ("{ #hours }", "{#hours}"),
        ("---\n\n#", "hide: true\n---\n\n#"),
        ("Contact", "Con\u00adtact"),
    ],
    ids=["quotes", "spaces in braces", "spaces around an id", "other front matter", "soft hyphen"],
)
def test_how_it_is_typed_is_no_change(old, new):
    changed = ENGLISH.replace(old, new)

    assert changed != ENGLISH
    assert fingerprint(changed) == fingerprint(ENGLISH)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in the morning", "in the evening"),
        ("We are", "We are not"),
        ("How to reach us", "Where we are"),
        ('title: "Contact"', 'title: "Write to us"'),
        ("contact.phone", "contact.fax"),
        ("here in", "herein"),
    ],
    ids=["a word", "a no", "description", "title", "a fact", "two words in one"],
)
def test_what_it_says_is_a_change(old, new):
    assert fingerprint(ENGLISH.replace(old, new)) != fingerprint(ENGLISH)


def test_a_page_without_a_stamp_or_in_english_words_is_missing(docs):
    german, luxembourgish = (Translation(docs, language, "contact") for language in ("de", "lb"))

    assert [french(docs).state, german.state, luxembourgish.state] == ["current", "missing", "missing"]
    with pytest.raises(ConfigurationError, match=r"de/contact\.md is not translated yet"):
        stamp(docs, "de/contact", TODAY)


def test_a_change_of_the_english_leaves_the_translation_older_until_it_is_stamped(docs):
    write_english(docs, LESS)
    assert french(docs).state == "older"

    (stamped,) = stamp(docs, "fr", LATER)

    assert stamped.file == french(docs).file
    assert french(docs).state == "current"
    assert french(docs).stamp.translated == LATER


def test_a_stamp_changes_no_word_of_the_page(docs):
    assert fingerprint(french(docs).text) == fingerprint(FRENCH)
    assert french(docs).text.endswith(FRENCH.rsplit("---\n", 1)[1])


@pytest.mark.parametrize("committed", [True, False])
def test_a_minor_change_needs_no_new_translation(docs, committed):
    check(docs, "fr/contact", LATER)
    write_english(docs, ENGLISH.replace("Call", "Please call"))
    if committed:
        commit(docs)

    pass_over(docs, "contact")

    assert french(docs).state == "current"
    assert (french(docs).stamp.translated, french(docs).stamp.checked) == (TODAY, LATER)


def test_a_minor_change_hides_no_earlier_one(docs):
    write_english(docs, LESS)
    commit(docs)
    write_english(docs, LESS.replace("Call", "Please call"))

    with pytest.raises(ConfigurationError, match="no translation was made from the English before its last change"):
        pass_over(docs, "contact")

    assert french(docs).state == "older"


def test_a_native_reader_checks_what_is_up_to_date(docs):
    check(docs, "fr/contact", LATER)
    assert french(docs).stamp.checked == LATER

    write_english(docs, LESS)
    with pytest.raises(ConfigurationError, match=r"fr/contact\.md is older: translate and stamp it"):
        check(docs, "fr/contact", LATER)

    stamp(docs, "fr/contact", LATER)
    assert french(docs).stamp.checked is None


@pytest.mark.parametrize("wrong", ["status: perhaps", "status: checked", "english: 12"])
def test_a_stamp_typed_wrongly_is_refused(docs, wrong):
    key = wrong.split(":")[0]
    text = re.sub(rf"{key}: .*", wrong, french(docs).text)
    french(docs).file.write_text(text, "utf-8")

    with pytest.raises(ConfigurationError, match=r"fr/contact\.md: english, translated, status or checked"):
        _ = french(docs).stamp


@pytest.mark.parametrize("wanted", ["en/contact", "fr/nothing", "contact", "xx"])
def test_only_a_page_of_another_language_can_be_stamped(docs, wanted):
    with pytest.raises(ConfigurationError, match=f"There is no page {wanted}: write it like fr/contact"):
        stamp(docs, wanted, TODAY)


def test_a_page_shows_its_day_and_an_older_one_the_english(docs):
    write_english(docs, LESS)

    assert shown(docs, "fr", "contact", "contact/") == {
        "day": "22 novembre 2026",
        "checked": None,
        "older": True,
        "english": "/contact/",
    }


def test_english_and_a_page_not_translated_say_nothing_of_a_translation(docs):
    assert shown(docs, "en", "contact", "contact/") is None
    assert shown(docs, "de", "contact", "contact/") is None


def test_the_english_as_it_was_comes_from_git(docs):
    write_english(docs, LESS)
    commit(docs)

    assert english_with(docs, "contact", french(docs).stamp.english) == ENGLISH
    assert english_with(docs, "contact", "00000000") is None


def test_without_git_a_translation_is_older_all_the_same(docs):
    (docs / ".git").rename(docs / "kept-elsewhere")
    write_english(docs, LESS)

    assert french(docs).state == "older"
    assert "not at hand" in page_for_translator(docs)


def test_differences_are_marked_word_by_word_and_escaped():
    before, now = marked("in the <b>morning", "in the evening")

    assert before == "in the <del>&lt;b&gt;morning</del>"
    assert now == "in the <ins>evening</ins>"


def test_a_part_that_is_gone_or_new_is_still_shown():
    parts = rows(ENGLISH, ENGLISH.replace("#hours", "#times"), FRENCH)

    assert [part.place for part in parts] == ["title", "description", "top", "#times", "#hours"]
    assert [part.place for part in parts if part.changed] == ["#times", "#hours"]


def work(docs, language="fr"):
    sentences = [Sentence("Send", "a button", ""), Sentence("Yes", "an answer", "Oui")]
    return Work(language, all_pages(docs, language), sentences, load())


def page_for_translator(docs):
    return html([work(docs), work(docs, "de")])


def test_the_page_for_the_translator_shows_before_now_and_theirs_side_by_side(docs):
    write_english(docs, LESS)

    page = html5lib.parse(page_for_translator(docs), namespaceHTMLElements=False)

    row = next(row for row in page.iter("tr") if "#hours" in "".join(row.itertext()))
    place, before, now, theirs = ("".join(cell.itertext()) for cell in row)
    assert place == "#hours"
    assert "We are here in the morning." in before
    assert "We are here on Monday morning." in now
    assert "Nous sommes là le matin." in theirs
    assert "".join(row[1].find("del").itertext()) == "in"
    assert row[3].get("lang") == "fr"


def test_the_page_for_the_translator_begins_with_what_is_missing(docs):
    write_english(docs, LESS)

    page = page_for_translator(docs)

    places = [page.index(f">{part}<") for part in ("Send", "All other sentences", "Oui")]
    german = page.index(">Deutsch</h2>")
    assert places == sorted(places)
    assert german < page.index(">de/contact<") < page.index("Pages that are older", german)
    assert not re.search(r'(?:src|href)="(?!#)', page)


def test_the_terminal_names_what_is_missing_and_what_is_older(docs):
    write_english(docs, LESS)

    assert lines(work(docs)) == ["Français:", "  older than the English: contact", "  sentences missing: 1 of 2"]
    assert lines(work(docs, "de"))[1] == "  missing: contact"
