"""What the page of the checker shows: its questions, and an answer, or every answer for the browser to choose from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from chalicelib.domain.eligibility import UNKNOWN, Checker, Met, RuleSet
from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme import eligibility, facts, links
from chalicelib.words import eligibility as said
from chalicelib.words.choices import IN_LANGUAGE
from chalicelib.words.formats import write_day


@dataclass(frozen=True)
class Part:
    """One sentence of an answer, under the name that `Checker.parts` gives it; `met` is no, unknown or yes."""

    name: str
    sentence: str
    met: str = ""


@dataclass(frozen=True)
class Section:
    """What an answer says about one programme."""

    programme: str
    rules: RuleSet
    verdicts: list[Part]
    decided: list[Part]
    reasons: list[Part]


def blank(language: str, mode: str, day: date) -> dict[str, Any]:
    """The page before anyone has answered, with every outcome in it.

    Raises ConfigurationError for rules without words, and for a day without rules.
    """
    checker = eligibility.on(day)
    _refuse_wordless(eligibility.load())
    return _values(checker, language, mode, given={})


def answered(given: Mapping[str, str], language: str, mode: str, day: date) -> dict[str, Any]:
    """The page with the answer to what was `given`."""
    checker = eligibility.on(day)
    parts = checker.parts(checker.complete(given))
    return {**_values(checker, language, mode, given), "answer": _sections(checker, mode, parts), "parts": parts}


def compiled(checker: Checker) -> dict[str, Any]:
    """The rules as the browser's module reads them."""
    return {
        "programmes": {
            rules.programme: {criterion.id: criterion.answers for criterion in rules.criteria}
            for rules in checker.rule_sets
        },
        "notes": checker.notes,
    }


def _values(checker: Checker, language: str, mode: str, given: Mapping[str, str]) -> dict[str, Any]:
    from jinja2.utils import htmlsafe_json_dumps  # noqa: PLC0415 - slow to import

    everything = _sections(checker, mode)
    return {
        "questions": {question: _answers(question, possible) for question, possible in checker.questions.items()},
        "legends": said.QUESTIONS,
        "hints": said.HINTS,
        "given": given,
        # Not the filter tojson: it sorts, and the order of the criteria says which one is named first.
        "rules": htmlsafe_json_dumps(compiled(checker), separators=(",", ":")),
        "everything": everything,
        "notes": [Part(f"note-{name}", said.NOTES[name]) for name in checker.notes],
        "places": _places(checker, language),
        "mode": mode,
        "answer": None,
        "parts": [],
        "pact_link": _pact_link(language),
        "plain_day": partial(write_day, language=language),
    }


def _answers(question: str, possible: tuple[str, ...]) -> dict[str, str]:
    words = {**said.ANSWERS[question], UNKNOWN: said.UNKNOWN}
    return {answer: words[answer] for answer in possible}


def _sections(checker: Checker, mode: str, parts: list[str] | None = None) -> list[Section]:
    """What is said about each programme: of `parts` in their order, or all there is."""
    chosen = _chooser(parts)
    return [
        Section(
            rules.programme,
            rules,
            chosen(_verdicts(rules.programme, mode)),
            chosen(Part(f"{rules.programme}-decided-{name}", words) for name, words in said.DECIDED.items()),
            chosen(_reasons(rules)),
        )
        for rules in checker.rule_sets
    ]


def _chooser(parts: list[str] | None) -> Callable[[Iterable[Part]], list[Part]]:
    if parts is None:
        return list
    return lambda every: sorted((part for part in every if part.name in parts), key=lambda part: parts.index(part.name))


def _verdicts(programme: str, mode: str) -> Iterator[Part]:
    words = said.WHILE_OPEN if (programme, mode) == ("cai", "open") else said.VERDICTS[programme]
    return (Part(f"{programme}-{met.word}", words[met], met.word) for met in Met)


def _reasons(rules: RuleSet) -> Iterator[Part]:
    for criterion in rules.criteria:
        name = f"{rules.programme}.{criterion.id}"
        yield from (Part(f"{name}-{met.word}", said.REASONS[name][met], met.word) for met in Met)


def _places(checker: Checker, language: str) -> dict[str, Any]:
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja

    known = facts.load()
    name = known.text("programme.replaced_by")
    read_on = min(criterion.checked for rules in checker.rule_sets for criterion in rules.criteria)
    return {
        "age": known.text("contract.minimum_age"),
        "adult": known.text("programme.replaced_by_age"),
        "pact": name if language == "lb" else Markup('<span lang="lb">{}</span>').format(name),
        "since": write_day(_day(known.get("programme.closed_since")), language),
        "read_on": write_day(read_on, language),
    }


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise ConfigurationError("facts.toml: programme.closed_since is no day")
    return value


def _pact_link(language: str) -> dict[str, str]:
    link = links.load()["biergerpakt"]
    target = link.language_for(language)
    return {"address": link.address_for(language), "language": target, "in_language": IN_LANGUAGE[target]}


def _refuse_wordless(checker: Checker) -> None:
    missing = said.wordless(
        {
            "question": set(checker.questions),
            "answer": {f"{name}.{each}" for name, all_ in checker.questions.items() for each in all_[:-1]},
            "criterion": {f"{rules.programme}.{each.id}" for rules in checker.rule_sets for each in rules.criteria},
            "programme": {rules.programme for rules in checker.rule_sets},
            "note": set(checker.notes),
        }
    )
    if missing:
        raise ConfigurationError(f"eligibility.toml and words/eligibility.py differ: {', '.join(missing)}")
