"""What the checker should say, written by hand from the sources and without a look at its rules."""

from collections.abc import Iterator
from datetime import date
from itertools import product

# Every answer that somebody can give; "unknown" also stands for no answer.
ANSWERS = {
    "nationality": ("foreign", "luxembourgish", "unknown"),
    "age": ("adult", "young", "child", "unknown"),
    "residence": ("legal", "without_right", "elsewhere", "unknown"),
    "work": ("yes", "no", "unknown"),
    "permit": ("temporary", "end_date", "other", "unknown"),
    "protection": ("pending", "none", "unknown"),
    "settle": ("yes", "no", "unknown"),
    "identify": ("yes", "no", "unknown"),
}

# On which day which programme can be joined. The day before the first contract nothing could.
PROGRAMMES = {
    date(2011, 10, 3): {"cai"},
    date(2023, 12, 31): {"cai"},
    date(2024, 1, 1): {"biergerpakt"},
    date(2026, 11, 22): {"biergerpakt"},
    date(2099, 12, 31): {"biergerpakt"},
}
NO_PROGRAMME = date(2011, 10, 2)

# What each answer leaves possible, where it is not the truth itself.
_POSSIBLE = {
    **{(question, "unknown"): answers[:-1] for question, answers in ANSWERS.items()},
    ("residence", "unknown"): ("legal", "no right", "elsewhere"),
    ("residence", "without_right"): ("no right",),
    ("permit", "unknown"): ("temporary", "other"),
    ("permit", "end_date"): ("temporary", "other"),
}


def everybody() -> Iterator[dict[str, str]]:
    """All combinations of answers."""
    return (dict(zip(ANSWERS, answers, strict=True)) for answers in product(*ANSWERS.values()))


def expected(answers: dict[str, str]) -> list[str]:
    """The names of what is said, in that order."""
    pact = {
        "adult": _judge(answers, "age", yes={"adult"}),
        "lives_or_works": _lives_or_works(answers),
    }
    cai = {
        "foreign": _judge(answers, "nationality", yes={"foreign"}),
        "old_enough": _judge(answers, "age", yes={"adult", "young"}),
        "legal_resident": _judge(answers, "residence", yes={"legal"}),
        "not_temporary": _judge(answers, "permit", yes={"other"}),
        "no_applicant": _judge(answers, "protection", yes={"none"}),
        "settling": _judge(answers, "settle", yes={"yes"}),
    }
    notes = ["note-young"] * (answers["age"] == "young") + ["note-identify"] * (answers["identify"] != "yes")
    unsure = "unknown" in (_all_of(pact), _all_of(cai))
    return [*_said("biergerpakt", pact), *_said("cai", cai), *notes, *(["contact"] if notes or unsure else [])]


def _judge(answers: dict[str, str], question: str, yes: set[str]) -> str:
    """What is true whatever the truth is among what the answer leaves possible."""
    possible = set(_POSSIBLE.get((question, answers[question]), (answers[question],)))
    if possible <= yes:
        return "yes"
    return "unknown" if possible & yes else "no"


def _lives_or_works(answers: dict[str, str]) -> str:
    if answers["work"] == "yes" or answers["residence"] == "legal":
        return "yes"
    # Whether living here without a right of residence counts is not known from the sources.
    return "no" if (answers["work"], answers["residence"]) == ("no", "elsewhere") else "unknown"


def _all_of(reasons: dict[str, str]) -> str:
    return next(word for word in ("no", "unknown", "yes") if word in reasons.values())


def _said(programme: str, reasons: dict[str, str]) -> Iterator[str]:
    verdict, missing = _all_of(reasons), list(reasons.values()).count("unknown")
    yield f"{programme}-{verdict}"
    if verdict == "no":
        yield f"{programme}-decided-no"
    if verdict == "unknown":
        yield f"{programme}-decided-unknown" if missing == 1 else f"{programme}-decided-unknowns"
    for word in ("no", "unknown", "yes"):
        yield from (f"{programme}.{name}-{word}" for name, reason in reasons.items() if reason == word)
