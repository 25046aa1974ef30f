"""A new language needs a folder, a catalogue, and one entry each in mkdocs.yml and domain/language.py."""

import json
import os
import re
import shutil
import subprocess
import sys

import polib
import pytest

from tests.service import ROOT
from tests.site import accented
from tests.site.leftovers import leftovers

# Babel knows Georgian and writes its days in Georgian letters, so that every Latin one is a word that nobody
# translated; and hardly anyone will want it here.
CODE, NAME = "ka", "ქართული"
NEEDED = ("backend", "docs", "hooks", "bench", "overrides", "mkdocs.yml", "pyproject.toml")


class Copy:
    """A copy of what builds the site, in which commands run as in the repository."""

    def __init__(self, root):
        self.root = root
        for name in NEEDED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            copy(ROOT / name, root / name)

    def run(self, *arguments):
        path = os.pathsep.join(map(str, (self.root / "backend", self.root, ROOT)))
        environment = {**os.environ, "PYTHONPATH": path, "CAI_MODE": "demonstration", "NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def change(self, file, pattern, replacement):
        path = self.root / file
        changed, count = re.subn(pattern, replacement, path.read_text("utf-8"))
        assert count == 1, f"{file} no longer has one place like {pattern}"
        path.write_text(changed, "utf-8")


def add_language(copy):
    copy.change("mkdocs.yml", r"( +- \{locale: )lb,.*\n", rf"\g<0>\g<1>{CODE}, name: {NAME}}}\n")
    copy.change("backend/chalicelib/domain/language.py", r'"lb": "\w+"', rf'\g<0>, "{CODE}": "{NAME}"')
    for page in (copy.root / "docs/en").rglob("*.md"):
        translated = copy.root / "docs" / CODE / page.relative_to(copy.root / "docs/en")
        translated.parent.mkdir(parents=True, exist_ok=True)
        translated.write_text(accented.page(page.read_text("utf-8")), "utf-8")
    copy.run("hooks.messages")
    catalogue = polib.pofile(str(copy.root / f"backend/chalicelib/words/locale/{CODE}/LC_MESSAGES/cai.po"))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {each: accented.sentence(entry.msgid_plural) for each in entry.msgstr_plural}
        else:
            entry.msgstr = accented.sentence(entry.msgid)
    catalogue.save_as_mofile(str(copy.root / f"backend/chalicelib/words/locale/{CODE}/LC_MESSAGES/cai.mo"))
    copy.run("hooks.translations", "--stamp", CODE)


def test_nothing_of_a_new_language_stays_english(tmp_path):
    copy = Copy(tmp_path)
    add_language(copy)
    copy.run("mkdocs", "build", "--strict", "--site-dir", "site")
    site = {str(page): page.read_text("utf-8") for page in (tmp_path / "site" / CODE).rglob("*.html")}
    answers = json.loads(copy.run("tests.site.answers", CODE))

    found = {name: leftovers(html, CODE) for name, html in (site | answers).items()}

    assert len(site) == len(list((ROOT / "docs/en").rglob("*.md"))) + 1  # the page not found
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("markdown", "translated"),
    [
        ("Call {{ facts.contact.phone }} { #id }", "Ćáĺĺ {{ facts.contact.phone }} { #id }"),
        ("{% if closed %}was{% else %}is{% endif %}", "{% if closed %}ẃáś{% else %}íś{% endif %}"),
        ('[Go](contact.md#a){ .door } <b class="x">on</b>', '[Ǵó](contact.md#a){ .door } <b class="x">óń</b>'),
        ('<span lang="fr">le Contrat</span> A', '<span lang="fr">le Contrat</span> Á'),
    ],
)
def test_only_the_words_of_a_page_are_accented(markdown, translated):
    meta, accented_meta = 'title: "One {{ two }}"\nhide: toc\n', 'title: "Óńé {{ two }}"\nhide: toc\n'

    assert accented.page(f"---\n{meta}---\n{markdown}") == f"---\n{accented_meta}---\n{translated}"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Ṕáǵé <b>one</b> two</p>", ["one", "two"]),
        ('<p>Forum CAI, 8002 6006, <a href="/x">cai@integration.etat.lu</a></p>', []),
        ('<p lang="fr">Bonjour</p><p translate="no">ABC</p><p>Forum</p>', ["Forum"]),
        ('<img alt="A hat"><input type="submit" value="Send"><input value="Typed">', ["A hat", "Send"]),
        ('<form data-many="Pages found" data-same="/words.en.json"></form>', ["Pages found"]),
        ('<meta name="description" content="About"><meta name="robots" content="noindex">', ["About"]),
    ],
)
def test_what_stays_english_is_found(html, found):
    assert leftovers(html, CODE) == found
