"""Nothing that the fact sheet says, or the page of the office, is missing in any language."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import facts
from chalicelib.words.formats import write
from tests.site.built import SITES
from tests.site.fact_rows import SOURCES, Row, rows
from tests.site.stated import Stated, Statement, stated

ROWS = [row for source in SOURCES for row in rows(source)]

# A new language can do without words in the table at first.
TOLD = [code for code in LANGUAGES if any(row.words[code] for row in ROWS)]

in_each_language = pytest.mark.parametrize("language", TOLD)
in_both_modes = pytest.mark.parametrize("mode", SITES)


def missing(row: Row, found: Stated, mode: str, language: str) -> list[str]:
    """The places that should state the fact and do not."""
    return [place for place in row.places[mode] if not stating(row, found, place, language)]


def stating(row: Row, found: Stated, place: str, language: str) -> list[Statement]:
    return [statement for statement in found.get(place, []) if row.is_in(statement, language)]


def each_statement(mode: str, language: str) -> Iterator[tuple[Row, str, Statement]]:
    """Each fact with the statement that makes it, place by place."""
    found = stated(mode, language)
    for row in ROWS:
        for place in row.places[mode]:
            for statement in stating(row, found, place, language)[:1]:
                yield row, place, statement


def mutants(row: Row, statement: Statement, language: str) -> list[Statement]:
    """The statement without one of the words or links that are looked for."""
    wordless = [replace(statement, words=pattern.sub("", statement.words)) for pattern in row.patterns(language)]
    return [*wordless, *[replace(statement, links=statement.links - {link}) for link in row.links(language)]]


def instead(found: Stated, place: str, statement: Statement, others: list[Statement]) -> Stated:
    return {**found, place: [kept for kept in found[place] if kept != statement] + others}


@in_both_modes
@in_each_language
def test_each_fact_stands_on_its_pages(mode, language):
    found = {row.says: missing(row, stated(mode, language), mode, language) for row in ROWS}

    assert {says: places for says, places in found.items() if places} == {}


@in_both_modes
@in_each_language
def test_a_fact_is_missed_when_its_statement_is_taken_away(mode, language):
    for row, place, statement in each_statement(mode, language):
        shorter = instead(stated(mode, language), place, statement, [])

        assert place in missing(row, shorter, mode, language), row.says


@in_both_modes
@in_each_language
def test_a_fact_is_missed_when_one_of_its_words_or_links_is_taken_away(mode, language):
    for row, place, statement in each_statement(mode, language):
        for mutant in mutants(row, statement, language):
            changed = instead(stated(mode, language), place, statement, [mutant])

            assert place in missing(row, changed, mode, language), f"{row.says}: {mutant}"


@in_each_language
def test_each_fact_has_a_place_and_something_to_look_for(language):
    for row in ROWS:
        assert all(row.places.values()), row.says
        assert row.patterns(language) or row.links(language), row.says


def test_the_numbers_of_a_fact_are_those_that_its_source_says():
    for row in ROWS:
        written = " ".join(write(facts.load().get(key), "en") for key in row.keys if still_from_the_documents(key))

        assert numbers(written) <= numbers(row.says.replace("One", "1")), row.says


def still_from_the_documents(key: str) -> bool:
    return facts.load().by_key[key].source.startswith(("fact sheet", "OLAI page"))


def numbers(words: str) -> set[str]:
    return set(re.findall(r"\d+", words))


def test_the_table_covers_the_languages_that_the_site_began_with():
    assert {"en", "fr", "de", "lb"} <= set(TOLD)


@pytest.mark.parametrize(("source", "least"), [("fact_sheet", 90), ("office_page", 28)])
def test_the_table_has_every_fact_of_its_source_once(source, least):
    quotes = [row.says for row in rows(source)]

    assert len(quotes) == len(set(quotes)) >= least
