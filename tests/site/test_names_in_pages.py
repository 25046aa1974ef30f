"""A translated page shows the facts, links and forms that the English one shows, by their names."""

import pytest
from jinja2 import Environment, nodes

from chalicelib.programme.facts import load
from hooks.translations.state import DOCS, TRANSLATED, all_pages

MARKDOWN = Environment(comment_start_string="{##", comment_end_string="##}")


def names_in(source: str) -> set[str]:
    """Such as `facts.contact.phone`, `links.inll`, `form(appointment)`."""
    return {_name(node) for node in MARKDOWN.parse(source).find_all((nodes.Getattr, nodes.Call))}


def _name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call):
        return f"{_name(node.node)}({', '.join(str(argument.as_const()) for argument in node.args)})"
    return f"{_name(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else node.name


def typed_in(source: str, name: str) -> bool:
    """Whether the fact's own words stand there: a name such as Biergerpakt may take an ending, or be French already."""
    fact = load().by_key.get(name.removeprefix("facts."))
    return fact is not None and isinstance(fact.value, str) and fact.value in source


def differences(page) -> set[str]:
    english, translated = names_in(page.english), names_in(page.text)
    missing = {f"- {name}" for name in english - translated if not typed_in(page.text, name)}
    return missing | {f"+ {name}" for name in translated - english if not typed_in(page.english, name)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_shows_the_facts_links_and_forms_of_the_english(language):
    current = [page for page in all_pages(DOCS, language) if page.state == "current"]

    assert {page.name: found for page in current if (found := differences(page))} == {}


def test_a_fact_left_out_is_noticed():
    said = "{% if closed %}{{ facts.contact.phone }}{% endif %} [a]({{ links.inll }}) {{ form('appointment') }}"

    assert names_in(said) >= {"facts.contact.phone", "links.inll", "form(appointment)"}
    assert not typed_in("Call us", "facts.contact.phone")
    assert typed_in("De Biergerpakt", "facts.programme.replaced_by")
