"""Published test numbers of the Luxembourg social security number."""

import pytest
from stdnum import luhn, verhoeff

from chalicelib.domain.matricule import is_valid


@pytest.mark.parametrize(
    "number",
    [
        "1893120105732",
        "1990093012358",
        "1993102814564",
        "2001120308757",
        "1979122003208",
        "1966051507682",
        "1980010145728",
        pytest.param("4005021384333", id="shifted year 4005"),
        pytest.param("3934052492435", id="shifted year 3934"),
    ],
)
def test_a_published_number_is_good(number):
    assert is_valid(number)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("1893120105733", id="Verhoeff digit wrong"),
        pytest.param("1893120105702", id="Luhn digit wrong"),
        pytest.param("1980010145628", id="Luhn and Verhoeff wrong"),
        pytest.param("1980010145718", id="last digits wrong"),
        pytest.param("1980010145723", id="last digit wrong"),
        pytest.param("2000060500127", id="Verhoeff over twelve digits"),
        pytest.param("199009301235", id="twelve digits"),
        pytest.param("19900930123588", id="fourteen digits"),
        pytest.param("199009301235x", id="a letter"),
        pytest.param("someone@pt.lu", id="thirteen other signs"),
        pytest.param("１990093012358", id="a full-width digit, which the form has made plain before"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_wrong_number_is_refused(number):
    assert not is_valid(number)


def with_check_digits(body):
    return body + luhn.calc_check_digit(body) + verhoeff.calc_check_digit(body)


@pytest.mark.parametrize("birthday", ["19900000", "19900031", "19900200", "39900229"])
def test_an_unknown_month_or_day_is_good_and_a_shifted_year_may_be_a_leap_year(birthday):
    assert is_valid(with_check_digits(f"{birthday}123"))


@pytest.mark.parametrize("birthday", ["19901301", "19900230", "19900432"])
def test_a_birthday_that_no_calendar_has_is_refused(birthday):
    assert not is_valid(with_check_digits(f"{birthday}123"))
