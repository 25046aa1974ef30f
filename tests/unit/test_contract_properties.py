"""Whatever happens under a contract in whatever order, the rules of the fact sheet hold.

The office takes every step that it is not refused, and decides for whatever is left to it.
"""

from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as some

from chalicelib.domain.certificates import certified, may_certify, may_validate
from chalicelib.domain.contract import Attendance, Verdict, begun, standing
from chalicelib.domain.contract_state import Done, Ends, Missing, contract_state
from chalicelib.domain.errors import AgainstRulesError
from chalicelib.domain.papers import CertificateKind, Course
from chalicelib.domain.session import SessionKind
from chalicelib.domain.vouchers import completed, issued, may_issue, used
from tests.contract_examples import RULES, SIGNED, record, session

DAY = timedelta(days=1)
unhurried = settings(deadline=None, max_examples=100)

days = some.integers(-40, 800).map(lambda ahead: SIGNED + ahead * DAY)
kinds = some.sampled_from([CertificateKind.CITIZENSHIP, CertificateKind.ORIENTATION, CertificateKind.VALIDATION])


@dataclass(frozen=True)
class Step:
    """One thing that the office tries: what, with which voucher, on which day, with which attendance and kind."""

    what: str
    number: int
    gap: int
    attendance: int
    kind: CertificateKind = CertificateKind.COURSE
    decided: bool = True
    day: date = SIGNED


gaps = some.sampled_from([0, 0, 1, 7, 30, 200])
passed = some.sampled_from([70, 71, 100])
tried = some.builds(
    Step,
    some.sampled_from(["issue", "use", "complete", "certify", "attend"]),
    some.integers(1, 4),
    gaps,
    some.sampled_from([-1, 0, 69, 70, 100, 101]),
    some.sampled_from(CertificateKind),
    some.booleans(),
)


def course(number):
    """The steps of a course that goes well."""
    each = ("issue", "use", "complete", "certify")
    taken = [some.builds(Step, some.just(what), some.just(number), gaps, passed) for what in each]
    return some.tuples(*taken).map(list)


lives = some.builds(
    lambda courses, number, others: [*chain.from_iterable(courses[:number]), *others],
    some.tuples(course(1), course(2), course(3)),
    some.integers(0, 3),
    some.lists(tried, max_size=12),
)


def after(known, step):
    """The record once a step was taken."""
    if step.what == "issue":
        voucher = issued(known, RULES, step.day, decided=step.decided)
        return replace(known, vouchers=(*known.vouchers, voucher))
    if step.what == "certify":
        copy_of = step.number if step.kind is CertificateKind.COURSE else None
        certificate = certified(known, RULES, step.kind, step.day, copy_of, decided=step.decided)
        return replace(known, certificates=(*known.certificates, certificate))
    if step.what == "attend":
        kind = SessionKind.CITIZENSHIP if step.number % 2 else SessionKind.ORIENTATION
        met = session(kind, *(step.day + each * DAY for each in range(step.number)))
        went = Attendance(met, frozenset(range(1, step.number + 1)) - {step.attendance % 7})
        return replace(known, attended=(*known.attended, went), history=begun(known.history, step.day))
    voucher, history = changed(known, step)
    vouchers = tuple(voucher if each.number == voucher.number else each for each in known.vouchers)
    return replace(known, vouchers=vouchers, history=history)


def changed(known, step):
    if step.what == "use":
        begins = step.day + step.attendance % 7 * DAY
        voucher = used(known, RULES, step.number, Course("fr", step.day, begins))
        return voucher, begun(known.history, begins)
    return completed(known, step.number, step.day, step.attendance), known.history


def lived(life):
    """Each record that a life leads to, beginning with the one right after signing."""
    known, day = record(), SIGNED
    yield known
    for step in life:
        day += step.gap * DAY
        with suppress(AgainstRulesError):
            known = after(known, replace(step, day=day))
            yield known


def months_on(day, months):
    year, month = day.year + (day.month + months - 1) // 12, (day.month + months - 1) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@given(lives)
@unhurried
def test_there_are_never_more_than_three_courses_and_each_has_its_own_voucher(life):
    *_, known = lived(life)

    assert len(known.courses) <= 3
    assert [each.number for each in known.vouchers] == list(range(1, len(known.vouchers) + 1))
    assert all(each.issued_on <= course.registered_on <= each.valid_until for each, course in known.courses)


@given(lives)
@unhurried
def test_every_voucher_is_valid_for_six_months_and_issued_under_a_running_contract(life):
    *_, known = lived(life)

    assert all(each.valid_until == months_on(each.issued_on, 6) for each in known.vouchers)
    assert all(each.issued_on >= SIGNED for each in known.vouchers)


@given(lives, days)
@unhurried
def test_no_further_voucher_is_allowed_by_the_rules_alone(life, day):
    for known in lived(life):
        answer = may_issue(known, RULES, day)
        if known.vouchers or day != SIGNED:
            assert answer.verdict is not Verdict.ALLOWED
        if known.courses and answer.verdict is Verdict.OFFICE_DECIDES:
            voucher, first = known.courses[0]
            assert first.attendance >= 70
            assert first.completed_on <= day
            assert known.certificate(CertificateKind.COURSE, voucher.number)


@given(lives, days)
@unhurried
def test_a_step_is_taken_exactly_when_it_is_allowed_or_left_to_an_office_that_decides(life, day):
    *_, known = lived(life)
    answer = may_issue(known, RULES, day)

    for decided in (False, True):
        goes = answer.verdict is Verdict.ALLOWED or (decided and answer.verdict is Verdict.OFFICE_DECIDES)
        assert bool(voucher_of(known, day, decided)) == goes


def voucher_of(known, day, decided):
    try:
        return issued(known, RULES, day, decided=decided)
    except AgainstRulesError as refused:
        assert refused.why == may_issue(known, RULES, day).because
        return None


@given(lives, days, kinds)
@unhurried
def test_a_certificate_stands_for_something_that_was_attended(life, day, kind):
    for known in lived(life):
        allowed = may_certify(known, RULES, kind, day).verdict is Verdict.ALLOWED
        whole = {each.session.kind for each in known.attended if len(each.meetings) == len(each.session.meetings)}
        if allowed and kind is not CertificateKind.VALIDATION:
            assert SessionKind(kind.value) in whole
        if allowed and kind is CertificateKind.VALIDATION:
            assert {SessionKind.CITIZENSHIP, SessionKind.ORIENTATION} <= whole
            assert any(course.attendance >= 70 for _, course in known.courses if course.completed_on)


@given(lives, days)
@unhurried
def test_a_contract_runs_until_two_years_after_its_first_measure(life, day):
    for known in lived(life):
        begins = [course.begins_on for _, course in known.courses]
        begins += [first for each in known.attended if (first := each.session.start.date()) >= SIGNED]
        last = months_on(min(begins, default=SIGNED), 24)
        assert (standing(known, RULES, day).verdict is Verdict.ALLOWED) == (SIGNED <= day < last)


@given(lives, days)
@unhurried
def test_the_state_names_what_is_missing_until_the_rules_have_no_objection(life, day):
    for known in lived(life):
        state = contract_state(known, RULES, day)
        validated = known.certificate(CertificateKind.VALIDATION)
        parts = {Missing(each.value) for each in Missing if each.value == may_validate(known, RULES, day).because}
        assert validated or parts <= set(state.missing)
        assert not validated or state.missing == ()
        assert (Done.VALIDATED in dict(state.done)) == bool(validated)
        assert [on for _, on in state.done] == sorted(on for _, on in state.done)
        assert all(on >= day for what, on in state.ends if what is not Ends.CONTRACT_OVER)
