"""Bytes of a first view beside a default Material build of the same pages

The page and every file that it asks of its own site, each as gzip -9 packs it; one turn is one page. The peer has the
same words and Material's defaults, without the fonts that it would fetch from elsewhere.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, compared
from bench.material import PEER, by_default
from chalicelib.domain.language import LANGUAGES
from tests.site.built import in_each_language
from tests.site.test_weight import BUDGET, first_view


def figures() -> list[Figure]:
    found, all_ours, all_theirs = [], [], []
    for language in LANGUAGES:
        ours = {slug: first_view(page) for slug, page in in_each_language("demonstration")[language].items()}
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
    return compared(what, "bytes", ours, PEER, theirs, aim)
