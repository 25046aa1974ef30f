"""What the search knows of words, before any page is asked."""

import tomllib

import pytest

from hooks.search import SYNONYMS, query_words, searchable


@pytest.mark.parametrize(
    ("html", "searched"),
    [
        ("d’Integratioun", "d’ Integratioun"),
        ("L’accueil qu’il", "L’ accueil qu’ il"),
        ("Integratiouns&shy;kontrakt", "Integratiounskontrakt"),
        ("the office’s and don’t", "the office’s and don’t"),
    ],
)
def test_words_are_whole_and_apart(html, searched):
    assert searchable(f"<p>{html}</p>") == f"<p>{searched}</p>"


def test_what_every_page_of_a_closed_programme_says_is_not_searched():
    assert searchable('<p class="today">No') == '<p data-pagefind-ignore class="today">No'


def test_the_page_of_the_search_does_not_find_itself():
    marked = '<main data-pagefind-body id="main">'

    assert searchable('<main id="main">') == marked
    assert marked not in searchable('<main id="main"><form id="search-form">')


def test_a_language_may_do_without_words_of_its_own():
    assert query_words("xx") == {"stop": [], "same": {}}


@pytest.mark.parametrize("language", tomllib.loads(SYNONYMS.read_text("utf-8")))
def test_a_word_means_the_same_as_any_other_of_its_line(language):
    words = query_words(language)

    assert words["stop"]
    assert words["same"]
    for word, group in words["same"].items():
        assert word in group
        assert word not in words["stop"]
        assert word == word.lower()
