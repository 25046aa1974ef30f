"""One word for one thing: the termbase, held against pages and catalogues."""

import polib
import pytest

from chalicelib.domain.language import LANGUAGES
from hooks.messages import LOCALE
from hooks.translations.state import DOCS, TRANSLATED, all_pages
from hooks.translations.terms import avoided, load, not_followed
from hooks.translations.words import words_of

# Sentences that say a term otherwise on purpose: language, English sentence, word.
ON_PURPOSE: set[tuple[str, str, str]] = set()

TRANSLATIONS = [page for language in TRANSLATED for page in all_pages(DOCS, language) if page.state != "missing"]
named = pytest.mark.parametrize("page", TRANSLATIONS, ids=lambda page: f"{page.language}/{page.name}")
in_each_translation = pytest.mark.parametrize("language", TRANSLATED)


def catalogue(language):
    """English and translation; of what has a number in it, as for many."""
    catalogue = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "cai.po"))
    return [(entry.msgid_plural or entry.msgid, entry.msgstr_plural.get(1, entry.msgstr)) for entry in catalogue]


def test_a_language_has_a_word_for_every_term_or_for_none():
    chosen = {frozenset(term.choices) for term in load()}

    assert len(chosen) == 1
    assert chosen.pop() <= set(LANGUAGES)


def test_a_language_without_words_of_its_own_is_asked_nothing():
    assert not_followed("An information session", "Uma sessão", "xx") == avoided("Uma sessão", "xx") == []


@pytest.mark.parametrize("term", load(), ids=lambda term: term.key)
def test_no_choice_is_itself_to_be_avoided(term):
    for language, choice in term.choices.items():
        assert choice.is_in(choice.word), language
        assert avoided(choice.word, language) == []


@pytest.mark.parametrize("file", sorted((DOCS / "en").glob("*.md")), ids=lambda file: file.stem)
def test_no_english_page_uses_a_word_to_avoid(file):
    assert avoided(words_of(file.read_text("utf-8")), "en") == []


def test_no_english_sentence_uses_a_word_to_avoid():
    assert [found for english, _ in catalogue("fr") for found in avoided(english, "en")] == []


@named
def test_no_translated_page_uses_a_word_to_avoid(page):
    assert avoided(words_of(page.text), page.language) == []


@in_each_translation
def test_no_sentence_uses_a_word_to_avoid(language):
    assert [found for _, said in catalogue(language) for found in avoided(said, language)] == []


@in_each_translation
def test_a_translated_page_says_the_terms_of_the_english_in_the_chosen_words(language):
    current = [page for page in TRANSLATIONS if page.language == language and page.state == "current"]
    found = {page.name: not_followed(words_of(page.english), words_of(page.text), language) for page in current}

    assert {name: words for name, words in found.items() if words} == {}


@in_each_translation
def test_a_sentence_says_the_terms_of_the_english_in_the_chosen_words(language):
    pairs = [(english, said) for english, said in catalogue(language) if said]
    found = {(language, english, word) for english, said in pairs for word in not_followed(english, said, language)}

    assert found - ON_PURPOSE == set()


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Der Staatsbürgerkundekurs", "de", "'Staatsbürgerkunde': write 'Bürgerkunde-Kurs'"),
        ("Den Orientatiounsdag", "lb", "'Orientatiounsda': write 'Orientéierungsdag'"),
        ("Opnahm- an Integratiounskontrakt", "lb", "'Opnahm': write 'Opnam- an Integratiounskontrakt'"),
        ('<span lang="lu">', "de", "'lang=\"lu\"': write 'lb'"),
        ("Une session d’information", "fr", "\"session d'information\": write 'séance d’information'"),
    ],
)
def test_a_word_to_avoid_is_found(text, language, found):
    assert found in avoided(text, language)


def test_names_of_facts_and_addresses_are_not_words():
    assert avoided("{{ facts.contact.email }} [here](email.md) { #email } %(email)s", "en") == []


def test_an_ending_does_not_hide_a_term_and_another_word_does_not_stand_for_it():
    english = "Your Language Courses"

    assert not_followed(english, "Ihre Sprachkurse", "de") == []
    assert not_followed(english, "Ihre Kurse", "de") == ["Sprachkurs"]
