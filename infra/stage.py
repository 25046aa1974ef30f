"""What a stage is made of: its file in stages/, checked against what the template takes."""

import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.template import declared_parameters

STAGES = Path(__file__).parent / "stages"
# What `make deploy` knows itself.
DERIVED = ("Build", "KeysParameter", "SiteUrl")


class RefusedError(Exception):
    """Something is missing or could not be done; each of `sentences` says what, and what helps."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Stage:
    """A stage by its name, in its region, with what its file says."""

    name: str
    region: str
    given: dict[str, str]

    @property
    def stack(self) -> str:
        return f"forum-cai-{self.name}"

    @property
    def keys(self) -> str:
        """The name of the SSM parameter that holds its keys."""
        return f"/forum-cai/{self.name}/keys"

    @property
    def mode(self) -> str:
        return self.given.get("Mode", "closed")

    def parameters(self, url: str, build: str) -> dict[str, str]:
        """What the stack is made with, at the address `url`."""
        return self.given | {"SiteUrl": url, "Build": build, "KeysParameter": self.keys}


def read(name: str, folder: Path = STAGES) -> Stage:
    """The stage of that name. Raises RefusedError with a sentence for each thing that is missing or malformed."""
    if not re.fullmatch("[a-z][a-z0-9-]{0,19}", name):
        raise RefusedError("STAGE must be a short name in small letters, as in make deploy STAGE=preview.")
    file = folder / f"{name}.toml"
    if not file.is_file():
        raise RefusedError(f"There is no {file.name}: copy infra/stages/example.toml to it and fill it in.")
    try:
        written = tomllib.loads(file.read_text("utf-8"))
    except (UnicodeError, tomllib.TOMLDecodeError) as error:
        raise RefusedError(f"{file.name} cannot be read: {error}.") from None
    given = {key: str(value) for key, value in written.get("parameters", {}).items()}
    region = str(written.get("region", ""))
    if wrong := [*_wrong_region(region), *_wrong(given)] or [*_wrong_together(given)]:
        raise RefusedError(*(f"{file.name}: {sentence}." for sentence in wrong))
    return Stage(name, region, given)


def said(main: Callable[[str], None]) -> None:
    """Runs a command for the stage that was named; what it refuses is said in its sentences."""
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
    except RefusedError as refused:
        sys.exit("\n".join(refused.sentences))


def _wrong_region(region: str) -> Iterator[str]:
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", region):
        yield "region must be a region of AWS such as eu-central-1"


def _wrong(given: dict[str, str]) -> Iterator[str]:
    known = {name: part for name, part in declared_parameters().items() if name not in DERIVED}
    for name in sorted(given.keys() - known.keys()):
        yield f"{name} is not known; it can be one of {', '.join(sorted(known))}"
    for name, part in known.items():
        if name not in given and "Default" not in part:
            yield f"{name} is missing. {part['Description']}"
        elif name in given and not _fits(given[name], part):
            yield part.get("ConstraintDescription") or f"{name} must be one of {', '.join(part['AllowedValues'])}"


def _wrong_together(given: dict[str, str]) -> Iterator[str]:
    if given.get("Domain") and not given.get("Certificate"):
        yield "A Domain needs a Certificate"
    domain = given.get("MailDomain")
    if domain and not given["Sender"].endswith((f"@{domain}", f".{domain}")):
        yield f"Sender must be an address at the MailDomain, such as letters@{domain}"


def _fits(value: str, parameter: dict[str, Any]) -> bool:
    if parameter["Type"] == "Number":
        return value.isdecimal() and int(value) >= parameter["MinValue"]
    if "AllowedValues" in parameter:
        return value in parameter["AllowedValues"]
    return re.fullmatch(parameter["AllowedPattern"], value) is not None
