"""What people type is forgiven: blanks, dashes, control characters, digits of other scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.forms.normal import digits, lines, one_line


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("1990 0930 12358", "1990093012358"),
        ("1990-0930-12358", "1990093012358"),
        ("１９９０093012358", "1990093012358"),
        ("١٩٩٠0930 12358", "1990093012358"),
        (" 3 ", "3"),
        (None, ""),
    ],
)
def test_digits_are_made_plain(typed, plain):
    assert digits(typed) == plain


@pytest.mark.parametrize("name", ["Ana-María", "Nguyễn Thị", "Иван", "محمد", "伊藤", "O’Neill", "క్ష్మి", "می‌خواهم"])
def test_names_keep_every_script_and_accent(name):
    assert one_line(f"  {name} ") == name


def test_a_line_break_cannot_hide_in_one_line():
    assert one_line("a\r\nBcc: b\x00\x1b") == "a Bcc: b"


def test_several_lines_stay_apart():
    assert lines(" a \r\n b\r\n\r\n") == "a\nb"


@given(st.text())
def test_one_line_never_holds_a_control_character(typed):
    assert not set(one_line(typed)) & set(map(chr, range(32)))


@given(st.text())
def test_normal_form_is_stable(typed):
    assert one_line(one_line(typed)) == one_line(typed)
