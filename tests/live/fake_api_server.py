"""A stand-in for kube-apiserver: one object behind TLS, with real merge patches, and scripted answers before them.

    fake_api_server.py DIRECTORY [OPTION...]      serves until it is told to end (SIGTERM); --help lists the options

DIRECTORY gets `port` when the server listens, `object.json` (the object as it is now) and `requests.jsonl`, a line for
each request: connection, TLS version, server name, method, path, headers, token (right, wrong or none; never its text),
body and what was answered; and a line for each connection without a handshake.

The first requests get the answers of --script, a JSON list; then, and where the list has {}, the object's own. An answer:

    {"status": 503, "headers": {...}, "body": "..."}     that; a body that is a map is sent as JSON
    {"status": 503, "message": "..."}                    the same with the Kubernetes Status that says so
    {"do": "hang"}                                       one of the DEEDS of misbehaviour.py
    {"merge": {...}}                                     another client's merge patch comes first; then what else is there
    {..., "always": true}                                the last one: all further requests get it, too
    {"new_token": "..."}                                 another token comes first: the one that is right from now on, and
                                                         in the --service-account's directory; then what else is there
    {"new_certificate": "FILE"}                          the same with the certificate of later connections
    {"new_ca": "FILE"}                                   the same with the --service-account's ca.crt; both are files
                                                         beside --certificate

`Server(parse(words))` is the same within the calling process. For tests alone: it holds nothing back from anybody.
"""
import argparse
import ipaddress
import json
import pathlib
import signal
import socket
import socketserver
import ssl
import sys
import threading
import urllib.parse
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import api_object  # noqa: E402
import misbehaviour  # noqa: E402
import service_account  # noqa: E402

VERSIONS = {"1.1": ssl.TLSVersion.TLSv1_1, "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
LONGEST_HEAD, LONGEST_BODY = 1 << 16, 8 << 20


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens, and holds what all connections share. A thread each, so that one that hangs holds up no other."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, options):
        self.options = options
        self.directory = pathlib.Path(options.directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        document = json.loads(pathlib.Path(options.object).read_text()) if options.object else api_object.OBJECT
        self.object = api_object.Object(document, self.directory / "object.json")
        self.script = json.loads(options.script)
        self.token = options.token
        self.lock = threading.Lock()
        self.connections = 0
        self.stopping = threading.Event()
        self.log_file = open(self.directory / "requests.jsonl", "w", encoding="utf-8")
        self.tls = tls_context(options)
        self.address_family = socket.AF_INET6 if ipaddress.ip_address(options.host).version == 6 else socket.AF_INET
        super().__init__((options.host, 0), Connection)
        self.port = self.server_address[1]
        beside = self.directory / "port.tmp"
        beside.write_text(f"{self.port}\n")
        beside.rename(self.directory / "port")

    def next_answer(self):
        with self.lock:
            if not self.script:
                return {}
            return self.script[0] if self.script[0].get("always") else self.script.pop(0)

    def next_connection(self):
        with self.lock:
            self.connections += 1
            return self.connections

    def log(self, **entry):
        with self.lock:
            if self.log_file.closed:  # a connection that outlasts the server
                return
            self.log_file.write(json.dumps(entry) + "\n")
            self.log_file.flush()

    def replace_token(self, token):
        self.token = token
        if self.options.service_account:
            service_account.replace(self.options.service_account, "token", token.encode())

    def replace_certificate(self, name):
        self.options.certificate = str(pathlib.Path(self.options.certificate).with_name(name))
        self.tls = tls_context(self.options)

    def replace_ca(self, name):
        content = pathlib.Path(self.options.certificate).with_name(name).read_bytes()
        service_account.replace(self.options.service_account, "ca.crt", content)

    def handle_error(self, request, client_address):
        kind, error = sys.exc_info()[:2]
        if not issubclass(kind, OSError):  # a client that goes away is no error of the server's
            self.log(error=f"the fake server itself: {kind.__name__}: {error}")

    def stop(self):
        """For a server whose serve_forever() runs in another thread."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        self.log_file.close()


class Connection(socketserver.BaseRequestHandler):
    """One connection: its handshake, then one request after the other."""

    def handle(self):
        server = self.server
        self.number = server.next_connection()
        if server.options.before_tls and self.number <= server.options.before_tls_times:
            server.log(connection=self.number, before_tls=server.options.before_tls)
            misbehaviour.BEFORE_TLS[server.options.before_tls](self)
            return
        # As Go's server, which kube-apiserver is: an answer does not wait for the client's acknowledgment of what came before.
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.stream = server.tls.wrap_socket(self.request, server_side=True)
        except OSError as error:
            server.log(connection=self.number, handshake=str(error))
            return
        self.received, self.open = b"", True
        with self.stream:
            while self.open and (request := self.next_request()):
                self.answer(*request)

    # --- what comes in

    def receive(self, enough, limit):
        """Reads until enough() says so. False where the client ends before, or sends more than `limit` bytes."""
        while not enough():
            block = self.stream.recv(1 << 16)
            if not block or len(self.received) > limit:
                return False
            self.received += block
        return True

    def next_request(self):
        """(method, path, headers, body) or None."""
        if not self.receive(lambda: b"\r\n\r\n" in self.received, LONGEST_HEAD):
            return None
        head, _, self.received = self.received.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        if not self.receive(lambda: len(self.received) >= length, LONGEST_BODY):
            return None
        body, self.received = self.received[:length], self.received[length:]
        return method, path, headers, body

    # --- what is done about it

    def answer(self, method, path, headers, body):
        scripted = self.server.next_answer()
        given = headers.get("authorization")
        token = "none" if given is None else "right" if given == f"Bearer {self.server.token}" else "wrong"
        if given is not None:
            headers["authorization"] = f"({token})"
        entry = {"connection": self.number, "tls": self.stream.version(), "server_name": getattr(self.stream, "asked_for", None),
                 "method": method, "path": path, "headers": headers, "token": token, "body": body.decode(errors="replace")}
        if "new_token" in scripted:
            self.server.replace_token(scripted["new_token"])
        if "new_certificate" in scripted:
            self.server.replace_certificate(scripted["new_certificate"])
        if "new_ca" in scripted:
            self.server.replace_ca(scripted["new_ca"])
        if "merge" in scripted:
            self.server.object.patch_status({"status": scripted["merge"]}, "kratix")
        if "do" in scripted:
            self.server.log(**entry, answered=scripted["do"])
            misbehaviour.DEEDS[scripted["do"]](self, lambda: as_json(self.process(method, path, headers, token, body)[1]))
            return
        if "status" in scripted:
            code = scripted["status"]
            document = scripted.get("body", api_object.failure(code, scripted.get("message", f"scripted {code}")))
        else:
            code, document = self.process(method, path, headers, token, body)
        self.server.log(**entry, answered=code)
        self.send_answer(code, as_json(document), headers=scripted.get("headers", {}))

    def process(self, method, path, headers, token, body):
        """What an API server without a script does: (code, document)."""
        if token != "right":
            return 401, api_object.failure(401, "Unauthorized")
        path, _, query = path.partition("?")
        path, subresource = (path.removesuffix("/status"), path.endswith("/status"))
        if urllib.parse.unquote(path) != self.server.options.path:
            return 404, api_object.failure(404, "the server could not find the requested resource")
        if method == "GET":
            return self.server.object.get()
        if method != "PATCH" or not subresource:
            return 405, api_object.failure(405, "the server does not allow this method on the requested resource")
        if headers.get("content-type") != "application/merge-patch+json":
            return 415, api_object.failure(415, "the body of the request was in an unknown format")
        try:
            patch = json.loads(body)
        except ValueError as error:
            return 400, api_object.failure(400, f"the body is not JSON: {error}")
        manager = urllib.parse.parse_qs(query).get("fieldManager", ["unknown"])[0]
        return self.server.object.patch_status(patch, manager)

    # --- what goes out

    def head(self, code, body, headers=None, first_line=None):
        lines = {"Content-Type": "application/json", "Content-Length": str(len(body))} | (headers or {})
        first = first_line if first_line is not None else f"HTTP/1.1 {code} {api_object.REASONS.get(code, 'OK')}\r\n".encode()
        return first + "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode() + b"\r\n"

    def send_answer(self, code, body, headers=None, first_line=None):
        self.send(self.head(code, body, headers, first_line) + body)

    def send(self, data):
        self.stream.sendall(data)

    def wait(self, seconds):
        """Waits, without end for None. True when the server ends."""
        return self.server.stopping.wait(seconds)

    def end(self):
        """Ends the connection as TLS wants it: close_notify, then FIN."""
        self.open = False
        try:
            self.stream.settimeout(0.2)  # unwrap() waits for the client's own close_notify
            self.stream.unwrap()
        except (OSError, ValueError):
            pass

    def drop(self):
        """Ends it without close_notify, as a process that was killed."""
        self.open = False
        self.stream.shutdown(socket.SHUT_RDWR)

    def reset(self):
        self.open = False
        misbehaviour.set_to_reset(self.stream)


def as_json(document):
    return document.encode() if isinstance(document, str) else json.dumps(document).encode()


def tls_context(options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # Like Go's server, which kube-apiserver is: the first of the client's kinds of signature counts.
    context.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
    context.load_cert_chain(options.certificate, options.key or options.certificate.removesuffix(".crt") + ".key")
    if not options.own_order:  # Go's TLS, and so kube-apiserver, takes the first signature algorithm of the client that it can
        context.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
    if options.tls == "1.1":
        context.set_ciphers("ALL:@SECLEVEL=0")  # OpenSSL 3 offers it in no other way
    elif options.ciphers:
        context.set_ciphers(options.ciphers)
    if options.tls:
        warnings.simplefilter("ignore", DeprecationWarning)  # of TLS 1.1
        context.minimum_version = context.maximum_version = VERSIONS[options.tls]
    if options.curve:
        context.set_ecdh_curve(options.curve)
    if options.asks_for_certificate:  # as kube-apiserver does; a client need not have one
        context.load_verify_locations(options.asks_for_certificate)
        context.verify_mode = ssl.CERT_OPTIONAL
    context.set_alpn_protocols(["h2", "http/1.1"])
    context.sni_callback = lambda stream, name, _: setattr(stream, "asked_for", name)
    return context


def parse(words):
    parser = argparse.ArgumentParser(description="A stand-in for kube-apiserver.", allow_abbrev=False)
    parser.add_argument("directory")
    parser.add_argument("--certificate", required=True, metavar="FILE", help="the server's, with its chain")
    parser.add_argument("--key", metavar="FILE", help="default: beside the certificate, .key instead of .crt")
    parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1 or ::1; the kernel chooses the port")
    parser.add_argument("--tls", choices=VERSIONS, help="speak this version only")
    parser.add_argument("--own-order", action="store_true", help="choose by OpenSSL's order, in which RSA-PSS comes first")
    parser.add_argument("--ciphers", help="of TLS 1.2, as OpenSSL names them")
    parser.add_argument("--curve", help="the only curve that the server agrees to, as OpenSSL names it")
    parser.add_argument("--asks-for-certificate", metavar="FILE", help="ask clients for one of this authority")
    parser.add_argument("--before-tls", choices=misbehaviour.BEFORE_TLS, help="what connections get instead of a handshake")
    parser.add_argument("--before-tls-times", type=int, default=1 << 30, metavar="N", help="only the first N connections")
    parser.add_argument("--token", default="good-token", help="the one that is right")
    parser.add_argument("--service-account", metavar="DIRECTORY", help="where new tokens go")
    parser.add_argument("--object", metavar="FILE", help="the object as JSON")
    parser.add_argument("--path", default=api_object.PATH, help="the object's path, decoded")
    parser.add_argument("--script", default="[]", metavar="JSON")
    return parser.parse_args(words)


def main():
    server = Server(parse(sys.argv[1:]))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server.serve_forever(poll_interval=0.05)


if __name__ == "__main__":
    main()
