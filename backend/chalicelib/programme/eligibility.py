"""The rules of eligibility.toml: loaded once, checked to the last answer, chosen by day."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from chalicelib.domain.eligibility import UNKNOWN, Checker, Criterion, Met, RuleSet
from chalicelib.domain.errors import ConfigurationError

PROGRAMMES = ("biergerpakt", "cai")
_MEANINGS = {met.word: met for met in Met}

Questions = Mapping[str, tuple[str, ...]]


@cache
def load() -> Checker:
    """All questions and rule sets. Raises ConfigurationError, naming the entry, for what does not fit together."""
    return read(tomllib.loads(files("chalicelib.programme").joinpath("eligibility.toml").read_text("utf-8")))


def on(day: date, checker: Checker | None = None) -> Checker:
    """What counts on a day in Luxembourg: of each programme the rules in force, or the last that were.

    Raises ConfigurationError for a day on which no rules are in force.
    """
    whole = checker or load()
    if not any(rules.is_valid(day) for rules in whole.rule_sets):
        raise ConfigurationError(f"eligibility.toml: no rule set is valid on {day}")
    begun = sorted((rules for rules in whole.rule_sets if rules.valid_from <= day), key=lambda rules: rules.valid_from)
    latest = {rules.programme: rules for rules in begun}
    return Checker(whole.questions, tuple(latest[name] for name in PROGRAMMES if name in latest), whole.notes)


def read(tables: Mapping[str, Any]) -> Checker:
    questions = {name: _answers(name, answers) for name, answers in tables["questions"].items()}
    rule_sets = tuple(_rule_set(entry, questions) for entry in tables["rule_sets"])
    notes = {name: _note(f"notes.{name}", entry, questions) for name, entry in tables["notes"].items()}
    _refuse_two_at_once(rule_sets)
    _refuse_idle(questions, rule_sets, notes)
    return Checker(questions, rule_sets, notes)


def _answers(name: str, answers: list[str]) -> tuple[str, ...]:
    _demand(UNKNOWN not in answers, f'questions.{name} has "{UNKNOWN}" by itself')
    _demand(len(set(answers)) == len(answers) >= 2, f"questions.{name} needs two different answers or more")
    return (*answers, UNKNOWN)


def _rule_set(entry: Mapping[str, Any], questions: Questions) -> RuleSet:
    programme, since, until = entry.get("programme", ""), entry.get("valid_from"), entry.get("valid_until")
    _demand(programme in PROGRAMMES, f"{programme or 'a rule set'} is no programme that we know")
    _demand(isinstance(since, date), f"{programme} lacks valid_from, a day")
    _demand(until is None or until >= since, f"{programme} ends before it begins")
    _demand_source(programme, entry)
    criteria = [_criterion(f"{programme}.{id_}", id_, each, questions) for id_, each in entry["criteria"].items()]
    return RuleSet(programme, entry["valid_from"], until, tuple(criteria))


def _criterion(name: str, id_: str, entry: Mapping[str, Any], questions: Questions) -> Criterion:
    _demand_source(name, entry)
    asked = entry.get("answers", {})
    _demand(bool(asked), f"{name} looks at no question")
    meaning = {
        question: _meaning(f"{name}.{question}", each, questions.get(question)) for question, each in asked.items()
    }
    return Criterion(id_, meaning, entry["source"], entry["checked"])


def _meaning(name: str, entry: Mapping[str, str], possible: tuple[str, ...] | None) -> dict[str, Met]:
    _demand(possible is not None, f"{name} is no question")
    _demand((*entry, UNKNOWN) == possible, f"{name} must say what each answer means, in their order")
    _demand(set(entry.values()) <= set(_MEANINGS), f"{name} knows only {', '.join(_MEANINGS)}")
    _demand({"yes", "no"} <= set(entry.values()), f"{name} decides nothing")
    return {**{answer: _MEANINGS[meaning] for answer, meaning in entry.items()}, UNKNOWN: Met.UNKNOWN}


def _note(name: str, entry: Mapping[str, list[str]], questions: Questions) -> dict[str, tuple[str, ...]]:
    for question, called in entry.items():
        _demand(question in questions, f"{name}.{question} is no question")
        _demand(set(called) <= set(questions[question]), f"{name}.{question} names an answer that is none")
    return {question: tuple(called) for question, called in entry.items()}


def _refuse_two_at_once(rule_sets: Iterable[RuleSet]) -> None:
    last: dict[str, RuleSet] = {}
    for rules in sorted(rule_sets, key=lambda rules: rules.valid_from):
        before = last.get(rules.programme)
        free = before is None or (before.valid_until or date.max - timedelta(1)) < rules.valid_from
        _demand(free, f"{rules.programme} has two rule sets on {rules.valid_from}")
        last[rules.programme] = rules


def _refuse_idle(questions: Questions, rule_sets: Iterable[RuleSet], notes: Mapping[str, Iterable[str]]) -> None:
    used = {question for rules in rule_sets for criterion in rules.criteria for question in criterion.answers}
    idle = set(questions) - used - {question for note in notes.values() for question in note}
    _demand(not idle, f"no rule looks at questions.{', '.join(sorted(idle))}")


def _demand_source(name: str, entry: Mapping[str, Any]) -> None:
    missing = [field for field in ("source", "checked") if not entry.get(field)]
    _demand(not missing, f"{name} lacks {', '.join(missing)}")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ConfigurationError(f"eligibility.toml: {otherwise}")
