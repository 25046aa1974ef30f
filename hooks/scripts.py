"""Our scripts: each under a name that holds a hash of its content, so that a browser may keep it for good."""

import re
from hashlib import sha256
from pathlib import Path

OWN = Path("docs/assets")


def write_scripts(site: Path) -> dict[str, str]:
    """Writes each script into the site; its path there by the path that pages point to until then."""
    return {f"/assets/{script.name}": _write(script, site) for script in sorted(OWN.glob("*.js"))}


def _write(script: Path, site: Path) -> str:
    content = lean(script.read_text("utf-8"))
    path = f"/assets/{script.stem}.{sha256(content.encode()).hexdigest()[:8]}.js"
    site.joinpath("assets").mkdir(exist_ok=True)
    site.joinpath(path[1:]).write_text(content, "utf-8")
    return path


def lean(script: str) -> str:
    """The same script without comments on lines of their own, indents and empty lines."""
    return re.sub(r"^\s*(?://.*\n\s*)*", "", script, flags=re.MULTILINE)
