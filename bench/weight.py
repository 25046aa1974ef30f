"""Bytes of a first view beside a default Material build of the same pages

The page and every file that it asks of its own site, each as gzip -9 packs it; one turn is one page. The peer has the
same words and Material's defaults, without the fonts that it would fetch from elsewhere.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.utils.meta import get_data

from bench.figures import Figure, compared
from chalicelib.domain.language import LANGUAGES
from hooks.pages import render_page
from tests.site.built import Page, page_of, pages
from tests.site.test_weight import BUDGET, first_view

CONFIG = (
    "site_name: Forum CAI\ntheme: {name: material}\nmarkdown_extensions: [attr_list, def_list, md_in_html, tables]\n"
)


def figures() -> list[Figure]:
    found, all_ours, all_theirs = [], [], []
    for language in LANGUAGES:
        ours = {page.slug: first_view(page) for page in pages("demonstration") if page.language == language}
        with TemporaryDirectory() as folder:
            theirs = {page.slug: first_view(page) for page in by_default(language, Path(folder))}
        slugs = sorted(ours.keys() & theirs.keys())
        pair = [ours[slug] for slug in slugs], [theirs[slug] for slug in slugs]
        heaviest = f"each of {len(slugs)} at most {BUDGET:,} bytes; the heaviest has {max(ours.values()):,}"
        found.append(_beside(f"pages in {language}", *pair, heaviest))
        all_ours += pair[0]
        all_theirs += pair[1]
    return [*found, _beside("all pages", all_ours, all_theirs)]


def _beside(what: str, ours: list[int], theirs: list[int], aim: str = "") -> Figure:
    return compared(what, "bytes", ours, "Material by default", theirs, aim)


def by_default(language: str, folder: Path) -> list[Page]:
    """The pages of one language, their facts filled in, as Material builds them with no setting of ours."""
    shutil.copytree("docs/assets", folder / "docs" / "assets")
    for source in Path("docs", language).glob("*.md"):
        text, meta = get_data(source.read_text("utf-8"))
        words = render_page(text, meta, file=str(source), language=language, mode="demonstration")
        (folder / "docs" / source.name).write_text(words, "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, env=environment, check=True)
    site = folder / "site"
    return [page_of(site, file) for file in sorted(site.rglob("index.html"))]
