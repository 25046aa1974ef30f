"""Machine translation is told to leave names, numbers and addresses alone."""

import pytest

from chalicelib.words.names import with_names_kept

NAMES = ["Forum CAI", "a@b.lu", "8002", "CAI"]


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>The CAI ended.</p>", '<p>The <span translate="no">CAI</span> ended.</p>'),
        (
            "<p>CAI <b>of</b> CAI</p>",
            '<p><span translate="no">CAI</span> <b>of</b> <span translate="no">CAI</span></p>',
        ),
        ('<a href="tel:8002">8002</a>', '<a href="tel:8002" translate="no">8002</a>'),
        ('<a href="mailto:a@b.lu">Write</a>', '<a href="mailto:a@b.lu">Write</a>'),
        ("<b>Forum CAI</b>", '<b translate="no">Forum CAI</b>'),
        ('<i lang="fr">Institut</i>', '<i lang="fr" translate="no">Institut</i>'),
        ("<p>CAIs, www.CAI.lu, xa@b.lu, 80021</p>", "<p>CAIs, www.CAI.lu, xa@b.lu, 80021</p>"),
    ],
)
def test_a_name_is_kept_wherever_it_stands(html, kept):
    assert with_names_kept(html, NAMES) == kept


@pytest.mark.parametrize(
    "html",
    [
        "<title>CAI</title>",
        "<textarea>\nCAI</textarea>",
        "<option>CAI</option>",
        '<p title="CAI">x</p>',
        "<!-- CAI -->",
        '<p translate="no">CAI <b>CAI</b></p>',
    ],
)
def test_what_cannot_be_marked_or_is_already_stays_as_it_is(html):
    assert with_names_kept(html, NAMES) == html


def test_marking_twice_is_marking_once():
    once = with_names_kept('<p>The CAI, <a href="tel:8002">8002</a></p>', NAMES)

    assert with_names_kept(once, NAMES) == once
