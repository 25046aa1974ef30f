"""The numbers of a month at the desk: of deletions and of what staff did, small ones hidden, also as a table."""

import csv
import io
from datetime import date

import pytest

from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.received import CHANGES
from chalicelib.storage.items import received
from tests.web.test_desk_sessions import STAFF, Staff, text


@pytest.fixture
def staff():
    staff = Staff()
    staff.store.deletions.update({("2026-11", "took_part"): 12, ("2026-11", "asked"): 4, ("2026-10", "asked"): 30})
    staff.store.received.update({f"REF-{at}": received(staff.now, "slot" if at else CHANGES) for at in range(8)})
    staff.store.references.update(dict.fromkeys(staff.store.received, "one"))
    staff.audit.deeds += [Deed(staff.now, STAFF, Act.ANSWERED, "2222-222A")] * 7
    staff.audit.deeds += [Deed(staff.now, STAFF, Act.REFUSED, "2222-222A"), Deed(staff.now, STAFF, Act.SIGNED_IN)]
    return staff


def table(staff, month="2026-11", language="en"):
    answer = staff.get("months/{month}", month, language=language, **{"as": "csv"})
    assert answer.status == 200
    return {label: number for _, label, number in csv.reader(io.StringIO(answer.body))}, answer


def test_numbers_are_told_and_small_ones_are_not(staff):
    numbers, _ = table(staff)

    assert (numbers["Individual appointment"], numbers["Citizenship course"]) == ("7", "0")
    assert numbers["Changes to an earlier form"] == "fewer than five"
    assert numbers["Took part, but signed no contract"] == "12"
    assert numbers["Asked for the deletion themselves"] == "fewer than five"
    assert numbers["Never took part in an information session"] == "0"
    assert (numbers["answered"], numbers["refused an appointment"]) == ("7", "fewer than five")
    assert numbers["Overdue"] == "0"
    assert "signed in" not in numbers


def test_the_page_says_what_the_table_says(staff):
    page = staff.read("months/{month}", "2026-11")

    for label, number in table(staff)[0].items():
        assert f"{label}: {number}" in page
    assert "November 2026" in page and "?as=csv" in staff.get("months/{month}", "2026-11").body


@pytest.mark.parametrize(("overdue", "said"), [(1, "fewer than five"), (4, "fewer than five"), (5, "5")])
def test_what_is_overdue_is_told(staff, overdue, said):
    staff.store.due_on.update({f"due {number}": date(2026, 11, 1) for number in range(overdue)})

    assert table(staff)[0]["Overdue"] == said


def test_another_month_has_its_own_numbers(staff):
    assert table(staff, "2026-10")[0]["Asked for the deletion themselves"] == "30"
    assert table(staff, "2026-10")[0]["answered"] == table(staff, "2026-10")[0]["Individual appointment"] == "0"
    assert "/api/desk/en/months/2026-09" in staff.get("months/{month}", "2026-10").body


@pytest.mark.parametrize("month", ["now", "2026-13", "0000-01", "2026-11-01", ""])
def test_what_is_no_month_is_this_month(staff, month):
    assert "November 2026" in text(staff.get("months/{month}", month))


def test_the_table_is_a_file_of_its_own(staff):
    _, answer = table(staff, language="fr")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="CAI-2026-11.csv"'
    assert "moins de cinq" in answer.body
