"""A real SMTP server gets the letter, and each of its failures is sorted into later, never and stop."""

import socket
import ssl
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from traceback import format_exception
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.domain.errors import ConfigurationError, MailLaterError, MailRefusedError, MailStoppedError
from chalicelib.mail.smtp import SmtpPost
from tests.examples import NOW
from tests.letter_examples import MESSAGE

SENDER = "CAI <letters@cai.example>"
NO_USER = f"550 5.1.1 <{MESSAGE.to}>: unknown"


class Office:
    """Takes letters, or answers as told to MAIL, RCPT or DATA."""

    def __init__(self, **answers):
        self.answers, self.letters, self.logins = answers, [], []

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - the server's name for it
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.answers.get("DATA", "250 OK")
        if answer.startswith("250"):
            self.letters.append(envelope)
        return answer

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        if "QUIT" in self.answers:
            server.transport.abort()
        return "221 Bye"

    def login(self, server, session, envelope, mechanism, said):
        self.logins.append((said.login.decode(), said.password.decode()))
        refused = AuthResult(success=False, handled=False, message=self.answers.get("AUTH"))
        return refused if "AUTH" in self.answers else AuthResult(success=True)


@pytest.fixture
def serve():
    """Starts an office on a free port of the loopback, and gives its port."""
    started = []

    def start(office, **settings):
        ready = Controller(office, hostname="127.0.0.1", port=free_port(), authenticator=office.login, **settings)
        ready.start()
        started.append(ready)
        return ready.port

    yield start
    for each in started:
        each.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for the loopback, signed by itself: its file, and what a server needs of it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), today, today + timedelta(1))
        .add_extension(names, critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "loopback.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return SimpleNamespace(file=file, context=context)


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    return certificate.context


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def post(port, scheme="smtp", login="", **settings):
    return SmtpPost(f"{scheme}://{login}127.0.0.1:{port}", SENDER, lambda: NOW, **settings)


def refusal_by(sending, message=MESSAGE):
    with pytest.raises((MailLaterError, MailRefusedError, MailStoppedError)) as refused:
        sending.send(message)
    return refused.value


def test_the_letter_goes_whole_to_its_one_address(serve):
    office = Office()

    post(serve(office)).send(MESSAGE)

    (envelope,) = office.letters
    assert (envelope.mail_from, envelope.rcpt_tos) == ("letters@cai.example", ["exempla@example.org"])
    email = message_from_bytes(envelope.content, policy=policy.default)
    assert (email["Subject"], email["From"]) == (MESSAGE.subject, SENDER)
    assert email.get_body(("plain",)).get_content().replace("\r\n", "\n") == MESSAGE.text


@pytest.mark.parametrize(
    ("answers", "sorted_as", "code"),
    [
        pytest.param({"MAIL": "451 4.3.0 later"}, MailLaterError, 451, id="sender later"),
        pytest.param({"MAIL": "530 5.7.0 log in"}, MailStoppedError, 530, id="sender refused"),
        pytest.param({"RCPT": "450 4.2.1 full"}, MailLaterError, 450, id="address later"),
        pytest.param({"RCPT": "421 4.7.0 slow down"}, MailLaterError, 421, id="server closes"),
        pytest.param({"RCPT": NO_USER}, MailRefusedError, 550, id="address refused"),
        pytest.param({"DATA": "452 4.3.1 no room"}, MailLaterError, 452, id="letter later"),
        pytest.param({"DATA": "554 5.6.0 no"}, MailRefusedError, 554, id="letter refused"),
    ],
)
def test_what_the_server_says_is_sorted(serve, answers, sorted_as, code):
    refused = refusal_by(post(serve(Office(**answers))))

    assert type(refused) is sorted_as
    assert str(refused) == f"SMTP: {code}"


@pytest.mark.parametrize(
    ("answer", "sorted_as"),
    [
        pytest.param("535 5.7.8 no", MailStoppedError, id="refused"),
        pytest.param("454 4.7.0 later", MailLaterError, id="later"),
    ],
)
def test_a_login_that_fails_is_sorted(serve, answer, sorted_as):
    port = serve(Office(AUTH=answer), auth_require_tls=False)

    assert type(refusal_by(post(port, login="cai:wrong@"))) is sorted_as


def test_a_login_may_hold_any_sign(serve):
    office = Office()

    post(serve(office, auth_require_tls=False), login="cai%40example:p%2Fss%3A@").send(MESSAGE)

    assert office.logins == [("cai@example", "p/ss:")]
    assert len(office.letters) == 1


def test_a_server_out_of_reach_is_tried_later():
    assert type(refusal_by(post(free_port()))) is MailLaterError


def test_a_server_that_says_nothing_is_tried_later():
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        sending = post(silent.getsockname()[1], patience=timedelta(milliseconds=100))

        assert type(refusal_by(sending)) is MailLaterError


def test_a_letter_that_was_taken_is_sent_however_the_server_parts(serve):
    office = Office(QUIT="abort")

    post(serve(office)).send(MESSAGE)

    assert len(office.letters) == 1


def test_no_address_reaches_a_log(serve):
    refused = refusal_by(post(serve(Office(RCPT=NO_USER))))

    assert "exempla" not in "".join(format_exception(refused))


def test_starttls_protects_the_letter(serve, trusted):
    office = Office()

    post(serve(office, tls_context=trusted, require_starttls=True), "smtp+starttls").send(MESSAGE)

    assert len(office.letters) == 1


def test_smtps_protects_the_letter(serve, trusted):
    office = Office()

    post(serve(office, ssl_context=trusted), "smtps").send(MESSAGE)

    assert len(office.letters) == 1


def test_a_certificate_that_nobody_vouches_for_stops_the_post(serve, certificate):
    office = Office()

    refused = refusal_by(post(serve(office, tls_context=certificate.context), "smtp+starttls"))

    assert type(refused) is MailStoppedError
    assert office.letters == []


def test_a_server_without_starttls_stops_the_post(serve):
    office = Office()

    refused = refusal_by(post(serve(office), "smtp+starttls"))

    assert type(refused) is MailStoppedError
    assert office.letters == []


def test_a_name_of_another_script_needs_a_server_that_knows_it(serve):
    able, unable = Office(), Office()
    message = replace(MESSAGE, to="zoë@müller.example")

    post(serve(able, enable_SMTPUTF8=True)).send(message)
    refused = refusal_by(post(serve(unable, enable_SMTPUTF8=False)), message)

    assert able.letters[0].rcpt_tos == ["zoë@xn--mller-kva.example"]
    assert (type(refused), str(refused)) == (MailRefusedError, "SMTP: no SMTPUTF8")
    assert unable.letters == []


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://user:secret@mail.example", id="another scheme"),
        pytest.param("smtp:mail.example", id="no slashes"),
        pytest.param("smtp://user:secret@", id="no host"),
        pytest.param("smtp://user:secret@mail.example:port", id="port in words"),
        pytest.param("smtp://user:secret@[mail.example", id="half a bracket"),
    ],
)
def test_a_malformed_server_is_named_without_its_password(url):
    with pytest.raises(ConfigurationError, match=r"^CAI_MAIL must be") as malformed:
        SmtpPost(url, SENDER, lambda: NOW).send(MESSAGE)

    assert "secret" not in "".join(format_exception(malformed.value))
