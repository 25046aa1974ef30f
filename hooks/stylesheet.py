"""The one stylesheet: Material's, cut to what our pages use, then our own."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import rcssmin
import tinycss2
from refreshcss import RefreshCSS
from refreshcss.html.site import Site
from tinycss2.ast import AtRule, Node, QualifiedRule

# What pages point to until the real name, which holds a hash of the content, is known.
SOURCE = "/assets/forum.css"
DESK_SOURCE = "/assets/desk.css"

OWN = Path("docs/assets")
# Beside the one stylesheet, so that residents do not load what only staff see.
DESK = Path("overrides/desk.css")
# As the browser draws them: Material makes boxes with icons of them, at 700 bytes on each first view.
UNSTYLED = {"details", "summary"}
API_TEMPLATES = Path("backend/chalicelib/web/templates")


def write_stylesheet(site: Path, pages: list[Path]) -> str:
    """Writes the stylesheet for `pages` into the site and returns its path there."""
    used = Used([*pages, *API_TEMPLATES.glob("*.html")])
    used.parse()
    own = "".join(path.read_text("utf-8") for path in sorted(OWN.glob("*.css")))
    return _written(site, "forum", cut(_material(), own, used) + own)


def write_desk_stylesheet(site: Path) -> str:
    """The same for what the pages of the staff desk have on top."""
    return _written(site, "desk", DESK.read_text("utf-8"))


def _written(site: Path, name: str, css: str) -> str:
    css = rcssmin.cssmin(css)
    path = f"/assets/{name}.{sha256(css.encode()).hexdigest()[:8]}.css"
    (site / "assets").mkdir(exist_ok=True)
    site.joinpath(path[1:]).write_text(css, "utf-8")
    return path


@dataclass
class Used(Site):
    """The classes, elements and ids of the built pages and of the pages that the API makes."""

    paths: list[Path] = field(default_factory=list)

    def parse(self) -> None:
        """Takes every word that may be one: refreshcss's own reader misses elements and the classes of templates."""
        html = "".join(path.read_text("utf-8") for path in self.paths)
        self.elements = set(re.findall(r"<([a-z]\w*)", html)) - UNSTYLED
        self.classes = set(re.findall(r"[\w-]+", " ".join(re.findall(r'\bclass="([^"]*)"', html))))
        self.ids = set(re.findall(r'\bid="([^"]*)"', html))


def cut(css: str, own: str, used: Site) -> str:
    """Material's rules that apply to something; of their custom properties and animations, those in use.

    Our own rules are never cut: some of them are for pages that only the API makes.
    """
    css = _only(RefreshCSS(used).clean(css), lambda selector: _applies(selector, used))
    while (fewer := _without_idle(css, css + own)) != css:
        css = fewer
    return css


def _material() -> str:
    return next(Path(str(files("material"))).glob("templates/assets/stylesheets/main.*.min.css")).read_text("utf-8")


def _only(css: str, keep: Callable[[str], bool]) -> str:
    return "".join(_kept(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), keep))


def _kept(rules: Iterable[Node], keep: Callable[[str], bool]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = ",".join(filter(keep, _selectors(rule)))
            yield f"{selectors}{{{tinycss2.serialize(rule.content)}}}" if selectors else ""
        elif isinstance(rule, AtRule):
            yield _kept_at_rule(rule, keep)


def _kept_at_rule(rule: AtRule, keep: Callable[[str], bool]) -> str:
    if rule.at_keyword not in ("media", "supports"):
        return "" if rule.at_keyword == "charset" else rule.serialize()
    inner = "".join(_kept(tinycss2.parse_rule_list(rule.content, skip_whitespace=True), keep))
    return f"@{rule.at_keyword} {tinycss2.serialize(rule.prelude).strip()}{{{inner}}}" if inner else ""


def _selectors(rule: QualifiedRule) -> list[str]:
    return re.split(r",(?![^(]*\))", tinycss2.serialize(rule.prelude).strip())


def _applies(selector: str, used: Site) -> bool:
    """Whether each class, element and id of a selector is somewhere; we write none of the attributes it may ask for."""
    plain = re.sub(r":(?:not|is|where)\([^)]*\)|::?[\w-]+(?:\([^)]*\))?", "", selector)
    return (
        "[" not in plain
        and set(re.findall(r"\.([\w-]+)", plain)) <= used.classes
        and set(re.findall(r"#([\w-]+)", plain)) <= used.ids
        and set(re.findall(r"(?:^|[\s>+~])([a-z][\w]*)", plain)) <= used.elements | {"html", "body"}
    )


def _without_idle(css: str, everything: str) -> str:
    css = re.sub(
        r"(--[\w-]+):((?:[^;{}\"]|\"[^\"]*\")*);?", lambda one: one[0] if f"var({one[1]}" in everything else "", css
    )
    css = re.sub(
        r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}",
        lambda one: one[0] if everything.count(one[1]) > 1 else "",
        css,
    )
    return re.sub(r"[^{};]+\{\s*\}", "", css)
