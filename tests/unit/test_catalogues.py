"""Each sentence of code and templates has its words in each language, and a note for the translator."""

import re
from pathlib import Path

import polib
import pytest

from chalicelib.programme import links
from hooks.messages import LOCALE, TRANSLATED, extract, template_for

PLACES = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    path = tmp_path_factory.mktemp("words") / "cai.pot"
    extract(path)
    return path


def catalogue(language):
    return polib.pofile(str(Path(LOCALE, language, "LC_MESSAGES", "cai.po")))


def said(entry):
    """Its translation, or those for one and for many."""
    return [*entry.msgstr_plural.values()] or [entry.msgstr]


def sentences(file):
    return {entry.msgid for entry in file}


def test_each_sentence_has_a_note_for_the_translator(sources):
    assert [entry.msgid for entry in polib.pofile(str(sources)) if not entry.comment] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_missing_or_doubtful(sources, language):
    translated = {
        entry.msgid for entry in catalogue(language) if all(said(entry)) and not entry.fuzzy and not entry.obsolete
    }

    missing = sentences(polib.pofile(str(template_for(language, sources)))) - translated

    assert missing == set(), "run make messages, then fill in what is empty in cai.po"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_kept_that_nothing_says(sources, language):
    wanted = polib.pofile(str(template_for(language, sources)))

    assert sentences(catalogue(language)) - sentences(wanted) == set()


def test_a_language_without_words_in_the_facts_has_the_english_ones_to_translate(sources):
    code, portuguese = polib.pofile(str(sources)), polib.pofile(str(template_for("pt", sources)))

    added = {entry.msgid: entry.comment for entry in portuguese if entry.msgid not in sentences(code)}

    assert "contract.duration" in added["two years"]
    assert "inll" in added[links.load()["inll"].found["en"]]


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_sentence_keeps_its_places(language):
    for entry in catalogue(language):
        for words in said(entry):
            assert sorted(PLACES.findall(entry.msgid)) == sorted(PLACES.findall(words)), entry.msgid


def test_french_keeps_its_marks_with_the_word():
    parted = re.compile(r" [:;?!»](?!\w)|« ")

    assert [words for entry in catalogue("fr") for words in said(entry) if parted.search(words)] == []
