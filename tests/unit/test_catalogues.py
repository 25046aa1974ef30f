"""Each sentence of code and templates has its words in four languages, and a note for the translator."""

import re
from pathlib import Path

import polib
import pytest

from hooks.messages import LOCALE, TRANSLATED, extract

PLACES = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("words") / "cai.pot"
    extract(path)
    return polib.pofile(str(path))


def catalogue(language):
    return polib.pofile(str(Path(LOCALE, language, "LC_MESSAGES", "cai.po")))


def test_each_sentence_has_a_note_for_the_translator(template):
    assert [entry.msgid for entry in template if not entry.comment] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_missing_or_doubtful(template, language):
    translated = {
        entry.msgid for entry in catalogue(language) if entry.msgstr and not entry.fuzzy and not entry.obsolete
    }

    assert {entry.msgid for entry in template} - translated == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_kept_that_nothing_says(template, language):
    assert {entry.msgid for entry in catalogue(language)} - {entry.msgid for entry in template} == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_sentence_keeps_its_places(language):
    for entry in catalogue(language):
        assert sorted(PLACES.findall(entry.msgid)) == sorted(PLACES.findall(entry.msgstr)), entry.msgid
