"""The peer of pages: the same words in a default Material build."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from mkdocs.utils.meta import get_data

from hooks.pages import REQUIRED, render_page
from tests.site.built import Page, page_of

PEER = "Material by default"
# No fonts: Material would fetch them from elsewhere.
CONFIG = {
    "site_name": "Forum CAI",
    "theme": {"name": "material", "font": False},
    "markdown_extensions": ["attr_list", "def_list", "md_in_html", "tables"],
}


def by_default(language: str, folder: Path) -> list[Page]:
    """The pages of one language, their facts filled in, as Material builds them with no setting of ours."""
    shutil.copytree("docs/assets", folder / "docs" / "assets")
    for source in Path("docs", language).glob("*.md"):
        text, meta = get_data(source.read_text("utf-8"))
        words = render_page(text, meta, file=str(source), language=language, mode="demonstration")
        head = yaml.safe_dump({key: meta[key] for key in REQUIRED}, allow_unicode=True)
        (folder / "docs" / source.name).write_text(f"---\n{head}---\n{words}", "utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(CONFIG), "utf-8")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, env=environment, check=True)
    site = folder / "site"
    return [page_of(site, file) for file in sorted(site.rglob("index.html"))]
