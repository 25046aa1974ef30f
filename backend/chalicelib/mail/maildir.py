"""Puts letters into a Maildir: what one machine needs, and the local service's inbox."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from errno import EACCES, ENOTDIR, EPERM, EROFS, errorcode
from mailbox import Maildir
from pathlib import Path

from chalicelib.domain.errors import MailLaterError, MailStoppedError
from chalicelib.letters.message import Message
from chalicelib.mail.envelope import as_email

# No Maildir can be there, or nobody may write to it: no letter would fare better. Anything else, such as a full disk,
# may pass.
_FAILURES = dict.fromkeys((EACCES, ENOTDIR, EPERM, EROFS), MailStoppedError)


@dataclass(frozen=True)
class MaildirPost:
    """Delivers each letter to the Maildir at `path`, which is made when it is not there."""

    path: Path
    sender: str
    clock: Callable[[], datetime]

    def send(self, message: Message) -> None:
        """The letter is on disk when this returns. Raises MailLaterError, MailRefusedError or MailStoppedError."""
        email = as_email(message, self.sender, self.clock())
        try:
            # `add` syncs the file before it gets its name in `new`: a letter is there whole, or not at all.
            self._opened().add(email.as_bytes(policy=email.policy.clone(linesep="\n")))
        except OSError as failed:
            code = failed.errno or 0
            raise _FAILURES.get(code, MailLaterError)(f"Maildir: {errorcode.get(code, code)}") from None

    def _opened(self) -> Maildir:
        # Each folder by itself: a process that died between two of them must not keep the next from going on.
        for folder in ("tmp", "new", "cur"):
            (self.path / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        return Maildir(self.path, create=False)
