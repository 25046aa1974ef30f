"""What the owner of a contract reads: done, not there yet, and what ends when."""

from datetime import date

import pytest

from chalicelib.domain.contract import ContractRecord
from chalicelib.domain.contract_state import ContractState, Done, Ends, Missing, contract_state
from chalicelib.domain.papers import Certificate, CertificateKind
from chalicelib.domain.retention import History
from tests import contract_examples as some
from tests.contract_examples import (
    BEGINS,
    CITIZENSHIP,
    COMPLETED,
    COPY,
    DAY,
    ENDS,
    FIRST,
    ORIENTATION,
    RULES,
    SIGNED,
    VALID_UNTIL,
    record,
    under_way,
)

TODAY = date(2026, 8, 1)
ALL_MISSING = (Missing.COURSE, Missing.CITIZENSHIP, Missing.ORIENTATION)
UNBEGUN = (Ends.CONTRACT, date(2028, 3, 10))
CERTIFICATES = tuple(Certificate(kind, TODAY) for kind in (CertificateKind.CITIZENSHIP, CertificateKind.ORIENTATION))
VALIDATION = Certificate(CertificateKind.VALIDATION, TODAY + DAY)


def test_who_has_not_signed_has_no_contract():
    assert contract_state(ContractRecord(History(SIGNED)), RULES, TODAY) is None


@pytest.mark.parametrize(
    ("known", "today", "state"),
    [
        pytest.param(
            record(), TODAY, ContractState(((Done.SIGNED, SIGNED),), ALL_MISSING, (UNBEGUN,)), id="just signed"
        ),
        pytest.param(
            record(FIRST),
            VALID_UNTIL,
            ContractState(((Done.SIGNED, SIGNED),), ALL_MISSING, ((Ends.VOUCHER, VALID_UNTIL), UNBEGUN)),
            id="voucher on its last day",
        ),
        pytest.param(
            record(FIRST),
            VALID_UNTIL + DAY,
            ContractState(((Done.SIGNED, SIGNED),), ALL_MISSING, (UNBEGUN,)),
            id="voucher expired",
        ),
        pytest.param(
            record(under_way()),
            TODAY,
            ContractState(((Done.SIGNED, SIGNED), (Done.BEGUN, BEGINS)), ALL_MISSING, ((Ends.CONTRACT, ENDS),)),
            id="course under way",
        ),
        pytest.param(
            record(some.used(), attended=(CITIZENSHIP,)),
            TODAY,
            ContractState(
                (
                    (Done.SIGNED, SIGNED),
                    (Done.BEGUN, BEGINS),
                    (Done.CITIZENSHIP, date(2026, 5, 16)),
                    (Done.COURSE, COMPLETED),
                ),
                (Missing.COPY, Missing.ORIENTATION),
                ((Ends.CONTRACT, ENDS),),
            ),
            id="course completed",
        ),
        pytest.param(
            record(some.used(), COPY, *CERTIFICATES, attended=(CITIZENSHIP, ORIENTATION)),
            TODAY,
            ContractState(
                (
                    (Done.SIGNED, SIGNED),
                    (Done.BEGUN, BEGINS),
                    (Done.CITIZENSHIP, date(2026, 5, 16)),
                    (Done.ORIENTATION, date(2026, 6, 6)),
                    (Done.COURSE, COMPLETED),
                    (Done.COPY, COPY.recorded_on),
                    (Done.CITIZENSHIP_CERTIFICATE, TODAY),
                    (Done.ORIENTATION_CERTIFICATE, TODAY),
                ),
                (),
                ((Ends.CONTRACT, ENDS),),
            ),
            id="all parts",
        ),
        pytest.param(
            record(VALIDATION),
            ENDS,
            ContractState(
                ((Done.SIGNED, SIGNED), (Done.VALIDATED, TODAY + DAY)),
                (),
                ((Ends.CONTRACT_OVER, date(2028, 3, 10)),),
            ),
            id="validated, and over",
        ),
    ],
)
def test_the_state_says_what_is_done_what_is_missing_and_what_ends_when(known, today, state):
    assert contract_state(known, RULES, today) == state


@pytest.mark.parametrize(("today", "end"), [(ENDS - DAY, Ends.CONTRACT), (ENDS, Ends.CONTRACT_OVER)])
def test_a_contract_is_over_two_years_after_its_first_measure(today, end):
    assert (end, ENDS) in contract_state(record(under_way()), RULES, today).ends
