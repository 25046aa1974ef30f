"""What a phone needs to put the site on its first screen, in each language."""

import json
from pathlib import Path

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from hooks.pages import said
from hooks.tokens import ground

ICONS = (192, 512)


def write_manifests(site: Path) -> None:
    for language in LANGUAGES:
        text = json.dumps(_manifest(language), ensure_ascii=False, separators=(",", ":"))
        (site / site_path(language, "manifest.webmanifest")[1:]).write_text(text, "utf-8")


def _manifest(language: str) -> dict[str, object]:
    facts = said(language)
    return {
        "name": f"{facts.names.site} – {facts.programme.name}",
        "short_name": facts.names.site,
        "lang": language,
        "id": site_path(language),
        "start_url": site_path(language),
        "scope": "/",
        "display": "browser",
        "background_color": ground().light,
        "theme_color": ground().light,
        "icons": [_icon(size) for size in ICONS],
    }


def _icon(size: int) -> dict[str, str]:
    return {
        "src": f"/assets/icon-{size}.png",
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "any maskable",
    }
