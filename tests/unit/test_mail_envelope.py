"""A letter becomes an e-mail that every program reads, and that no typed text can bend."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from chalicelib.domain.errors import ConfigurationError, MailRefusedError
from chalicelib.letters.message import CalendarFile, Document
from chalicelib.mail.envelope import as_email
from tests.examples import NOW
from tests.letter_examples import MESSAGE

FILE = CalendarFile("CAI-1.ics", "PUBLISH", "BEGIN:VCALENDAR\r\nSUMMARY:Séance\r\nEND:VCALENDAR\r\n")
SENDER = "CAI <letters@cai.example>"


def sent(message=MESSAGE, sender=SENDER, now=NOW):
    return message_from_bytes(as_email(message, sender, now).as_bytes(), policy=policy.default)


def test_a_letter_arrives_as_it_was_written():
    email = sent()

    assert email.get_content_type() == "multipart/alternative"
    text, html = email.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == MESSAGE.text
    assert html.get_content().replace("\r\n", "\n") == MESSAGE.html
    assert {part.get_content_charset() for part in (text, html)} == {"utf-8"}


def test_a_document_is_attached_byte_for_byte():
    email = sent(replace(MESSAGE, documents=(Document("CAI-1.pdf", bytes(range(256))),)))

    (file,) = email.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("application/pdf", "CAI-1.pdf")
    assert file.get_content() == bytes(range(256))


def test_a_calendar_file_is_attached_with_what_to_do_with_it():
    email = sent(replace(MESSAGE, calendars=(FILE, replace(FILE, name="CAI-2.ics", method="CANCEL"))))

    assert email.get_content_type() == "multipart/mixed"
    words, *files = email.iter_parts()
    assert [part.get_content_type() for part in words.iter_parts()] == ["text/plain", "text/html"]
    assert [part["Content-Type"].params["method"] for part in files] == ["PUBLISH", "CANCEL"]
    assert {(part.get_content_type(), part.get_content_charset()) for part in files} == {("text/calendar", "utf-8")}
    assert [(part.get_content_disposition(), part.get_filename()) for part in files] == [
        ("attachment", "CAI-1.ics"),
        ("attachment", "CAI-2.ics"),
    ]
    assert {part.get_payload(decode=True) for part in files} == {FILE.content.encode()}
    assert email["Content-Language"] == "fr"


def test_the_headers_say_who_wrote_what_to_whom():
    email = sent()

    assert {name: str(value) for name, value in email.items()} == {
        "From": SENDER,
        "To": "exempla@example.org",
        "Reply-To": "cai@example.lu",
        "Subject": MESSAGE.subject,
        "Date": "Sat, 21 Nov 2026 09:30:00 +0000",
        "Message-ID": "<7KQ2-M9XW.received.1@cai.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "fr",
        "X-CAI-Letter-Id": "7KQ2-M9XW.received.1",
        "X-CAI-Letter-Kind": "received",
        "MIME-Version": "1.0",
        "Content-Type": email["Content-Type"],
    }


def test_a_second_copy_is_recognised():
    first, second = sent(), sent(now=NOW + timedelta(hours=1))

    assert first["Message-ID"] == second["Message-ID"]
    assert first["X-CAI-Letter-Id"] == second["X-CAI-Letter-Id"]
    assert first["Date"] != second["Date"]


def test_every_line_on_the_way_is_short_and_ascii():
    long = "ë" * 2000
    message = replace(MESSAGE, text=long, html=long, calendars=(replace(FILE, content=long),))
    raw = as_email(message, SENDER, NOW).as_bytes()

    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


@pytest.mark.parametrize("field", ["id", "kind", "language", "subject", "to"])
@pytest.mark.parametrize(
    "ending", ["\r\nBcc: spy@example.org", "\nBcc: spy@example.org", "\rBcc: spy@example.org", "\u2028Bcc: x", "\x0bx"]
)
def test_no_value_brings_a_header_of_its_own(field, ending):
    bent = replace(MESSAGE, **{field: getattr(MESSAGE, field) + ending})

    with pytest.raises(MailRefusedError) as refused:
        as_email(bent, SENDER, NOW)

    assert "example" not in str(refused.value)


@pytest.mark.parametrize(
    "to",
    [
        pytest.param("", id="empty"),
        pytest.param("exempla", id="no domain"),
        pytest.param("@example.org", id="no name"),
        pytest.param("a@example.org, b@example.org", id="two"),
        pytest.param("a@example.org;b@example.org", id="two with a semicolon"),
        pytest.param("Name <a@example.org>", id="with a name"),
        pytest.param('"a b"@example.org', id="quoted"),
        pytest.param("a b@example.org", id="blank"),
        pytest.param("a@exam ple.org", id="blank in the domain"),
        pytest.param("a@example..org", id="empty label"),
        pytest.param("a@\u202eexämple.org", id="turned direction"),
    ],
)
def test_what_is_not_one_address_is_refused(to):
    with pytest.raises(MailRefusedError, match=r"^malformed address$"):
        as_email(replace(MESSAGE, to=to), SENDER, NOW)


@pytest.mark.parametrize(
    ("to", "header"),
    [
        pytest.param("o'neil+cai@example.org", "o'neil+cai@example.org", id="plain"),
        pytest.param("a@straße.example", "a@xn--strae-oqa.example", id="sharp s is kept"),
        pytest.param("a@LËTZEBUERG.example", "a@xn--ltzebuerg-v4a.example", id="capitals"),
        pytest.param("zoë@müller.example", "zoë@xn--mller-kva.example", id="both sides"),
    ],
)
def test_a_domain_is_written_as_dns_knows_it(to, header):
    email = as_email(replace(MESSAGE, to=to), SENDER, NOW)

    assert f"\r\nTo: {header}\r\n".encode() in email.as_bytes()


@pytest.mark.parametrize(
    "reply_to",
    [
        pytest.param("zoë@example.org", id="plain headers cannot write it"),
        pytest.param("a@example.org\r\nBcc: spy@example.org", id="more than one line"),
        pytest.param("", id="empty"),
    ],
)
def test_an_address_to_reply_to_that_cannot_be_written_does_not_hold_the_letter_up(reply_to):
    email = sent(replace(MESSAGE, reply_to=reply_to))

    assert email["Reply-To"] is None
    assert email["Bcc"] is None
    assert email["To"] == MESSAGE.to


@pytest.mark.parametrize("sender", ["", "CAI", "CAI <>", "a@b@c"])
def test_a_malformed_sender_is_our_own_mistake(sender):
    with pytest.raises(ConfigurationError, match=r"^CAI_MAIL_FROM must be an address"):
        as_email(MESSAGE, sender, NOW)


def test_a_sender_without_a_name_is_enough():
    assert sent(sender="letters@cai.example")["From"] == "letters@cai.example"
