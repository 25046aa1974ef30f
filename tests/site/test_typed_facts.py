"""No page, template or sentence types a phone number, address, price, age, period or URL itself."""

import re
from pathlib import Path

import polib
import pytest
import yaml

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme.facts import load
from tests.site.typed import read_words, typed

CATALOGUES = "backend/chalicelib/words/locale/{}/LC_MESSAGES/cai.po"
# What of a page's front matter is for the build and not for readers.
MACHINE = {"english", "translated", "status", "checked", "template"}

# What may stand as it is, and why. Each must occur, else it goes.
ALLOWED = {
    r"\bA4\b": "the name of a size of paper",
    r"\b\w+@example\.com": "an address that cannot be anybody's, to show the form of one",
    r"\+33\b": "the code of a country that is not ours, to show what a code is",
    r"\b27 3 2026\b|\b3 2026\b": "an example of how to write a day",
    r"\b13 (digits|chiffres|Ziffern|Zifferen|Ziffere)": "what a social security number is, in any year",
    r"\b500 (characters|caractères|Zeichen|Zeechen)": "a limit of our own field, which a test of the form holds",
    r"^1 (page|Seite|Säit)\b": "counts what was found",
    r"\bone minute\b": "how long our own questions take",
    r"\b1[02]:00\b|\b5\.12\.2026\b|\b20$": "examples of what staff type into the form for a session",
    r"\b1 (and|et|und|an) 0\b|^0 (for|pour|für|fir)\b": "what staff enter for no waiting list",
    r"\bMonat und ein Jahr\b": "a month and a year, as parts of a day",
}


def templates():
    folders = ("overrides", "backend/chalicelib/web/templates", "backend/chalicelib/letters/templates")
    return sorted(file for folder in folders for kind in ("html", "txt") for file in Path(folder).rglob(f"*.{kind}"))


def of_page(file):
    """What readers see of a page: its words, and of its front matter what is for them."""
    _, meta, body = file.read_text("utf-8").split("---\n", 2)
    return "\n".join([*(str(said) for key, said in yaml.safe_load(meta).items() if key not in MACHINE), body])


def of_catalogue(language):
    """Each sentence by itself; the English ones stand in any catalogue."""
    if language == "en":
        return [said for entry in entries("fr") for said in (entry.msgid, entry.msgid_plural)]
    return [said for entry in entries(language) for said in (entry.msgstr, *entry.msgstr_plural.values())]


def entries(language):
    return [entry for entry in polib.pofile(CATALOGUES.format(language)) if not entry.obsolete]


def readings():
    """What is read in each language, with the place it stands in."""
    for language in LANGUAGES:
        for file in sorted(Path("docs", language).glob("*.md")):
            yield str(file), language, [of_page(file)]
        yield f"catalogue {language}", language, of_catalogue(language)
    for file in templates():
        yield str(file), "en", [file.read_text("utf-8")]


READINGS = [pytest.param(language, texts, id=place) for place, language, texts in readings()]


def allowed(text):
    for exception in ALLOWED:
        text = re.sub(exception, "", text)
    return text


@pytest.mark.parametrize(("language", "texts"), READINGS)
def test_nothing_is_typed_that_belongs_into_the_facts(language, texts):
    found = [each for text in texts for each in typed(allowed(text), language)]

    assert found == [], f"these belong into facts.toml or links.toml: {found}"


def test_no_period_of_the_facts_is_typed_in_any_language():
    periods = [fact for fact in load().by_key.values() if typed(str(fact.in_language("en", str)), "en")]
    assert {"contract.duration", "contract.contact_kept", "language_course.fee", "contact.phone"} <= {
        fact.key for fact in periods
    }

    for place, language, texts in readings():
        said = {str(fact.in_language(language, str)): fact.key for fact in periods}
        words = allowed(" ".join(read_words(text) for text in texts))
        found = [
            key
            for value, key in said.items()
            if len(value) > 3 and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", words)
        ]
        assert found == [], place


def test_each_exception_is_needed():
    everything = "\n".join(text for _, _, texts in readings() for text in texts)

    assert [exception for exception in ALLOWED if not re.search(exception, everything, re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Call 8002 6006"),
        ("en", "from the age of sixteen years"),
        ("en", "[the law](https://example.org)"),
        ("en", "write to [us](mailto:cai@example.org)"),
        ("en", "within one day"),
        ("en", "at least twice a year"),
        ("en", '<a href="tel:+352">call</a>'),
        ("en", '<img alt="10 euros">'),
        ("fr", "pendant deux ans"),
        ("fr", "15, boulevard du Jazz"),
        ("de", "Er läuft zwei Jahre."),
        ("de", "ein halber Tag"),
        ("lb", "de Kontrakt leeft zwee Joer"),
        ("lb", "op d’mannst 70 %"),
    ],
)
def test_a_typed_fact_is_seen(language, text):
    assert typed(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "{{ facts.contract.duration }} after [this](steps.md#step-2)",
        "1. A step\n    2. Another",
        "## Who can sign { #part2 }",
        '<input class="w-20" id="day-1"> {% if x == 3 %}or{% endif %}',
        "Level %(level)s, {count}",
    ],
)
def test_what_is_no_fact_is_left_alone(text):
    assert typed(text, "en") == []
