"""The page of the search without its script, and the index that the script asks."""

import gzip
import json

import pytest

from chalicelib.domain.language import LANGUAGES
from tests.site.built import SITES, in_each_language, main_of, text

pytestmark = pytest.mark.parametrize("mode", SITES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_every_page_is_listed_with_its_sentence(mode, language):
    found = in_each_language(mode)[language]
    listed = next(part for part in main_of(found["search/"]).iter("ul") if part.get("id") == "search-all")

    entries = {link.get("href"): (text(link), text(words)) for link, words in listed}

    assert set(entries) == {page.path for slug, page in found.items() if slug != "search/"}
    for page in found.values():
        if page.slug != "search/":
            title, sentence = entries[page.path]
            assert text(page.first("title")).startswith(title)
            assert " ".join(page.description().split()).endswith(sentence)


def test_without_a_script_the_form_is_not_shown(mode):
    for found in in_each_language(mode).values():
        (form,) = found["search/"].all("form")

        assert form.get("hidden") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_but_the_search_is_in_the_index_of_its_language(mode, language):
    entries = [fragment(file) for file in (SITES[mode] / "pagefind" / "fragment").glob(f"{language}_*")]

    pages = {page.path for slug, page in in_each_language(mode)[language].items() if slug != "search/"}
    assert sorted(entry["url"] for entry in entries) == sorted(pages)
    assert not [entry["url"] for entry in entries if "\u00ad" in entry["content"]]


def test_nothing_of_pagefind_is_kept_that_the_search_does_not_load(mode):
    kept = {file.name.split(".")[0] for file in (SITES[mode] / "pagefind").iterdir()}

    assert kept == {"pagefind", "pagefind-entry", "wasm", "words", "fragment", "index"}
    assert not list((SITES[mode] / "pagefind").glob("*.css"))


def fragment(file):
    return json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
