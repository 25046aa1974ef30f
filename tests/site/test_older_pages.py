"""What a reader sees of a page that is older than the English, or that somebody has checked: a site built for it."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import html5lib
import pytest

from chalicelib.words.catalogues import words
from hooks.translations.stamps import check, stamp

NEEDED = ("docs", "hooks", "bench", "overrides", "backend", "mkdocs.yml", "pyproject.toml")
TRANSLATED, CHECKED = date(2026, 11, 30), date(2026, 12, 1)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site with one French page checked, and another left behind by the English."""
    place = tmp_path_factory.mktemp("older")
    for part in NEEDED:
        (shutil.copytree if Path(part).is_dir() else shutil.copy)(part, place / part)
    stamp(place / "docs", "fr/contract fr/contact", TRANSLATED)
    check(place / "docs", "fr/contract", CHECKED)
    with (place / "docs" / "en" / "contact.md").open("a", encoding="utf-8") as english:
        english.write("\nOne sentence more.\n")
    said = run(place, "mkdocs", "build", "--strict", "--quiet", "--site-dir", "site")
    assert (place / "site" / "sitemap.xml").exists(), said
    return place / "site"


def run(place, *command):
    environment = os.environ | {"PYTHONPATH": "backend:.", "CAI_MODE": "demonstration"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=place, env=environment, check=False, capture_output=True, encoding="utf-8"
    )
    return done.stdout + done.stderr


def part(site, path, tag):
    tree = html5lib.parse((site / path / "index.html").read_text("utf-8"), namespaceHTMLElements=False)
    return next(tree.iter(tag))


def text(element):
    return " ".join("".join(element.itertext()).split())


def says(sentence, **values):
    return words("fr").gettext(sentence) % values


def test_a_page_older_than_the_english_says_so_first_and_leads_there(site):
    main = part(site, "fr/contact", "main")
    paragraph = next(one for one in main.iter("p") if "panel" in one.get("class", "").split())
    (link,) = paragraph.iter("a")

    assert says("This page is older than the English one. Some of it may no longer be right.") in text(paragraph)
    assert (link.get("href"), link.get("hreflang")) == ("/contact/", "en")
    assert list(main).index(paragraph) <= 2


def test_a_page_that_follows_the_english_says_nothing_of_it(site):
    older = says("This page is older than the English one. Some of it may no longer be right.")

    assert older not in text(part(site, "fr/contract", "main"))
    assert "older than" not in text(part(site, "contact", "main"))


def test_a_page_says_that_nobody_has_checked_it_until_somebody_has(site):
    unchecked = says("Translated on %(day)s, not yet checked by a native reader.", day="30 novembre 2026")
    checked = says(
        "Translated on %(day)s, checked by a native reader on %(checked)s.",
        day="30 novembre 2026",
        checked="1er décembre 2026",
    )

    assert unchecked in text(part(site, "fr/contact", "footer"))
    assert checked in text(part(site, "fr/contract", "footer"))


def test_the_command_reports_takes_down_a_stamp_and_names_a_mistake(site):
    place = site.parent

    before = run(place, "hooks.translations")
    after = run(place, "hooks.translations", "--stamp", "fr/contact")

    older = re.compile(r"Français:\n(?:  .*\n)*?  older than the English:.* contact")
    assert (bool(older.search(before)), bool(older.search(after))) == (True, False)
    assert "stamped docs/fr/contact.md" in after
    assert "lb/" in (place / "build" / "translations.html").read_text("utf-8")
    assert "There is no page fr/nothing" in run(place, "hooks.translations", "--checked", "fr/nothing")
