"""Long Luxembourgish words part at their joints; what somebody typed is left alone."""

import pytest

from chalicelib.words.joints import jointed, with_joints


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("Integratiounskontrakt", "Integratiouns&shy;kontrakt"),
        ("Informatiounsversammlung", "Informatiouns&shy;versammlung"),
        ("Integratioun", "Integratioun"),
        ("Kontrakt", "Kontrakt"),
    ],
)
def test_a_long_luxembourgish_word_may_part_at_its_joint(word, parted):
    assert jointed(word) == parted
    assert with_joints(f'<p title="{word}">{word}</p>') == f'<p title="{word}">{parted}</p>'


def test_what_somebody_typed_is_left_alone():
    typed = "<textarea>\nIntegratiounskontrakt</textarea>"

    assert with_joints(f"<p>{typed}</p>") == f"<p>{typed}</p>"
