"""A letter that the Maildir has taken is there whole, whatever happens next."""

import subprocess
import sys
from dataclasses import replace
from email import message_from_bytes, policy
from mailbox import Maildir
from pathlib import Path

import pytest

from chalicelib.domain.errors import MailStoppedError
from chalicelib.letters.message import CalendarFile
from chalicelib.mail.maildir import MaildirPost
from tests.examples import NOW
from tests.letter_examples import MESSAGE

SENDER = "CAI <letters@cai.example>"
ROOT = Path(__file__).parents[2]


def letters(path):
    return [message_from_bytes(raw.read_bytes(), policy=policy.default) for raw in Path(path, "new").iterdir()]


def run(script, path):
    """What a process of its own did with a Maildir."""
    start = f"""
import os, resource, signal
from datetime import UTC, datetime
from pathlib import Path
from chalicelib.domain.errors import MailLaterError
from chalicelib.mail.maildir import MaildirPost
from tests.letter_examples import MESSAGE
post = MaildirPost(Path({str(path)!r}), {SENDER!r}, lambda: datetime.now(UTC))
"""
    paths = {"PYTHONPATH": f"{ROOT / 'backend'}:{ROOT}"}
    return subprocess.run(
        [sys.executable, "-c", start + script], env=paths, capture_output=True, text=True, check=False
    )


def test_a_letter_is_read_back_as_it_was_written(tmp_path):
    MaildirPost(tmp_path / "a" / "inbox", SENDER, lambda: NOW).send(MESSAGE)

    (email,) = letters(tmp_path / "a" / "inbox")
    assert email["To"] == MESSAGE.to
    assert email["Subject"] == MESSAGE.subject
    assert email.get_body(("plain",)).get_content() == MESSAGE.text
    assert email.get_body(("html",)).get_content() == MESSAGE.html


def test_a_calendar_file_keeps_its_own_line_ends(tmp_path):
    file = CalendarFile("CAI.ics", "PUBLISH", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    MaildirPost(tmp_path, SENDER, lambda: NOW).send(replace(MESSAGE, calendars=(file,)))

    (email,) = letters(tmp_path)
    (part,) = email.iter_attachments()
    assert part.get_payload(decode=True) == file.content.encode()
    assert b"\r\n" not in next((tmp_path / "new").iterdir()).read_bytes()


def test_a_second_letter_lies_beside_the_first(tmp_path):
    post = MaildirPost(tmp_path, SENDER, lambda: NOW)

    post.send(MESSAGE)
    post.send(MESSAGE)

    assert [email["X-CAI-Letter-Id"] for email in letters(tmp_path)] == [MESSAGE.id] * 2


def test_other_programs_find_the_letter(tmp_path):
    MaildirPost(tmp_path, SENDER, lambda: NOW).send(MESSAGE)

    assert len(Maildir(tmp_path, create=False)) == 1


def test_a_letter_that_was_taken_survives_a_killed_process(tmp_path):
    ended = run("post.send(MESSAGE); os.kill(os.getpid(), signal.SIGKILL)", tmp_path)

    assert ended.returncode == -9
    assert [email["X-CAI-Letter-Id"] for email in letters(tmp_path)] == [MESSAGE.id]


def test_a_maildir_that_was_begun_and_not_finished_is_used(tmp_path):
    (tmp_path / "tmp").mkdir()

    MaildirPost(tmp_path, SENDER, lambda: NOW).send(MESSAGE)

    assert len(letters(tmp_path)) == 1


def test_a_full_disk_is_tried_later_and_leaves_no_half_letter(tmp_path):
    ended = run(
        """
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    post.send(MESSAGE)
except MailLaterError as later:
    print(later)
""",
        tmp_path,
    )

    assert (ended.stdout, ended.stderr) == ("Maildir: EFBIG\n", "")
    assert letters(tmp_path) == []


def test_a_place_where_no_maildir_can_be_stops_the_post(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(MailStoppedError, match=r"^Maildir: ENOTDIR$"):
        MaildirPost(tmp_path / "file" / "inbox", SENDER, lambda: NOW).send(MESSAGE)
