"""What mutmut lists is told for each module, and each change that no test noticed by its name."""

from hooks.mutants import report

RESULTS = """
    chalicelib.domain.days.x_years_after__mutmut_1: killed
    chalicelib.domain.days.x_years_after__mutmut_2: survived
    chalicelib.domain.days.x_years_after__mutmut_3: not checked
    chalicelib.domain.seats.x_full_letter__mutmut_1: timeout
""".splitlines()


def test_modules_are_counted_and_what_survived_is_named():
    assert list(report(RESULTS)) == [
        "    1 of     2  chalicelib.domain.days",
        "    1 of     1  chalicelib.domain.seats",
        "    2 of     3",
        "survived: chalicelib.domain.days.x_years_after__mutmut_2",
    ]
