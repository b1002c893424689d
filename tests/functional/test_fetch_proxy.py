"""`stats fetch` in a town's network: through a proxy, and with certificates that only the machine knows.

The proxy and the service are real, on this computer. The service's name exists nowhere else: what comes through has
come through the proxy.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import select
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from granskning.cli.app import advice, sentence
from granskning.edges.network.service_clock import Ceilings
from granskning.i18n import Translator
from statistics_folder import KOLADA, fetched, folder_with
from statistics_server import serve_statistics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from statistics_server import StatisticsServer

pytestmark = pytest.mark.xdist_group("statistics")
NAME = "kolada.exempel.invalid"
PATIENT = Ceilings(connect=20.0, read=20.0, answer=20.0, total=90.0, tries=2)
"""Loading certificates takes its time on a busy machine."""


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for the service's name that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Exempelstadens intyg")])
    now = dt.datetime.now(tz=dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    certificate, private = folder / "intyg.pem", folder / "nyckel.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                          serialization.NoEncryption()))  # fmt: skip
    return certificate, private


class Proxy(BaseHTTPRequestHandler):
    """A proxy that lets one name through to a port of this computer; it sees no more than the names that are asked."""

    asked: list[str]
    to: int
    refuses: bool

    def do_CONNECT(self) -> None:
        self.asked.append(self.path)
        if self.refuses:
            self.send_error(407, "who are you?")
            return
        with socket.create_connection(("127.0.0.1", self.to)) as service:
            self.send_response(200)
            self.end_headers()
            ends = {self.connection: service, service: self.connection}
            is_open = True
            while is_open:
                for ready in select.select(list(ends), [], [], 5)[0]:
                    data = b""
                    with contextlib.suppress(ConnectionError):  # who does not like the certificate hangs up
                        data = ready.recv(65536)
                        ends[ready].sendall(data)
                    is_open &= bool(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # theirs
        """Say nothing."""


@contextlib.contextmanager
def listening(server: ThreadingHTTPServer) -> Iterator[int]:
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def town(folder: Path, *, refuses: bool = False) -> Iterator[tuple[StatisticsServer, Path, list[str], int]]:
    """The service behind TLS, and the proxy that is the only way there."""
    certificate, private = write_certificate(folder)
    asked: list[str] = []
    with serve_statistics() as served:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, private)
        secure = served.again(context)
        with listening(secure) as port:
            served.address = f"https://{NAME}"
            handler = type("Handler", (Proxy,), {"asked": asked, "to": port, "refuses": refuses})
            with listening(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as proxy:
                yield served, certificate, asked, proxy


@pytest.fixture
def by_proxy(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_DIR", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("GRANSKNING_KOLADA", f"https://{NAME}/v3")
    return monkeypatch


def test_through_a_proxy_with_the_machines_certificates(tmp_path: Path, by_proxy: pytest.MonkeyPatch) -> None:
    with town(tmp_path) as (served, certificate, asked, proxy):
        by_proxy.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy}")
        by_proxy.setenv("SSL_CERT_FILE", str(certificate))
        (outcome,) = fetched(folder_with(tmp_path, KOLADA), write=True, ceilings=PATIENT)
    assert outcome.error is None
    assert outcome.state == "written"
    assert set(asked) == {f"{NAME}:443"}
    assert any("/data/kpi/" in target for _, target in served.asked)


def test_a_certificate_that_the_machine_does_not_know(tmp_path: Path, by_proxy: pytest.MonkeyPatch) -> None:
    with town(tmp_path) as (served, _, asked, proxy):
        by_proxy.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy}")
        (outcome,) = fetched(folder_with(tmp_path, KOLADA), write=True, ceilings=PATIENT)
    assert outcome.state == "failed"
    assert outcome.error is not None
    assert "certificate of Kolada is not one that this computer knows" in sentence(outcome.error, Translator("en"))
    assert "SSL_CERT_FILE" in advice(outcome.error, Translator("en"))
    assert len(asked) == 1
    assert served.asked == []


def test_a_proxy_that_refuses(tmp_path: Path, by_proxy: pytest.MonkeyPatch) -> None:
    with town(tmp_path, refuses=True) as (served, certificate, asked, proxy):
        by_proxy.setenv("HTTPS_PROXY", f"http://anna:hemligt@127.0.0.1:{proxy}")
        by_proxy.setenv("SSL_CERT_FILE", str(certificate))
        (outcome,) = fetched(folder_with(tmp_path, KOLADA), write=True, ceilings=PATIENT)
    assert outcome.state == "failed"
    assert outcome.error is not None
    told = sentence(outcome.error, Translator("en"))
    assert "the proxy does not let the call through" in told
    assert "hemligt" not in told
    assert asked
    assert served.asked == []


def test_a_service_of_this_computer_is_never_asked_through_a_proxy(
    statistics_service: StatisticsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    (outcome,) = fetched(folder_with(tmp_path, KOLADA), write=True, ceilings=PATIENT)
    assert outcome.error is None
    assert statistics_service.asked
