"""Over https the certificate must be that of the name, though the connection is made to an address."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from exchange.fetching.fetch import FetchFailed, fetch

# Each waits for a site that keeps it waiting.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for `localhost`, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "localhost.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def encrypted(site, certificate):
    """A site with that certificate, and the names that it was asked for in the handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names = []
    context.sni_callback = lambda connection, name, own: names.append(name)
    one = site(lambda asked: asked.answer("secret"), context)
    one.names = names
    return one


def read(address, budget):
    with fetch(address, budget=budget, resolve=lambda host, port: ["127.0.0.1"]) as answer:
        return answer.stream().read()


def test_the_name_is_asked_for_and_checked(encrypted, certificate, budget, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert read(f"https://localhost:{encrypted.port}/", budget) == b"secret"
    assert encrypted.names == ["localhost"]
    assert encrypted.asked[0].headers["host"] == f"localhost:{encrypted.port}"


def test_a_certificate_nobody_vouches_for_is_refused(encrypted, budget):
    with pytest.raises(FetchFailed, match="certificate of “localhost” is not good"):
        read(f"https://localhost:{encrypted.port}/", budget)
    assert not encrypted.asked


def test_a_certificate_of_another_name_is_refused(encrypted, certificate, budget, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with pytest.raises(FetchFailed, match=r"certificate of “127\.0\.0\.1” is not good"):
        read(f"https://127.0.0.1:{encrypted.port}/", budget)
    assert not encrypted.asked


def test_a_redirect_from_https_to_http_is_not_followed(site, certificate, budget, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    plain = site(lambda asked: asked.answer("plain"))
    one = site(lambda asked: asked.answer(status="302 Found", Location=plain.address), context)

    with pytest.raises(FetchFailed, match="https to http") as failure:
        read(f"https://localhost:{one.port}/", budget)
    assert failure.value.is_permanent
    assert not plain.asked


def test_an_encrypted_site_that_drips_is_left_in_time(site, certificate, budget, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def behave(asked):
        asked.send("HTTP/1.1 200 OK\r\nX: ")
        asked.drip(b"y")

    with pytest.raises(FetchFailed, match="did not end within 1 seconds"):
        read(f"https://localhost:{site(behave, context).port}/", budget)
