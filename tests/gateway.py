"""A gateway of chat or SMS on 127.0.0.1: it checks signatures by the published rule, and can behave badly."""

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Taken:
    """One request that came in whole."""

    path: str
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    def is_signed_with(self, secret):
        """As a receiver checks it who knows nothing of our code."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        text = b".".join([self.headers["webhook-id"].encode(), self.headers["webhook-timestamp"].encode(), self.body])
        wanted = base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode()
        fresh = abs(time.time() - int(self.headers["webhook-timestamp"])) < 300
        given = self.headers["webhook-signature"].split()
        return fresh and any(hmac.compare_digest(each, f"v1,{wanted}") for each in given)


@dataclass
class Gateway:
    """`status`, `text`, `headers`: the answer. `hang`: seconds before it. `closes`: no answer at all.

    `drips`: this, and then a letter each tenth of a second without an end.
    """

    status: int = 204
    text: bytes = b""
    headers: dict = field(default_factory=dict)
    hang: float = 0
    closes: bool = False
    drips: bytes = b""
    taken: list = field(default_factory=list)
    port: int = 0
    scheme: str = "http"
    host: str = "127.0.0.1"

    @property
    def origin(self):
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def url(self):
        return f"{self.origin}/nhan?kenh=1"


def _handler(gateway, over):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.taken.append(Taken(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            over.wait(gateway.hang)
            if gateway.closes:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if gateway.drips:
                self.drip()
                return
            self.send_response(gateway.status)
            for name, value in {"Content-Length": len(gateway.text), **gateway.headers}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(gateway.text)

        def drip(self):
            self.wfile.write(gateway.drips)
            while not over.wait(0.1):
                self.wfile.write(b"x")

        def log_message(self, *args):
            pass

    return Handler


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # whoever hangs up early is what these tests are about


@contextmanager
def gateway(context=None, **behaviour):
    """A running one; with `context` it speaks TLS."""
    made, over = Gateway(**behaviour), threading.Event()
    server = _Quiet(("127.0.0.1", 0), _handler(made, over))
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        made.scheme = "https"
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder, name):
    """A TLS context for a server of that name, and the file that makes its certificate trusted."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, who = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, secret = folder / "server.pem", folder / "server.key"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    words = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    secret.write_bytes(key.private_bytes(*words))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, secret)
    return context, trusted
