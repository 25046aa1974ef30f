"""The figures of the bench, as a page shows them."""

import json

import pytest

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.language import LANGUAGES
from hooks.measured import RESULTS, Measured

FIGURES = [
    {"what": "calls for each, among many", "ours": 7.25, "theirs": 64204.4},
    {"what": "calls in all", "ours": 12.6, "theirs": 0.0},
]


@pytest.fixture
def results(tmp_path):
    file = tmp_path / "RESULTS.json"
    days = {"weight": "2026-11-22", "deletion": "2026-10-01"}
    file.write_text(json.dumps({name: {"day": day, "figures": FIGURES} for name, day in days.items()}))
    return file


@pytest.mark.parametrize(
    ("language", "small", "large"),
    [("en", "7.2", "64,204"), ("fr", "7,2", "64\u202f204"), ("de", "7,2", "64.204"), ("lb", "7,2", "64.204")],
)
def test_numbers_are_written_as_the_language_does(results, language, small, large):
    measured = Measured(language, results)

    assert measured.ours("weight", "calls for each, among many") == small
    assert measured.theirs("weight", "calls for each, among many") == large
    assert (measured.ours("weight", "calls in all"), measured.theirs("weight", "calls in all")) == ("13", "0")


def test_the_day_is_that_of_the_oldest_measurement(results):
    assert Measured("en", results).day == "1 October 2026"


@pytest.mark.parametrize(("module", "what"), [("weight", "speed"), ("weight", "calls"), ("nothing", "calls in all")])
def test_a_figure_that_nobody_measured_is_named(results, module, what):
    with pytest.raises(ConfigurationError, match=f"figures of {module} are called “{what}”"):
        Measured("en", results).ours(module, what)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_this_release_can_be_read(language):
    assert RESULTS.exists()
    assert Measured(language).day
