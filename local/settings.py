"""Where the service runs and keeps its data, and the environment that its functions read."""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TABLE = "forum-cai"
_CHOSEN_BY_THE_CALLER = ("CAI_MODE", "CAI_MAIL", "CAI_DESK_USERS")
_REAL_ACCOUNT = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL")


@dataclass(frozen=True)
class Settings:
    """What the command line says; both paths are absolute."""

    host: str
    port: int
    data_dir: Path
    site: Path

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def clock(self) -> Path:
        return self.data_dir / "clock"

    @property
    def keys(self) -> Path:
        return self.data_dir / "keys.json"

    @property
    def listing(self) -> Path:
        return self.data_dir / "listing"

    @property
    def service_env(self) -> Path:
        return self.data_dir / "service.env"


def environment(settings: Settings, engine_url: str, given: Mapping[str, str]) -> dict[str, str]:
    """The environment of the functions. From `given`, the caller's own, come only mode, mail and who may sign in."""
    wanted = {
        "CAI_TABLE": TABLE,
        "CAI_SITE_URL": settings.url,
        "CAI_MODE": "demonstration",
        "CAI_MAIL": f"maildir:{settings.data_dir / 'inbox'}",
        "CAI_MAIL_FROM": "Forum CAI <noreply@forum-cai.example>",
        "CAI_STAFF_MAIL": "staff@forum-cai.example",
        "CAI_DESK_USERS": "desk@forum-cai.example,desk-2@forum-cai.example",
        "CAI_DPO_MAIL": "privacy@forum-cai.example",
        "CAI_KEYS": str(settings.keys),
        "CAI_KMS_KEY": "",
        "CAI_LEDGER": f"file:{settings.data_dir / 'erased'}",
        "CAI_LISTING": f"file:{settings.listing}",
        "CAI_CLOCK": str(settings.clock),
        "AWS_ENDPOINT_URL_DYNAMODB": engine_url,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        # A proxy of the caller's network would be asked for the engine as well.
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    } | {name: given[name] for name in _CHOSEN_BY_THE_CALLER if given.get(name)}
    if wanted["CAI_MODE"] != "demonstration":
        del wanted["CAI_CLOCK"]  # the functions refuse a clock that can be moved
    return wanted


def enter(wanted: Mapping[str, str]) -> None:
    """Makes `wanted` this process's environment and forgets settings that lead to a real account."""
    for name in _REAL_ACCOUNT:
        os.environ.pop(name, None)
    os.environ.update(wanted)


def write_service_env(file: Path, wanted: Mapping[str, str]) -> None:
    """Lets commands such as backend/office.py reach the running service: lines that a shell can read."""
    file.touch(mode=0o600)
    file.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in wanted.items()))
