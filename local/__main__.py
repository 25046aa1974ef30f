"""`python -m local`: starts the service and stops it on Ctrl-C or SIGTERM."""

import argparse
import sys
from pathlib import Path

from local import ROOT
from local.errors import CannotStartError
from local.service import serve
from local.settings import Settings

SITE = ROOT / "build" / "demonstration"


def main() -> int:
    try:
        serve(_settings())
    except CannotStartError as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def _settings() -> Settings:
    parser = argparse.ArgumentParser(prog="python -m local", description="Runs all of Forum CAI on this machine.")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (default: %(default)s)")
    parser.add_argument("--port", default=8000, type=int, help="0 takes any free one (default: %(default)s)")
    parser.add_argument("--data-dir", default=Path(".local"), type=Path, help="what is kept (default: %(default)s)")
    parser.add_argument("--site", default=SITE, type=Path, help="the built pages (default: what make run builds)")
    given = parser.parse_args()
    return Settings(given.host, given.port, given.data_dir.absolute(), given.site.absolute())


if __name__ == "__main__":
    sys.exit(main())
