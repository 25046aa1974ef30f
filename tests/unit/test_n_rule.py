"""The n-rule of Luxembourgish in pages and catalogues, as far as spelling alone tells."""

import re

import polib
import pytest

from hooks.messages import LOCALE
from hooks.translations.n_rule import breaks
from hooks.translations.state import DOCS, all_pages
from hooks.translations.words import words_of

# Nouns whose n is part of the stem, and names.
KEEP_THEIR_N = frozenset({"enn", "grënn", "infostänn", "sënn", "stonn", "telefon"})
# What changes with the word that follows, so that none may stand before a value.
BEFORE_A_VALUE = re.compile(r"\b(?:den?|en?|een?|vun?|keen?) (?:\{\{|%\()[^})]*", re.IGNORECASE)

PAGES = [page for page in all_pages(DOCS, "lb") if page.state != "missing"]


def sentences():
    catalogue = polib.pofile(str(LOCALE / "lb" / "LC_MESSAGES" / "cai.po"))
    return [said for entry in catalogue for said in (entry.msgstr, *entry.msgstr_plural.values())]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_keeps_the_n_rule(page):
    assert breaks(words_of(page.text), KEEP_THEIR_N) == []


def test_the_catalogue_keeps_the_n_rule():
    assert [found for sentence in sentences() for found in breaks(sentence, KEEP_THEIR_N)] == []


def test_no_word_that_would_change_stands_before_a_value():
    assert [found for page in PAGES for found in BEFORE_A_VALUE.findall(words_of(page.text))] == []
    assert [found for sentence in sentences() for found in BEFORE_A_VALUE.findall(sentence)] == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("den Bong", "de Bong"),
        ("vun der Ekipp", "vun der Ekipp"),
        ("de Dag", "den Dag"),
        ("vu Iech", "vun Iech"),
        ("e **Owend**", "en **Owend**"),
        ("dann kommt", "da kommt"),
        ("wie ass", "wien ass"),
        ("wien kënnt", "wie kënnt"),
        ("mir hunn [keng Zäit](contact.md)", "mir hu [keng Zäit](contact.md)"),
        ("déi nei Course an aner", "déi nei Coursen an aner"),
    ],
)
def test_a_break_is_found_and_its_neighbour_is_not(wrong, right):
    assert breaks(right) == []
    assert bool(breaks(wrong)) == (wrong != right and not wrong.startswith("déi"))


@pytest.mark.parametrize(
    "free",
    [
        "Participatioun méi",
        "Dir hutt een. Sot eis",
        "den CAI",
        "den 4. Dezember",
        "den SMS",
        "an sech",
        'den <span lang="fr">titre de séjour</span>',
        "den {{ facts.programme.name }} mécht",
        "<li>Bongen</li><li>Kontrakter</li>",
        "| Coursen | Bongen |",
    ],
)
def test_what_spelling_does_not_tell_is_left_alone(free):
    assert breaks(free) == []
