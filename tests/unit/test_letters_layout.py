"""Plain text has short lines, and breaks none of them where it hurts."""

import pytest

from chalicelib.letters.layout import WIDTH, wrap

FILL = "x" * 60


@pytest.mark.parametrize(
    ("written", "laid_out"),
    [
        pytest.param("a\n\n\n\n\nb", "a\n\nb\n", id="one empty line between paragraphs"),
        pytest.param("\n\n  a  \n\n", "a\n", id="nothing around it"),
        pytest.param(f"{FILL} one two three", f"{FILL} one two\nthree\n", id="broken at a blank"),
        pytest.param(f"- {FILL} fourteen two", f"- {FILL} fourteen\n  two\n", id="a list hangs"),
        pytest.param(f"{FILL}xx: 8002 6006 x", f"{FILL}xx:\n8002 6006 x\n", id="a phone number stays whole"),
        pytest.param(f"{FILL}x 31 March 2027", f"{FILL}x\n31 March 2027\n", id="a day stays whole"),
        pytest.param(f"{FILL}x 31. Mäerz 2027", f"{FILL}x\n31. Mäerz 2027\n", id="a day with a dot stays whole"),
        pytest.param(
            f"{FILL}xxxxxxx Réf\u00a0: x", f"{FILL}xxxxxxx\nRéf\u00a0: x\n", id="no break before a French colon"
        ),
        pytest.param(f"a {'y' * 90} b", f"a\n{'y' * 90}\nb\n", id="a long word stands alone"),
    ],
)
def test_text_is_laid_out(written, laid_out):
    assert wrap(written) == laid_out


def test_lines_have_at_most_72_columns():
    assert max(len(line) for line in wrap("word " * 100).splitlines()) <= WIDTH == 72
