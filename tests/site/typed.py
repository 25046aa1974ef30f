"""What a page would type if it did not take it from facts.toml or links.toml."""

import html
import re

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#(?!\w).*?#\}", re.DOTALL)
_STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
_TAG = re.compile(r"</?[a-z!][^>]*>", re.IGNORECASE)
_SPOKEN = re.compile(r'\b(?:alt|title|aria-label|placeholder|label)="([^"]*)"')
# Of Markdown: the number of a step, the name of a heading, the way to a page of ours.
_MARKUP = re.compile(r"^\s*\d+\.\s|\{:?[^}]*\}|\]\((?!\w+:)[^)]*\)", re.MULTILINE)
_VARIABLE = re.compile(r"%\(\w+\)[sd]|\$?\{\w+\}")

ADDRESS = re.compile(
    r"https?://|\bwww\.|\b(?:mailto|tel):[\w+]|[\w.]+@\w|\b(?:rue|boulevard|avenue|allée|Strooss|\w*straße)\b"
)
NUMBER = re.compile(r"\d|€")

# Numbers as words beside what they count. In most languages “one” is also an article ("un jour", "ein Jahr", "een
# Dag"): there only English says it surely, and the values of facts are looked for as they stand.
_PERIODS = {
    "en": (
        r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|eighteen|twenty|thirty|sixty"
        r"|ninety|hundred|half an?|once an?|twice an?",
        r"(?:minute|hour|day|week|month|year|euro|cent)s?|percent|per cent",
    ),
    "fr": (
        r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|seize|dix-huit|vingt|trente|soixante|cent"
        r"|demie?|(?:une|deux) fois par",
        r"minutes?|heures?|jours?|journées?|semaines?|mois|ans?|années?|euros?|pour cent",
    ),
    "de": (
        r"zwei|zweier|drei|dreier|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|fünfzehn|sechzehn|achtzehn|zwanzig"
        r"|dreißig|sechzig|neunzig|hundert|halbe[rnsm]?|(?:ein|zwei)mal (?:im|in der|am|pro)",
        r"Minuten?|Stunden?|Tage?[ns]?|Wochen?|Monate?[ns]?|Jahre?[ns]?|Euros?|Cents?|Prozent",
    ),
    "lb": (
        r"zwee|zwou|zwéin|dräi|véier|fënnef|sechs|siwen|aacht|néng|zéng|eelef|zwielef|fofzéng|siechzéng|uechtzéng"
        r"|zwanzeg|drësseg|sechzeg|nonzeg|honnert|hallwen?|hallef|(?:ee|zwee)mol (?:am|d’|an der|de|den)",
        r"Minutten?|Stonne?n?|Deeg|Dag|Wochen?|Woch|Méint|Mount|Joer(?:en)?|Euros?|Cents?|Prozent",
    ),
}
_COUNTED = {
    language: re.compile(rf"(?<![\w’-])(?:{number})[\s\u00a0-]*(?:{unit})(?![\w’])", re.IGNORECASE)
    for language, (number, unit) in _PERIODS.items()
}


def typed(text: str, language: str) -> list[str]:
    """Each thing in a page, template or sentence that belongs into facts.toml or links.toml, with words around it."""
    counted = [_COUNTED[language]] if language in _COUNTED else []
    words = read_words(text)
    return [*_around(ADDRESS, _source(text)), *(each for kind in (NUMBER, *counted) for each in _around(kind, words))]


def read_words(text: str) -> str:
    """What is typed for readers: without what the build fills in, and without markup."""
    source = _source(text)
    words = _MARKUP.sub("](", f"{_spoken(source)} {_TAG.sub('', source)}")
    return " ".join(html.unescape(_VARIABLE.sub("", words)).split())


def _source(text: str) -> str:
    return _STYLE.sub("", _JINJA.sub("", text))


def _spoken(source: str) -> str:
    return " ".join(_SPOKEN.findall(source))


def _around(kind: re.Pattern[str], text: str) -> list[str]:
    return [" ".join(text[max(0, found.start() - 30) : found.end() + 30].split()) for found in kind.finditer(text)]
