"""How the parts of a page are put in order."""

import pytest

from hooks.addresses import from_the_root
from hooks.arrange import heading_and_rest, with_doors

DOOR = '<h2>Sign?</h2><p><a class="door" href="/">See</a></p>'


def test_something_can_follow_the_main_heading():
    assert heading_and_rest('<h1 id="contact">Contact</h1>\n<p>Call</p>') == ("Contact", "\n<p>Call</p>")


def test_sections_with_a_door_stand_side_by_side_and_others_after_them():
    html = with_doors(f"<p>Start</p>{DOOR}{DOOR}<h2>Talk</h2>")

    assert html == f'<p>Start</p><div class="doors">{f"<section>{DOOR}</section>" * 2}</div><h2>Talk</h2>'


@pytest.mark.parametrize(
    ("link", "rooted"),
    [
        ("../contract/#today", "/fr/contract/#today"),
        ("./", "/fr/contact/"),
        ("#phone", "#phone"),
        ("/fr/", "/fr/"),
        ("tel:+35280026006", "tel:+35280026006"),
        ("https://cnpd.public.lu", "https://cnpd.public.lu"),
    ],
)
def test_a_link_counts_from_the_root(link, rooted):
    assert from_the_root(f'<a href="{link}">', "/fr/contact/") == f'<a href="{rooted}">'
