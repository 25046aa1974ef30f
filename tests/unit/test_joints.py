"""Long words part at their joints where browsers know no hyphenation; what somebody typed is left alone."""

import pytest

from chalicelib.words.joints import jointed, with_joints


@pytest.mark.parametrize(
    ("language", "word", "parted"),
    [
        ("lb", "Integratiounskontrakt", "Integratiouns&shy;kontrakt"),
        ("lb", "Informatiounsversammlung", "Informatiouns&shy;versammlung"),
        ("lb", "Integratioun", "Integratioun"),
        ("lb", "Kontrakt", "Kontrakt"),
        ("de", "Informationsveranstaltung", "Informations&shy;veranstaltung"),
        ("de", "Orientierungstag", "Orientierungs&shy;tag"),
        ("de", "Aufenthaltsberechtigten", "Aufenthalts&shy;berechtigten"),
        ("de", "Pflichtanwesenheit", "Pflicht&shy;anwesenheit"),
        ("de", "Staatsangehörigkeit", "Staats&shy;angehörigkeit"),
        ("de", "Pflichten", "Pflichten"),
        ("de", "Integration", "Integration"),
        ("fr", "Informationsveranstaltung", "Informationsveranstaltung"),
    ],
)
def test_a_long_word_may_part_at_its_joint(language, word, parted):
    assert jointed(word, language) == parted
    assert with_joints(f'<p title="{word}">{word}</p>', language) == f'<p title="{word}">{parted}</p>'


@pytest.mark.parametrize(("language", "word"), [("lb", "Integratiounskontrakt"), ("de", "Integrationsvertrag")])
def test_what_somebody_typed_is_left_alone(language, word):
    typed = f"<textarea>\n{word}</textarea>"

    assert with_joints(f"<p>{typed}</p>", language) == f"<p>{typed}</p>"
