"""The colours of the look, as docs/assets/base.css names them."""

import re
from dataclasses import dataclass
from pathlib import Path

LOOK = Path("docs/assets/base.css")


@dataclass(frozen=True)
class Colour:
    light: str
    dark: str


def colour(name: str) -> Colour:
    """Such as `--md-default-bg-color`, the ground: its light value stands first, then its dark one."""
    light, dark = re.findall(rf"{name}: (#[0-9a-f]+);", LOOK.read_text("utf-8"))
    return Colour(light, dark)


def ground() -> Colour:
    return colour("--md-default-bg-color")


def accent() -> Colour:
    return colour("--md-primary-fg-color")
