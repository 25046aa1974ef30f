"""Machine translation leaves references, addresses, numbers and official names alone, on every page."""

import re

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import facts
from tests.made_pages import made_pages
from tests.site.built import SITES, every_file, main_of, parsed

NAMES = re.compile(rf"(?<![\w@.])(?:{'|'.join(map(re.escape, facts.load().names()))})(?![\w@])")
# No element may stand in these, and `translate` on them would keep more than the name.
WHOLE = ("title", "option", "textarea", "script", "template")


def told(element):
    """What a machine would translate: each text with the element around it."""
    if element.get("translate") == "no" or element.tag in WHOLE or not isinstance(element.tag, str):
        return
    yield element, element.text or ""
    for child in element:
        yield from told(child)
        yield element, child.tail or ""


def unkept(tree):
    """Names that would be translated, and words in another language, references and numbers that would."""
    body = next(tree.iter("body"))
    names = [text for _, text in told(body) if NAMES.search(text)]
    marked = [
        element.tag
        for element, text in told(body)
        if text.strip() and (element.get("lang") or element.get("class") in ("number", "reference"))
    ]
    return names + marked


@pytest.mark.parametrize("mode", SITES)
def test_no_page_lets_a_name_be_translated(mode):
    assert {page.path: unkept(page.tree) for page in every_file(mode) if unkept(page.tree)} == {}
    assert any(each.get("translate") == "no" for page in every_file(mode) for each in main_of(page).iter())


@pytest.mark.engine
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_that_the_service_makes_lets_a_name_be_translated(service, language):
    found = {name: unkept(parsed(html)) for name, html in made_pages(service, language)}

    assert found
    assert not any(found.values()), found


def test_a_name_that_would_be_translated_is_found():
    page = '<body><p>The CAI</p><span lang="fr">Institut</span><b translate="no">CAI</b><a class="number">8</a>'

    assert unkept(parsed(page)) == ["The CAI", "span", "a"]
