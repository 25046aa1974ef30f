"""Who qualifies for what: criteria over answers, in three values, with a reason for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

UNKNOWN = "unknown"

Answers = Mapping[str, str]


class Met(IntEnum):
    """How far a criterion is met. The order is the logic: all of several is the least of them, any the greatest."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Criterion:
    """One condition: of each of its questions, what each answer means for it; one question that meets it is enough."""

    id: str
    answers: Mapping[str, Mapping[str, Met]]
    source: str
    checked: date

    def met(self, answers: Answers) -> Met:
        """What `answers`, complete ones, say of it."""
        return max(meaning[answers[question]] for question, meaning in self.answers.items())


@dataclass(frozen=True)
class RuleSet:
    """The conditions of a programme, valid from one day in Luxembourg to another, or without an end."""

    programme: str
    valid_from: date
    valid_until: date | None
    criteria: tuple[Criterion, ...]

    def is_valid(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def verdict(self, answers: Answers) -> "Verdict":
        return Verdict(self.programme, {criterion.id: criterion.met(answers) for criterion in self.criteria})


@dataclass(frozen=True)
class Verdict:
    """Whether somebody qualifies, and the reason that each criterion gives."""

    programme: str
    reasons: Mapping[str, Met]

    @property
    def met(self) -> Met:
        return min(self.reasons.values())

    def parts(self) -> Iterator[str]:
        """The names of what is said about it, in that order: the reason that decides first, then what is missing.

        One "no" is enough. Where there is none and more than one answer is missing, no single one decides.
        """
        yield f"{self.programme}-{self.met.word}"
        if self.met < Met.YES:
            missing = list(self.reasons.values()).count(Met.UNKNOWN)
            yield f"{self.programme}-decided-{self.met.word}{'s' if self.met and missing > 1 else ''}"
        for name, met in sorted(self.reasons.items(), key=lambda reason: reason[1]):
            yield f"{self.programme}.{name}-{met.word}"


@dataclass(frozen=True)
class Checker:
    """The questions with their answers, the rules that count, and the notes that some answers call for."""

    questions: Mapping[str, tuple[str, ...]]
    rule_sets: tuple[RuleSet, ...]
    notes: Mapping[str, Mapping[str, tuple[str, ...]]]

    def complete(self, given: Answers) -> dict[str, str]:
        """An answer to each question: what is missing or no answer of ours counts as "I do not know"."""
        return {
            question: given[question] if given.get(question) in possible else UNKNOWN
            for question, possible in self.questions.items()
        }

    def parts(self, answers: Answers) -> list[str]:
        """The names of all that is said to somebody with these answers; the browser's module gives the same."""
        verdicts = [rules.verdict(answers) for rules in self.rule_sets]
        notes = [
            name
            for name, calls in self.notes.items()
            if any(answers[question] in called for question, called in calls.items())
        ]
        unsure = any(verdict.met == Met.UNKNOWN for verdict in verdicts)
        return [
            *(part for verdict in verdicts for part in verdict.parts()),
            *(f"note-{name}" for name in notes),
            *(["contact"] if notes or unsure else []),
        ]
