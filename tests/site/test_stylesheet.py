"""The stylesheet: small, and nothing missing."""

import re
from dataclasses import dataclass

import pytest

from hooks.stylesheet import API_TEMPLATES, DESK, OWN, Used, cut
from tests.site.built import SITES


@pytest.fixture
def used(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<main class="md-typeset"><p id="top">Text</p><aside>Note</aside></main>', "utf-8")
    found = Used([page])
    found.parse()
    return found


@dataclass(frozen=True)
class Rule:
    css: str
    stays: bool


@pytest.mark.parametrize(
    ("rule", "stays"),
    [
        (".md-typeset p{color:red}", True),
        (".md-typeset aside{color:red}", True),
        ("#top{color:red}", True),
        ("@media print{.md-typeset p{color:red}}", True),
        (".md-typeset p:not(.gone):hover{color:red}", True),
        (".md-typeset blockquote{color:red}", False),
        (".md-header{color:red}", False),
        ("#bottom{color:red}", False),
        ("[dir=rtl] .md-typeset p{color:red}", False),
        ("@media print{.md-header{color:red}}", False),
    ],
)
def test_a_rule_of_the_theme_stays_where_it_applies_to_something(used, rule, stays):
    assert ("color:red" in cut(rule, "", used)) is stays


def test_a_list_of_selectors_keeps_those_that_apply(used):
    assert cut(".md-typeset p,.md-typeset kbd{color:red}", "", used) == ".md-typeset p{color:red}"


def test_a_custom_property_goes_with_its_last_use(used):
    css = 'p{--icon:url("data:image/svg+xml;charset=utf-8,<svg/>");--a:var(--b);--b:1;color:var(--c);--c:red}'

    assert cut(css, "", used) == "p{color:var(--c);--c:red}"


def test_a_custom_property_stays_for_a_rule_of_our_own(used):
    assert cut("p{--c:red}", "a{color:var(--c)}", used) == "p{--c:red}"


def test_an_animation_that_nothing_runs_goes(used):
    assert cut("@keyframes spin{from{top:0}to{top:1px}}p{top:0}", "", used) == "p{top:0}"


@pytest.mark.parametrize("mode", SITES)
def test_rules_for_pages_that_only_the_api_makes_are_there(mode):
    (stylesheet,) = (SITES[mode] / "assets").glob("forum.*.css")
    css = stylesheet.read_text("utf-8")

    assert all(name in css for name in (".summary", ".error", ".field--wrong", ".reference", ".panel"))


@pytest.mark.parametrize("mode", SITES)
def test_residents_do_not_load_what_only_the_desk_shows(mode):
    assets = SITES[mode] / "assets"
    (everybody,), (desk,) = assets.glob("forum.*.css"), assets.glob("desk.*.css")

    assert ".desk-menu" in desk.read_text("utf-8")
    assert ".desk" not in everybody.read_text("utf-8")
    assert not any(desk.name in page.read_text("utf-8") for page in SITES[mode].rglob("*.html"))


def test_every_class_of_the_pages_that_the_api_makes_is_known_to_the_stylesheet():
    own = "".join(path.read_text("utf-8") for path in (*OWN.glob("*.css"), DESK))
    templates = "".join(path.read_text("utf-8") for path in API_TEMPLATES.rglob("*.html"))
    plain = re.findall(r'class="([\w -]+?)[" {]', templates)

    missing = {name for value in plain for name in value.split()} - set(re.findall(r"\.([a-z][\w-]*)", own))

    assert not missing
