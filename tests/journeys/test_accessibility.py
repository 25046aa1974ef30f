"""axe finds nothing on any page or state, and all can be read: narrow or wide, light or dark, small or large."""

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from tests.browser import page as opened
from tests.journeys.form import Resident, fill_form, send
from tests.journeys.looking import assert_accessible, assert_readable
from tests.journeys.matrix import DOUBLE, LOOKS, NORMAL, WIDTHS, View, pairwise, slugs, views

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PHONE = [View("", "state", 360, "light", text) for text in (NORMAL, DOUBLE)]
OTHERS = [View("", "state", *look) for look in LOOKS if look != (360, "light")]
STATES = [
    pytest.param(view, id=str(view), marks=() if view in PHONE else pytest.mark.full) for view in (*PHONE, *OTHERS)
]


@pytest.mark.parametrize("view", views(*LOOKS))
def test_each_page_is_accessible(service, seen, view):
    seen.goto(service.url + view.path)

    assert_accessible(seen)


@pytest.mark.parametrize("view", views((360, "light", DOUBLE), (1280, "light", DOUBLE)))
def test_text_of_twice_the_size_is_all_there(service, seen, view):
    seen.goto(service.url + view.path)

    assert seen.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= DOUBLE
    assert_readable(seen)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", STATES)
def test_errors_receipt_and_problem_pages_are_accessible(service, seen, view, language):
    seen.goto(service.url + site_path(language, "appointment/"))
    seen.fill("#matricule", "1")
    seen.fill("#email", "x")
    seen.fill("#attended_on-year", "2020")
    seen.fill("#attended_on-month", "1")
    send(seen)
    assert seen.locator(".error").count() == 5
    assert_accessible(seen)

    fill_form(seen, Resident(f"Accessa {view}", language, email=f"accessa-{view.width}@example.org"))
    seen.fill("#matricule", "")
    send(seen)
    assert seen.locator(".reference").count() == 1
    assert_accessible(seen)

    seen.goto(f"{service.url}/api/{language}/receipts/none")
    assert_accessible(seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_one_for_a_screen_reader_also_where_it_looks_like_cards(service, browser, language):
    with opened(browser, viewport={"width": 320, "height": 740}) as page:
        page.goto(service.url + site_path(language, "contract/"))
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        shown = page.evaluate("getComputedStyle(document.querySelector('main tbody tr')).display")

    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert shown not in ("table-row", "none")
    assert {"table", "row", "columnheader", "rowheader", "cell"} <= set(roles)
    assert roles.count("cell") == roles.count("rowheader") * (roles.count("columnheader") - 1)


@pytest.mark.parametrize(
    "page",
    [
        '<p style="width: 2000px">A long line</p>',
        '<p style="position: absolute; left: -50px">To the left</p>',
        '<p style="width: 3em; overflow: hidden; white-space: nowrap">Cut off sideways</p>',
        '<p style="height: 1em; overflow: hidden">Cut<br>off<br>below</p>',
    ],
)
def test_words_that_cannot_be_read_are_seen(browser, page):
    with opened(browser) as window:
        window.set_content(f"<!doctype html><main>{page}</main>")

        with pytest.raises(AssertionError, match=r"window|scrolls|cut off"):
            assert_readable(window)


def test_every_pair_of_page_language_width_and_theme_is_chosen():
    chosen = pairwise(*LOOKS)

    for first, second, pairs in (
        ("slug", "width", len(slugs()) * len(WIDTHS)),
        ("slug", "theme", len(slugs()) * 2),
        ("language", "width", len(LANGUAGES) * len(WIDTHS)),
        ("language", "theme", len(LANGUAGES) * 2),
        ("slug", "language", len(slugs()) * len(LANGUAGES)),
        ("width", "theme", len(WIDTHS) * 2),
    ):
        assert len({(getattr(view, first), getattr(view, second)) for view in chosen}) == pairs
