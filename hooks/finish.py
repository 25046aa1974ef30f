"""The last steps, once all languages are built: stylesheet, scripts, search, sitemap, files for robots and others."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chalicelib.domain.language import LANGUAGES
from chalicelib.words.templates import site_path
from hooks.manifest import write_manifests
from hooks.scripts import write_scripts
from hooks.search import write_index
from hooks.shells import SHELLS
from hooks.stylesheet import DESK_SOURCE, SOURCE, write_desk_stylesheet, write_stylesheet


def finish(site: Path, mode: str, site_url: str) -> None:
    address = site_url.rstrip("/")
    pages = [*site.rglob("*.html"), *(SHELLS / mode).rglob("*.html")]
    residents = [page for page in pages if page.name != "desk.html"]
    styles = {SOURCE: write_stylesheet(site, residents), DESK_SOURCE: write_desk_stylesheet(site)}
    _point_to({**styles, **write_scripts(site)}, pages)
    write_index(site)
    write_manifests(site)
    (site / "sitemap.xml").write_text(sitemap(site, address), "utf-8")
    (site / "robots.txt").write_text(robots(mode, address), "utf-8")
    (site / ".well-known").mkdir(exist_ok=True)
    (site / ".well-known" / "security.txt").write_text(security(address), "utf-8")


def tidy(html: str) -> str:
    """The same page without indents and empty lines."""
    return re.sub(r"\s*\n\s*", "\n", html).strip() + "\n"


def sitemap(site: Path, address: str) -> str:
    """Each page once for each language, with all its languages beside it; a search has nothing of its own to find."""
    english = {_slug(page, site) for page in site.rglob("index.html") if _is_english(page, site)}
    slugs = sorted(english - {"search/"})
    entries = "\n".join(_entry(slug, language, address) for slug in slugs for language in LANGUAGES)
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {names}>\n{entries}\n</urlset>\n'


def robots(mode: str, address: str) -> str:
    """A demonstration must not be found in place of an office."""
    rule = "Disallow: /" if mode == "demonstration" else f"Allow: /\nDisallow: /api/\nSitemap: {address}/sitemap.xml"
    return f"User-agent: *\n{rule}\n"


def security(address: str) -> str:
    """RFC 9116: how to report a weakness, good for a year from the build."""
    expires = (datetime.now(UTC) + timedelta(days=365)).strftime("%Y-%m-%dT00:00:00Z")
    contacts = "".join(f"Contact: {address}{site_path(language, 'contact/')}\n" for language in LANGUAGES)
    languages = f"Preferred-Languages: {', '.join(LANGUAGES)}\n"
    return f"{contacts}Expires: {expires}\n{languages}Canonical: {address}/.well-known/security.txt\n"


def _entry(slug: str, language: str, address: str) -> str:
    links = [(code, site_path(code, slug)) for code in LANGUAGES] + [("x-default", site_path("en", slug))]
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}{path}"/>' for code, path in links
    )
    return f"<url><loc>{address}{site_path(language, slug)}</loc>{alternates}</url>"


def _is_english(page: Path, site: Path) -> bool:
    return page.relative_to(site).parts[0] not in LANGUAGES


def _slug(page: Path, site: Path) -> str:
    return page.relative_to(site).as_posix().removesuffix("index.html")


def _point_to(written: dict[str, str], pages: list[Path]) -> None:
    for page in pages:
        html = page.read_text("utf-8")
        for source, path in written.items():
            html = html.replace(f'"{source}"', f'"{path}"')
        page.write_text(html, "utf-8")
