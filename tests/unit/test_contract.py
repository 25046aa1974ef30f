"""The programme's rules, each refused step beside an allowed neighbour: see the fact sheet."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.booking import APPOINTMENT, Booking, BookingState, ContactFile
from chalicelib.domain.certificates import certified, may_certify, may_validate
from chalicelib.domain.contract import (
    ALLOWED,
    ContractRecord,
    Reason,
    begun,
    contract_record,
    first_measure,
    not_allowed,
    office_decides,
    signed,
    standing,
)
from chalicelib.domain.errors import AgainstRulesError
from chalicelib.domain.papers import Certificate, CertificateKind, Voucher
from chalicelib.domain.retention import History
from chalicelib.domain.session import SessionKind
from chalicelib.domain.vouchers import charge, completed, issued, may_issue, used
from tests import contract_examples as some
from tests.contract_examples import (
    BEGINS,
    CITIZENSHIP,
    COMPLETED,
    COPY,
    COURSE,
    DAY,
    ENDS,
    FIRST,
    ORIENTATION,
    RULES,
    SIGNED,
    VALID_UNTIL,
    attended,
    record,
    under_way,
)
from tests.examples import NOW
from tests.letter_examples import CONTACT

DONE = some.used()
SECOND = Voucher(2, date(2026, 8, 1), date(2027, 2, 1))
THIRD = Voucher(3, date(2026, 10, 1), date(2027, 4, 1))
LATER = date(2026, 12, 1)
UNSIGNED = ContractRecord(History(date(2026, 2, 1)))


def refusal(step, *given, **more):
    """Why a step is refused, and whether the office may decide."""
    with pytest.raises(AgainstRulesError) as refused:
        step(*given, **more)
    return refused.value.why, refused.value.office_decides


class TestTwoYears:
    @pytest.mark.parametrize(
        ("known", "day", "answer"),
        [
            pytest.param(UNSIGNED, SIGNED, not_allowed(Reason.UNSIGNED), id="never signed"),
            pytest.param(record(), SIGNED - DAY, not_allowed(Reason.UNSIGNED), id="before signing"),
            pytest.param(record(), SIGNED, ALLOWED, id="the day of signing"),
            pytest.param(record(), date(2028, 3, 9), ALLOWED, id="no measure, last day"),
            pytest.param(record(), date(2028, 3, 10), not_allowed(Reason.ENDED), id="no measure, two years after"),
            pytest.param(record(under_way()), ENDS - DAY, ALLOWED, id="first measure, last day"),
            pytest.param(record(under_way()), ENDS, not_allowed(Reason.ENDED), id="two years after the first measure"),
        ],
    )
    def test_a_contract_runs_from_signing_to_two_years_after_the_first_measure(self, known, day, answer):
        assert standing(known, RULES, day) == answer

    @pytest.mark.parametrize(
        ("known", "day", "first"),
        [
            pytest.param(History(SIGNED, signed_on=SIGNED), BEGINS, BEGINS, id="the first"),
            pytest.param(History(SIGNED, signed_on=SIGNED), SIGNED, SIGNED, id="on the day of signing"),
            pytest.param(History(SIGNED, signed_on=SIGNED), SIGNED - DAY, None, id="before signing"),
            pytest.param(History(SIGNED), BEGINS, None, id="never signed"),
            pytest.param(
                History(SIGNED, signed_on=SIGNED, first_measure_on=BEGINS), BEGINS + DAY, BEGINS, id="a later one"
            ),
            pytest.param(
                History(SIGNED, signed_on=SIGNED, first_measure_on=BEGINS), BEGINS - DAY, BEGINS - DAY, id="earlier"
            ),
        ],
    )
    def test_the_earliest_measure_after_signing_starts_them(self, known, day, first):
        assert begun(known, day) == replace(known, first_measure_on=first)


class TestIssuingAVoucher:
    @pytest.mark.parametrize(
        ("known", "day", "answer"),
        [
            pytest.param(record(), SIGNED, ALLOWED, id="at the meeting for signing"),
            pytest.param(record(), SIGNED - DAY, not_allowed(Reason.UNSIGNED), id="before it"),
            pytest.param(record(), SIGNED + DAY, office_decides(Reason.AFTER_MEETING), id="after it"),
            pytest.param(record(FIRST), VALID_UNTIL, not_allowed(Reason.FIRST_COURSE), id="the first is still valid"),
            pytest.param(record(FIRST), VALID_UNTIL + DAY, office_decides(Reason.EXPIRED), id="the first has expired"),
            pytest.param(record(under_way()), LATER, not_allowed(Reason.FIRST_COURSE), id="first course under way"),
            pytest.param(record(DONE, COPY), COMPLETED - DAY, not_allowed(Reason.FIRST_COURSE), id="a day too early"),
            pytest.param(record(DONE, COPY), COMPLETED, office_decides(Reason.ADDITIONAL), id="first course completed"),
            pytest.param(
                record(some.used(attendance=69), COPY), LATER, not_allowed(Reason.ATTENDANCE), id="with 69 percent"
            ),
            pytest.param(
                record(some.used(attendance=70), COPY), LATER, office_decides(Reason.ADDITIONAL), id="with 70 percent"
            ),
            pytest.param(record(DONE), LATER, not_allowed(Reason.COPY), id="no copy of the certificate"),
            pytest.param(
                record(DONE, replace(COPY, voucher=2)), LATER, not_allowed(Reason.COPY), id="a copy of another course"
            ),
            pytest.param(
                record(DONE, under_way(SECOND), COPY), LATER, office_decides(Reason.ADDITIONAL), id="two courses"
            ),
            pytest.param(
                record(DONE, under_way(SECOND), under_way(THIRD), COPY), LATER, not_allowed(Reason.MOST), id="three"
            ),
            pytest.param(
                record(DONE, SECOND, THIRD, COPY), SECOND.valid_until, not_allowed(Reason.MOST), id="three possible"
            ),
            pytest.param(
                record(DONE, SECOND, THIRD, COPY),
                SECOND.valid_until + DAY,
                office_decides(Reason.ADDITIONAL),
                id="one of three expired",
            ),
            pytest.param(record(DONE, COPY), ENDS - DAY, office_decides(Reason.ADDITIONAL), id="last day"),
            pytest.param(record(DONE, COPY), ENDS, not_allowed(Reason.ENDED), id="the contract has ended"),
        ],
    )
    def test_the_fact_sheet_answers_or_leaves_it_to_the_office(self, known, day, answer):
        assert may_issue(known, RULES, day) == answer

    def test_the_first_course_is_the_one_that_began_first(self):
        slow = some.used(FIRST, begins_on=BEGINS + DAY, attendance=10)
        known = record(slow, some.used(SECOND), replace(COPY, voucher=2))

        assert may_issue(known, RULES, LATER) == office_decides(Reason.ADDITIONAL)

    @pytest.mark.parametrize(
        ("signed", "until"),
        [
            (SIGNED, VALID_UNTIL),
            (date(2026, 8, 31), date(2027, 2, 28)),
            (date(2027, 8, 31), date(2028, 2, 29)),
            (date(2026, 12, 31), date(2027, 6, 30)),
        ],
    )
    def test_the_first_is_valid_for_six_months(self, signed, until):
        known = record(history=History(signed, signed_on=signed))

        assert issued(known, RULES, signed) == Voucher(1, signed, until)

    def test_the_first_is_not_valid_for_another_time(self):
        assert issued(record(), RULES, SIGNED, VALID_UNTIL) == FIRST
        for until in (VALID_UNTIL + DAY, VALID_UNTIL - DAY):
            assert refusal(issued, record(), RULES, SIGNED, until) == (Reason.VALIDITY, False)

    def test_how_long_another_one_is_valid_is_for_the_office(self):
        known, day = record(DONE, COPY), date(2026, 8, 1)

        assert issued(known, RULES, day, decided=True) == SECOND
        assert issued(known, RULES, day, day, decided=True) == replace(SECOND, valid_until=day)
        assert refusal(issued, known, RULES, day, day - DAY, decided=True) == (Reason.VALIDITY, False)

    def test_what_is_for_the_office_waits_for_its_decision(self):
        assert refusal(issued, record(DONE, COPY), RULES, LATER) == (Reason.ADDITIONAL, True)
        assert issued(record(DONE, COPY), RULES, LATER, decided=True).number == 2

    def test_no_decision_of_the_office_allows_what_the_fact_sheet_does_not(self):
        assert refusal(issued, record(DONE), RULES, LATER, decided=True) == (Reason.COPY, False)


class TestUsingAVoucher:
    @pytest.mark.parametrize("day", [SIGNED, VALID_UNTIL], ids=["first day", "last day"])
    def test_it_is_used_while_it_is_valid(self, day):
        course = replace(COURSE, registered_on=day, begins_on=VALID_UNTIL + DAY)

        assert used(record(FIRST), RULES, 1, course) == replace(FIRST, course=course)

    @pytest.mark.parametrize(
        ("known", "number", "changes", "why"),
        [
            pytest.param(record(FIRST), 1, {"registered_on": SIGNED - DAY}, Reason.NOT_VALID, id="before its day"),
            pytest.param(record(FIRST), 1, {"registered_on": VALID_UNTIL + DAY}, Reason.NOT_VALID, id="expired"),
            pytest.param(record(FIRST), 2, {}, Reason.NO_VOUCHER, id="never issued"),
            pytest.param(record(under_way()), 1, {}, Reason.USED, id="used before"),
            pytest.param(record(FIRST), 1, {"language": "pt"}, Reason.LANGUAGE, id="another language"),
            pytest.param(record(FIRST), 1, {"begins_on": date(2026, 3, 31)}, Reason.ORDER, id="begun before"),
        ],
    )
    def test_it_is_refused(self, known, number, changes, why):
        assert refusal(used, known, RULES, number, replace(COURSE, **changes)) == (why, False)

    @pytest.mark.parametrize("language", ["lb", "fr", "de"])
    def test_it_is_for_a_course_in_each_language_of_the_fact_sheet(self, language):
        course = replace(COURSE, language=language)

        assert used(record(FIRST), RULES, 1, course).course == course

    def test_a_fourth_course_is_refused_and_a_third_is_not(self):
        fourth = Voucher(4, THIRD.issued_on, THIRD.valid_until)
        course = replace(COURSE, registered_on=THIRD.issued_on, begins_on=LATER)
        two, three = (DONE, under_way(SECOND)), (DONE, under_way(SECOND), under_way(THIRD))

        assert used(record(*two, fourth), RULES, 4, course).course == course
        assert refusal(used, record(*three, fourth), RULES, 4, course) == (Reason.MOST, False)

    def test_a_course_is_not_completed_by_registering(self):
        assert used(record(FIRST), RULES, 1, DONE.course).course == COURSE

    @pytest.mark.parametrize(("known", "euros"), [(record(FIRST), 0), (record(DONE, under_way(SECOND)), 20)])
    def test_each_course_costs_ten_euros(self, known, euros):
        assert charge(known, RULES) == euros


class TestCompletingACourse:
    @pytest.mark.parametrize("attendance", [0, 69, 100])
    def test_it_is_completed_with_any_attendance(self, attendance):
        course = completed(record(under_way()), 1, BEGINS, attendance).course

        assert course == replace(COURSE, completed_on=BEGINS, attendance=attendance)

    @pytest.mark.parametrize(
        ("known", "number", "day", "attendance", "why"),
        [
            pytest.param(record(under_way()), 2, COMPLETED, 80, Reason.NO_VOUCHER, id="no such voucher"),
            pytest.param(record(FIRST), 1, COMPLETED, 80, Reason.UNUSED, id="no course"),
            pytest.param(record(DONE), 1, COMPLETED, 80, Reason.COMPLETED, id="completed before"),
            pytest.param(record(under_way()), 1, COMPLETED, 101, Reason.PERCENT, id="101 percent"),
            pytest.param(record(under_way()), 1, COMPLETED, -1, Reason.PERCENT, id="less than nothing"),
            pytest.param(record(under_way()), 1, BEGINS - DAY, 80, Reason.ORDER, id="before it began"),
        ],
    )
    def test_it_is_refused(self, known, number, day, attendance, why):
        assert refusal(completed, known, number, day, attendance) == (why, False)


class TestCertificates:
    @pytest.mark.parametrize(
        ("known", "answer"),
        [
            pytest.param((CITIZENSHIP,), ALLOWED, id="every meeting"),
            pytest.param((), not_allowed(Reason.CITIZENSHIP), id="none"),
            pytest.param(
                (attended(SessionKind.CITIZENSHIP, SIGNED, SIGNED + DAY, SIGNED + 2 * DAY, but=2),),
                not_allowed(Reason.CITIZENSHIP),
                id="all but one",
            ),
            pytest.param(
                (
                    attended(SessionKind.CITIZENSHIP, SIGNED, SIGNED + DAY, but=1),
                    attended(SessionKind.CITIZENSHIP, SIGNED, SIGNED + DAY, but=2, name="other"),
                ),
                not_allowed(Reason.CITIZENSHIP),
                id="every meeting, in two courses",
            ),
            pytest.param(
                (attended(SessionKind.INFORMATION, SIGNED),), not_allowed(Reason.CITIZENSHIP), id="another session"
            ),
        ],
    )
    def test_the_citizenship_course_takes_every_meeting_of_the_same_course(self, known, answer):
        assert may_certify(record(attended=known), RULES, CertificateKind.CITIZENSHIP, LATER) == answer

    def test_the_citizenship_course_is_not_for_signatories_alone(self):
        known = replace(UNSIGNED, attended=(CITIZENSHIP,))

        assert may_certify(known, RULES, CertificateKind.CITIZENSHIP, LATER) == ALLOWED

    @pytest.mark.parametrize(
        ("known", "answer"),
        [
            pytest.param(record(attended=(ORIENTATION,)), ALLOWED, id="took part"),
            pytest.param(record(), not_allowed(Reason.ORIENTATION), id="did not"),
            pytest.param(
                replace(UNSIGNED, attended=(ORIENTATION,)), not_allowed(Reason.ORIENTATION), id="had not signed"
            ),
            pytest.param(
                record(attended=(attended(SessionKind.ORIENTATION, SIGNED),)), ALLOWED, id="on the day of signing"
            ),
            pytest.param(
                record(attended=(attended(SessionKind.ORIENTATION, SIGNED - DAY),)),
                not_allowed(Reason.ORIENTATION),
                id="before signing",
            ),
        ],
    )
    def test_the_orientation_day_is_for_signatories(self, known, answer):
        assert may_certify(known, RULES, CertificateKind.ORIENTATION, LATER) == answer

    @pytest.mark.parametrize("kind", [CertificateKind.CITIZENSHIP, CertificateKind.ORIENTATION])
    def test_none_is_given_before_the_end_of_the_last_day(self, kind):
        known = record(attended=(CITIZENSHIP, ORIENTATION))
        last_day = {"citizenship": date(2026, 5, 16), "orientation": date(2026, 6, 6)}[kind]

        assert may_certify(known, RULES, kind, last_day) == ALLOWED
        assert may_certify(known, RULES, kind, last_day - DAY) == not_allowed(Reason(kind.value))

    @pytest.mark.parametrize(
        ("known", "voucher", "answer"),
        [
            pytest.param(record(DONE), 1, ALLOWED, id="of a completed course"),
            pytest.param(record(under_way()), 1, not_allowed(Reason.COURSE), id="of one under way"),
            pytest.param(record(FIRST), 1, not_allowed(Reason.COURSE), id="of none"),
            pytest.param(record(DONE), 2, not_allowed(Reason.COURSE), id="of another voucher"),
            pytest.param(record(DONE, COPY), 1, not_allowed(Reason.RECORDED), id="filed before"),
        ],
    )
    def test_the_copy_of_the_providers_certificate_is_filed(self, known, voucher, answer):
        assert may_certify(known, RULES, CertificateKind.COURSE, LATER, voucher) == answer

    @pytest.mark.parametrize(
        ("kind", "voucher"), [(CertificateKind.COURSE, None), (CertificateKind.CITIZENSHIP, 1)], ids=["none", "one"]
    )
    def test_a_copy_alone_belongs_to_a_voucher(self, kind, voucher):
        known = record(DONE, attended=(CITIZENSHIP,))

        assert refusal(certified, known, RULES, kind, LATER, voucher) == (Reason.NO_VOUCHER, False)
        other = None if voucher else 1
        assert certified(known, RULES, kind, LATER, other) == Certificate(kind, LATER, other)


class TestValidation:
    @pytest.mark.parametrize(
        ("known", "day", "answer"),
        [
            pytest.param(record(DONE, COPY, attended=(CITIZENSHIP, ORIENTATION)), LATER, ALLOWED, id="all parts"),
            pytest.param(
                replace(UNSIGNED, attended=(CITIZENSHIP,)), LATER, not_allowed(Reason.UNSIGNED), id="never signed"
            ),
            pytest.param(
                record(under_way(), COPY, attended=(CITIZENSHIP, ORIENTATION)),
                LATER,
                not_allowed(Reason.COURSE),
                id="no course completed",
            ),
            pytest.param(
                record(DONE, attended=(CITIZENSHIP, ORIENTATION)), LATER, not_allowed(Reason.COPY), id="no copy"
            ),
            pytest.param(
                record(some.used(attendance=69), COPY, attended=(CITIZENSHIP, ORIENTATION)),
                LATER,
                office_decides(Reason.ATTENDANCE),
                id="less than 70 percent",
            ),
            pytest.param(
                record(DONE, COPY, attended=(ORIENTATION,)),
                LATER,
                office_decides(Reason.CITIZENSHIP),
                id="no citizenship course",
            ),
            pytest.param(
                record(DONE, COPY, attended=(CITIZENSHIP,)),
                LATER,
                office_decides(Reason.ORIENTATION),
                id="no orientation day",
            ),
            pytest.param(
                record(DONE, COPY, attended=(CITIZENSHIP, ORIENTATION)), ENDS - DAY, ALLOWED, id="on the last day"
            ),
            pytest.param(
                record(DONE, COPY, attended=(CITIZENSHIP, ORIENTATION)),
                ENDS,
                office_decides(Reason.ENDED),
                id="after the two years",
            ),
        ],
    )
    def test_it_takes_what_the_fact_sheet_says_and_leaves_the_rest_to_the_office(self, known, day, answer):
        assert may_validate(known, RULES, day) == answer

    @pytest.mark.parametrize(
        ("papers", "answer"),
        [
            ((DONE, some.used(SECOND), COPY, replace(COPY, voucher=2)), office_decides(Reason.CITIZENSHIP)),
            ((DONE, some.used(SECOND), COPY), not_allowed(Reason.COPY)),
            ((DONE, under_way(SECOND), COPY), not_allowed(Reason.COURSE)),
        ],
    )
    def test_it_takes_as_many_courses_as_the_facts_say(self, papers, answer):
        assert may_validate(record(*papers), replace(RULES, courses_compulsory=2), LATER) == answer

    def test_it_is_recorded_once_and_by_decision_where_the_fact_sheet_is_silent(self):
        known = record(DONE, COPY, attended=(CITIZENSHIP,))
        validation = certified(known, RULES, CertificateKind.VALIDATION, LATER, decided=True)
        again = replace(known, certificates=(*known.certificates, validation))

        assert validation == Certificate(CertificateKind.VALIDATION, LATER)
        assert refusal(certified, known, RULES, CertificateKind.VALIDATION, LATER) == (Reason.ORIENTATION, True)
        assert refusal(certified, again, RULES, CertificateKind.VALIDATION, LATER, decided=True) == (
            Reason.RECORDED,
            False,
        )


class TestTheRecordOfAContact:
    @pytest.mark.parametrize("state", BookingState)
    def test_a_session_counts_once_it_was_attended(self, state):
        course, other = CITIZENSHIP.session, ORIENTATION.session
        bookings = (
            Booking(APPOINTMENT, "REF-A", 1, BookingState.ATTENDED, None, NOW),
            Booking(course.id, "REF-B", 1, state, None, NOW),
        )
        file = ContactFile(CONTACT, bookings, vouchers=(FIRST,), certificates=(COPY,))

        known = contract_record(file, [course, replace(other, id="two")])

        attended_ones = (CITIZENSHIP,) if state is BookingState.ATTENDED else ()
        assert known == ContractRecord(CONTACT.history, (FIRST,), attended_ones, (COPY,))


class TestTheDaysOfAContract:
    def test_a_signature_counts_from_its_day_with_the_first_measure_since(self):
        late = record(attended=(CITIZENSHIP, ORIENTATION), history=History(date(2026, 2, 1)))

        assert signed(late, SIGNED) == replace(late.history, signed_on=SIGNED, first_measure_on=date(2026, 5, 9))
        assert signed(late, date(2026, 5, 9)).first_measure_on == date(2026, 5, 9)
        after_the_course = signed(late, date(2026, 5, 10))
        assert after_the_course.first_measure_on == date(2026, 6, 6)
        assert signed(record(history=History(date(2026, 2, 1))), SIGNED).first_measure_on is None

    def test_a_first_measure_that_staff_recorded_stays_unless_it_is_older_than_the_signature(self):
        begun_early = replace(record().history, first_measure_on=BEGINS)

        assert signed(record(history=begun_early), SIGNED + DAY).first_measure_on == BEGINS
        assert signed(record(history=begun_early), BEGINS).first_measure_on == BEGINS
        assert signed(record(history=begun_early), BEGINS + DAY).first_measure_on is None

    def test_a_signature_is_taken_back_while_nothing_was_issued(self):
        known = record(history=replace(record().history, first_measure_on=BEGINS))

        assert signed(known, None) == replace(known.history, signed_on=None, first_measure_on=None)
        assert refusal(signed, record(FIRST), None) == (Reason.PAPERS, False)
        assert refusal(signed, record(COPY), None) == (Reason.PAPERS, False)

    def test_no_paper_is_older_than_the_contract(self):
        assert signed(record(FIRST), SIGNED - DAY).signed_on == SIGNED - DAY
        assert signed(record(FIRST), SIGNED).signed_on == SIGNED
        assert refusal(signed, record(FIRST), SIGNED + DAY) == (Reason.PAPERS, False)

    def test_the_first_measure_comes_with_or_after_the_signature(self):
        assert first_measure(record(), SIGNED).first_measure_on == SIGNED
        assert refusal(first_measure, record(), SIGNED - DAY) == (Reason.UNSIGNED, False)
        assert refusal(first_measure, record(history=History(SIGNED)), SIGNED) == (Reason.UNSIGNED, False)

    def test_a_course_begins_while_the_contract_runs(self):
        course = replace(COURSE, registered_on=SIGNED, begins_on=date(2028, 3, 9))

        assert some.RULES.retention.contract_ends(record(FIRST).history) == date(2028, 3, 10)
        assert used(record(FIRST), RULES, 1, course).course == course
        late = replace(course, begins_on=date(2028, 3, 10))
        assert refusal(used, record(FIRST), RULES, 1, late) == (Reason.ENDED, False)


def test_what_the_office_may_decide_is_refused_until_it_has():
    open_to_office = office_decides(Reason.ADDITIONAL)

    assert refusal(open_to_office.insist) == (Reason.ADDITIONAL, True)
    assert open_to_office.insist(decided=True) is None
