"""`make deploy`: from the sources to a stage that answers, or a sentence that says what is missing."""

import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import boto3

from infra.account import (
    Clients,
    account_id,
    code_bucket,
    demand_certificate,
    demand_no_identity,
    keep_keys,
    still_to_do,
)
from infra.changes import in_words, lost, make, outputs, prepare, upload
from infra.site import make_known, upload_site
from infra.smoke import smoke
from infra.stage import RefusedError, Stage, read, said
from infra.standing import demand_changeable

PACKAGE, SITE = Path("build/package"), Path("build/site")
_NOT_KNOWN_YET = "https://address.invalid"


@dataclass(frozen=True)
class Hands:
    """What a deployment needs of the world: the account, what builds, and who agrees to what would change."""

    clients: Clients
    build: Callable[[str, str], tuple[Path, Path]]  # from address and mode to package and site
    agrees: Callable[[], bool]


def deploy(stage: Stage, name: str, hands: Hands) -> str:
    """Deploys the build of that name and gives the address. Raises RefusedError, in general before anything changes."""
    account = account_id(hands.clients)
    demand_changeable(hands.clients("cloudformation"), stage)
    demand_certificate(stage, hands.clients)
    there = outputs(hands.clients("cloudformation"), stage.stack)
    if there is None:
        demand_no_identity(stage, hands.clients("sesv2"))
    url, known = _address(stage, there or {}), False
    if url is None:
        print("The first of two rounds: CloudFront gives the address, which takes some minutes.")
        first, _ = _roll_out(stage, name, account, _NOT_KNOWN_YET, hands, agreed=False)
        url, known = _address(stage, first) or "", True
    made, site = _roll_out(stage, name, account, url, hands, agreed=known)
    print(f"{upload_site(hands.clients('s3'), made['SiteBucket'], site)} files of the site are there.")
    make_known(hands.clients("cloudfront"), made["EdgeId"])
    for sentence in still_to_do(stage, made, hands.clients):
        print(f"Still to do: {sentence}")
    return url


def _address(stage: Stage, made: Mapping[str, str]) -> str | None:
    """The own domain, or what CloudFront gave; None before the first deployment."""
    domain = stage.given.get("Domain") or made.get("EdgeDomain")
    return f"https://{domain}" if domain else None


def _roll_out(
    stage: Stage, name: str, account: str, url: str, hands: Hands, *, agreed: bool
) -> tuple[dict[str, str], Path]:
    """The outputs of the stack and the site that belongs to it."""
    package, site = hands.build(url, stage.mode)
    s3, cloudformation = hands.clients("s3"), hands.clients("cloudformation")
    template, change_set = upload(s3, code_bucket(stage, account, s3), package), f"deploy-{uuid4().hex[:12]}"
    changes = prepare(cloudformation, stage.stack, template, stage.parameters(url, name), change_set)
    if not changes:
        print("The stack is as it should be already.")
        return outputs(cloudformation, stage.stack) or {}, site
    print(f"What changes in {stage.stack}:", *in_words(changes), sep="\n  ")
    if gone := lost(changes):
        raise RefusedError(f"{', '.join(gone)} would be lost with all that it holds: nothing was changed.")
    if not agreed and not hands.agrees():
        raise RefusedError("Nothing was changed.")
    keep_keys(stage, hands.clients("ssm"))
    return make(cloudformation, stage, change_set), site


def clients_of(stage: Stage) -> Clients:
    """The clients of whoever is signed in."""

    def client(service: str, region: str = stage.region) -> object:
        return boto3.client(service, region_name=region)

    return client


def commit() -> str:
    """The name of what is deployed. Raises RefusedError where the sources are not what is committed."""
    ask = partial(subprocess.run, capture_output=True, text=True, check=True)
    if ask(["/usr/bin/env", "git", "status", "--porcelain"]).stdout:
        raise RefusedError(
            "There are changes that are not committed: commit them, so that it is known what is deployed."
        )
    return str(ask(["/usr/bin/env", "git", "rev-parse", "--short", "HEAD"]).stdout).strip()


def build(url: str, mode: str) -> tuple[Path, Path]:
    """Package and site for that address."""
    wanted = ["FOR=site", f"SITE_URL={url}", f"MODE={mode}"]
    if subprocess.run(["/usr/bin/env", "make", "--no-print-directory", "package", *wanted], check=False).returncode:
        raise RefusedError("The package cannot be made: the lines above say why.")
    return PACKAGE, SITE


def said_yes(question: str) -> bool:
    """By YES=1, or at the terminal."""
    return os.environ.get("YES") == "1" or input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def main(name: str) -> None:
    stage, called = read(name), commit()
    url = deploy(stage, called, Hands(clients_of(stage), build, lambda: said_yes("Do this?")))
    if wrong := list(smoke(url, stage.mode, called)):
        raise RefusedError(f"{url} is deployed, and not as it should be:", *wrong)
    print(f"{url} answers as it should.")


if __name__ == "__main__":
    said(main)
