"""What a reader sees or hears of a page that is still English, where every translated letter is accented."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

import html5lib

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import facts
from tests.examples import PERSON
from tests.letter_examples import BOOKED, CORRECTION, COURSE, FURTHER, INFORMATION, REFERENCE

# A script shows what is in data-*, but for names and rules that it goes by.
SPOKEN = re.compile(r"alt|aria-label|data-(?!rules$|when$).*|label|placeholder|summary|title")
META = ("description", "og:description", "og:image:alt", "og:title", "twitter:description", "twitter:title")
UNSEEN = ("script", "style", "textarea")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\bwww\.\S+|^/\S+$")


def names() -> list[str]:
    """Names and facts without words, the longest first."""
    values = [fact.value for fact in facts.load().by_key.values() if isinstance(fact.value, str)]
    people = [name for person in (PERSON, CORRECTION.person) for name in (person.first_name, person.surname)]
    references = (REFERENCE, FURTHER, BOOKED)
    sessions = [said for each in (INFORMATION, COURSE) for said in (each.meetings[0].place, each.id)]
    known = ("Forum CAI", *LANGUAGES.values(), *values, *people, *references, *sessions)
    return sorted(known, key=len, reverse=True)


def leftovers(html: str, language: str) -> list[str]:
    """The words without an accent, names and addresses apart."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    known = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names()))
    texts = (known.sub("", ADDRESS.sub("", text)) for text in _texts(tree, language))
    return [words.strip() for text in texts for words in re.findall(r"[A-Za-z][\w ,’'-]*", text)]


def _texts(element: Element, language: str) -> Iterator[str]:
    if _is_passed_over(element, language):
        return
    yield from _attributes(element.tag, element.attrib)
    yield element.text or ""
    for child in element:
        yield from _texts(child, language)
        yield child.tail or ""


def _is_passed_over(element: Element, language: str) -> bool:
    """What nobody sees, what says that it is in another language, and what is the same in each."""
    return (
        not isinstance(element.tag, str)  # a comment
        or element.tag in UNSEEN
        or element.get("lang", language) != language
        or element.get("translate") == "no"
    )


def _attributes(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    yield from (words for name, words in attributes.items() if SPOKEN.fullmatch(name))
    if tag == "meta" and (attributes.get("name") or attributes.get("property")) in META:
        yield attributes["content"]
    if tag == "input" and attributes.get("type") in ("submit", "button", "reset"):
        yield attributes.get("value", "")
