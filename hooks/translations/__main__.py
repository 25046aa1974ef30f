"""`make translations`: takes down what was translated, checked or minor, then reports what is left to do."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import ConfigurationError
from hooks.translations.report import html, lines, work_in
from hooks.translations.sentences import written
from hooks.translations.stamps import check, pass_over, stamp
from hooks.translations.state import DOCS, TRANSLATED

PAGE = Path("build/translations.html")


def main() -> None:
    arguments = _arguments()
    try:
        _take_down(arguments)
        _report()
    except ConfigurationError as problem:
        sys.exit(str(problem))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make translations")
    for name in ("--stamp", "--checked", "--minor"):
        parser.add_argument(name, default="")
    return parser.parse_args()


def _take_down(arguments: argparse.Namespace) -> None:
    today = datetime.now(ZoneInfo("Europe/Luxembourg")).date()
    stamped = stamp(DOCS, arguments.stamp, today)
    checked = check(DOCS, arguments.checked, today)
    for page in [*stamped, *checked, *pass_over(DOCS, arguments.minor)]:
        _say(f"stamped {page.file}")


def _report() -> None:
    template = written(Path("build/cai.pot"))
    works = [work_in(DOCS, language, template) for language in TRANSLATED]
    PAGE.write_text(html(works), "utf-8")
    for work in works:
        _say("\n".join(lines(work)))
    _say(f"For the translator: {PAGE}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
