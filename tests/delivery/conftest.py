"""A real SMTP server on this machine."""

import asyncio
import contextlib
import datetime
import email
import email.policy
import socket
import ssl
import threading

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Mailbox:
    """Takes what it is given, unless told to answer otherwise: once for each answer."""

    def __init__(self):
        self.letters, self.answers, self.data_answers, self.pause = [], [], [], 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - a name of aiosmtpd
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - a name of aiosmtpd
        if self.data_answers:
            return self.data_answers.pop(0)
        await asyncio.sleep(self.pause)
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(autouse=True)
def _real_mail(settings):
    """Django's tests swap the mail backend; here mails go the way they go in production."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER = "127.0.0.1", ""


@pytest.fixture
def mail_server(settings, unused_port):
    settings.EMAIL_PORT = unused_port
    with serving(unused_port) as mailbox:
        yield mailbox


@pytest.fixture
def sealed_mail_server(settings, unused_port, tmp_path):
    """The same behind TLS, with a certificate that nobody vouches for."""
    settings.EMAIL_PORT = unused_port
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_made_certificate(tmp_path / "certificate.pem"))
    mailbox = Mailbox()
    # The controller's own test connection would refuse the certificate too, so the server is started by hand.
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        loop.create_server(lambda: SMTP(mailbox, loop=loop), "127.0.0.1", unused_port, ssl=context)
    )
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield mailbox
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@contextlib.contextmanager
def serving(port):
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    yield mailbox
    server.stop()


def self_made_certificate(path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
