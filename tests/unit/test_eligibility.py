"""The checker says what the sources say, to every combination of answers; no change of a rule goes unseen."""

import tomllib
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import permutations

import pytest

from chalicelib.domain.eligibility import UNKNOWN
from chalicelib.domain.errors import ConfigurationError
from chalicelib.programme import eligibility, facts
from chalicelib.web.checking import answered, blank
from chalicelib.words.eligibility import ANSWERS as WORDS
from chalicelib.words.eligibility import QUESTIONS
from tests.eligibility import ANSWERS, NO_PROGRAMME, PROGRAMMES, everybody, expected

TODAY = date(2026, 11, 22)
EVERYBODY = [(answers, expected(answers)) for answers in everybody()]
TABLES = tomllib.loads(files("chalicelib.programme").joinpath("eligibility.toml").read_text("utf-8"))

QUALIFIED = {
    "nationality": "foreign",
    "age": "adult",
    "residence": "legal",
    "work": "yes",
    "permit": "other",
    "protection": "none",
    "settle": "yes",
    "identify": "yes",
}


def parts(**changes):
    return eligibility.on(TODAY).parts(QUALIFIED | changes)


@cache
def said_to_everybody():
    checker = eligibility.on(TODAY)
    return {tuple(answers.values()): checker.parts(answers) for answers, _ in EVERYBODY}


def programmes(day, checker):
    return {rules.programme for rules in eligibility.on(day, checker).rule_sets if rules.is_valid(day)}


def is_true(checker):
    """Whether these rules say on every day and to everybody what the sources say."""
    today = eligibility.on(TODAY, checker)
    return (
        all(programmes(day, checker) == joined for day, joined in PROGRAMMES.items())
        and not any(rules.is_valid(NO_PROGRAMME) for rules in checker.rule_sets)
        and dict(today.questions) == ANSWERS
        and all(today.parts(answers) == said for answers, said in EVERYBODY)
    )


def is_caught(tables):
    try:
        return not is_true(eligibility.read(tables))
    except ConfigurationError:
        return True


def test_the_rules_say_to_everybody_what_the_sources_say():
    assert len(EVERYBODY) == 15_552
    assert is_true(eligibility.load())


def test_somebody_qualified_is_told_so_and_nothing_is_left_to_ask():
    assert parts()[0] == "biergerpakt-yes"
    assert "cai-yes" in parts()
    assert "contact" not in parts()


@pytest.mark.parametrize(
    ("change", "decisive"),
    [
        ({"nationality": "luxembourgish"}, "cai.foreign-no"),
        ({"age": "child"}, "cai.old_enough-no"),
        ({"residence": "elsewhere"}, "cai.legal_resident-no"),
        ({"residence": "without_right"}, "cai.legal_resident-no"),
        ({"permit": "temporary"}, "cai.not_temporary-no"),
        ({"protection": "pending"}, "cai.no_applicant-no"),
        ({"settle": "no"}, "cai.settling-no"),
        ({"age": "young"}, "biergerpakt.adult-no"),
        ({"residence": "elsewhere", "work": "no"}, "biergerpakt.lives_or_works-no"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_criterion_decides_by_itself_and_is_named(change, decisive):
    said, programme = parts(**change), decisive.split(".")[0]

    assert f"{programme}-no" in said
    assert said[said.index(f"{programme}-decided-no") + 1] == decisive
    assert [part for part in said if part.startswith(f"{programme}.") and part.endswith("-no")] == [decisive]


@pytest.mark.parametrize("answer", ["end_date", "unknown"])
def test_an_end_date_or_doubt_about_a_permit_is_no_firm_no_and_names_somebody_to_ask(answer):
    said = parts(permit=answer)

    assert {"cai-unknown", "cai-decided-unknown", "cai.not_temporary-unknown", "contact"} <= set(said)


def test_sixteen_and_seventeen_year_olds_qualify_for_the_cai_not_for_the_pact_and_get_a_person():
    assert {"biergerpakt-no", "cai-yes", "note-young", "contact"} <= set(parts(age="young"))


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_people_without_strong_online_identification_get_a_person(answer):
    assert {"biergerpakt-yes", "note-identify", "contact"} <= set(parts(identify=answer))


def test_a_luxembourger_and_a_cross_border_worker_may_join_the_pact():
    assert "biergerpakt-yes" in parts(nationality="luxembourgish")
    assert "biergerpakt-yes" in parts(residence="elsewhere", permit="other")


def test_answering_what_was_unknown_never_turns_a_no_or_a_yes_around():
    firm = {f"{programme}-{word}" for programme in eligibility.PROGRAMMES for word in ("no", "yes")}
    verdicts = {answers: firm & set(parts) for answers, parts in said_to_everybody().items()}

    for answers, before in verdicts.items():
        for place, possible in enumerate(ANSWERS.values()):
            if answers[place] == UNKNOWN:
                for answer in possible:
                    assert before <= verdicts[(*answers[:place], answer, *answers[place + 1 :])], (answers, answer)


def test_every_question_and_every_outcome_can_be_reached():
    said = {part for parts in said_to_everybody().values() for part in parts}
    page = blank("en", "demonstration", TODAY)
    outcomes = [part.name for section in page["everything"] for part in (*section.verdicts, *section.decided)]
    outcomes += [part.name for section in page["everything"] for part in section.reasons]

    assert said == {*outcomes, *(note.name for note in page["notes"]), "contact"}


@pytest.mark.parametrize("question", ANSWERS)
def test_every_answer_to_a_question_makes_a_difference_to_somebody(question):
    abroad = {"residence": "elsewhere"}
    said = {answer: (parts(**{question: answer}), parts(**abroad | {question: answer})) for answer in ANSWERS[question]}

    assert said[ANSWERS[question][0]] != said[ANSWERS[question][1]]
    assert said[UNKNOWN] != said[ANSWERS[question][0]]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("closed", "Under these rules, you would have qualified."),
        ("demonstration", "Under these rules, you would have qualified."),
        ("open", "Under these rules, you qualify."),
    ],
)
def test_only_an_open_programme_speaks_of_the_rules_in_the_present(mode, words):
    (cai,) = (each for each in answered(QUALIFIED, "en", mode, TODAY)["answer"] if each.programme == "cai")

    assert [part.sentence for part in cai.verdicts] == [words]


def test_what_is_missing_or_strange_counts_as_not_known():
    assert answered({}, "en", "closed", TODAY)["parts"] == expected(dict.fromkeys(ANSWERS, UNKNOWN))
    assert (
        answered({"age": "<b>", "x": "y"}, "en", "closed", TODAY)["parts"]
        == answered({}, "en", "closed", TODAY)["parts"]
    )


@pytest.mark.parametrize(("day", "joined"), PROGRAMMES.items(), ids=str)
def test_each_programme_has_its_days(day, joined):
    assert programmes(day, eligibility.load()) == joined


def test_a_day_without_rules_stops_the_build():
    with pytest.raises(ConfigurationError, match=r"eligibility\.toml: no rule set is valid on 2011-10-02"):
        blank("en", "closed", NO_PROGRAMME)


def mutations():
    """Each small change of a rule, with a name."""
    for place, rules in enumerate(TABLES["rule_sets"]):
        name = rules["programme"]
        yield f"no {name}", changed(lambda t, place=place: t["rule_sets"].pop(place))
        for field in ("valid_from", "valid_until"):
            yield from dates(place, name, field, rules.get(field))
        yield from criteria(place, name, rules["criteria"])
    yield from notes()
    yield from questions()


def dates(place, name, field, day):
    if day is None:
        yield f"{name} ends", changed(lambda t: t["rule_sets"][place].update({field: date(2026, 1, 1)}))
        return
    for days in (-366, -1, 1, 366):
        later = day + timedelta(days)
        yield f"{name} {field} {days:+}", changed(lambda t, later=later: t["rule_sets"][place].update({field: later}))
    yield f"{name} without {field}", changed(lambda t: t["rule_sets"][place].pop(field))


def criteria(place, name, criteria):
    for criterion, entry in criteria.items():
        yield f"{name} drops {criterion}", changed(lambda t, c=criterion: t["rule_sets"][place]["criteria"].pop(c))
        for question, meaning in entry["answers"].items():
            at = (place, criterion, question)
            yield f"{name}.{criterion} drops {question}", changed(lambda t, at=at: answers_at(t, at[:2]).pop(at[2]))
            for answer, met in meaning.items():
                for other in {"yes", "no", "unknown"} - {met}:
                    change = {answer: other}
                    yield (
                        f"{name}.{criterion}.{question}: {answer} = {other}",
                        changed(lambda t, at=at, change=change: answers_at(t, at[:2])[at[2]].update(change)),
                    )
    for first, second in permutations(criteria, 2):
        yield f"{name} names {first} before {second}", changed(lambda t, a=first, b=second: swap(t, place, a, b))


def answers_at(tables, at):
    return tables["rule_sets"][at[0]]["criteria"][at[1]]["answers"]


def swap(tables, place, first, second):
    entries = tables["rule_sets"][place]["criteria"]
    names = {first: second, second: first}
    tables["rule_sets"][place]["criteria"] = {names.get(n, n): entries[names.get(n, n)] for n in entries}


def notes():
    for note, calls in TABLES["notes"].items():
        yield f"no note {note}", changed(lambda t, n=note: t["notes"].pop(n))
        for question in calls:
            for answer in ANSWERS[question]:
                at = (note, question, answer)
                yield (
                    f"note {note} at {answer}, or not",
                    changed(lambda t, at=at: toggle(t["notes"][at[0]][at[1]], at[2])),
                )


def toggle(answers, answer):
    answers.remove(answer) if answer in answers else answers.append(answer)


def questions():
    for question, answers in TABLES["questions"].items():
        yield f"no question {question}", changed(lambda t, q=question: t["questions"].pop(q))
        for answer in answers:
            at = (question, answer)
            yield f"{question} without {answer}", changed(lambda t, at=at: t["questions"][at[0]].remove(at[1]))


def changed(change):
    tables = deepcopy(TABLES)
    change(tables)
    return tables


MUTATIONS = dict(mutations())


@pytest.mark.parametrize("tables", MUTATIONS.values(), ids=MUTATIONS)
def test_no_change_of_a_rule_goes_unseen(tables):
    assert is_caught(tables)


def test_the_rules_as_they_are_are_not_taken_for_a_change():
    assert len(MUTATIONS) > 100
    assert not is_caught(deepcopy(TABLES))


def ages(known):
    """What the page says about ages."""
    places = {"age": known["contract.minimum_age"], "adult": known["programme.replaced_by_age"]}
    return [QUESTIONS["age"] % places, *(words % places for words in WORDS["age"].values())]


SAID = ["Are you 16 or older?", "Yes, I am 18 or older", "Yes, but I am not 18 yet", "No, I am under 16"]


def test_the_ages_are_those_of_the_facts():
    known = {key: facts.load().number(key) for key in ("contract.minimum_age", "programme.replaced_by_age")}

    assert ages(known) == SAID


@pytest.mark.parametrize("age", ["contract.minimum_age", "programme.replaced_by_age"])
@pytest.mark.parametrize("years", [-1, 1])
def test_no_change_of_an_age_goes_unseen(age, years):
    known = {key: facts.load().number(key) for key in ("contract.minimum_age", "programme.replaced_by_age")}

    assert ages(known | {age: known[age] + years}) != SAID
