"""answers.py: walks answers.tsv, each row with a fake API server of its own, over the binary in $KRATIX_STATUS_BINARY.

    answers.py [TEXT]      all rows, or those whose name holds TEXT

Prints `answers: N of N`, and for each row that ends differently the command, the exit code, standard error and what the
server saw. Beside what a row says, of each run: the token is in no output, status.yaml is as it was, Kratix's part of the
object is as it was, and an exit code of 0 without --try means that the object holds what status.yaml says.
"""
import concurrent.futures
import contextlib
import csv
import dataclasses
import json
import os
import pathlib
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import api_object  # noqa: E402
import fake_api_server  # noqa: E402
import service_account  # noqa: E402

BINARY = os.path.realpath(os.environ["KRATIX_STATUS_BINARY"])
WORKERS = 4
TOKENS = ("good-token", "second-token", "stale-token")
STATUS = "k: v\nmessage: Working\n"
PIPELINE = api_object.PIPELINE | {"LC_ALL": "C"}


@dataclasses.dataclass
class Run:
    """What one row's command was, did and left."""

    command: list
    environment: dict
    code: int = 0
    stdout: str = ""
    stderr: str = ""
    seconds: float = 0.0
    requests: list = dataclasses.field(default_factory=list)
    object: dict = dataclasses.field(default_factory=dict)


def read_table(path):
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = [row["name"] for row in rows]
    for row in rows:
        if names.count(row["name"]) != 1 or None in row or None in row.values():
            sys.exit(f"{path.name}: the name appears twice, or there are not 9 cells: {row['name']}")
    return rows


def client_words(cell):
    """(options, environment, files) of a cell `client`."""
    options, environment, files = [], {}, {}
    for word in shlex.split(cell):
        name, equals, value = word.partition("=")
        if not equals or word.startswith("-") or (options and options[-1] == "--timeout"):
            options.append(word)
        elif name.isupper() or name.endswith("_proxy"):
            environment[name] = value
        else:
            files[name] = value.replace("\\n", "\n")
    return options, environment, files


def server_words(cell, certificates):
    words = [str(certificates / word[1:]) if word.startswith("@") else word for word in cell.split()]
    return words if "--certificate" in words else [*words, "--certificate", str(certificates / "rsa.crt")]


@contextlib.contextmanager
def running(server):
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


@contextlib.contextmanager
def port_without_server(kind, family):
    """A port where connect() is refused (`closed`), or waits without end because nobody accepts (`full`)."""
    host = "::1" if family == socket.AF_INET6 else "127.0.0.1"
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket(family))
        listener.bind((host, 0))
        if kind == "full":
            listener.listen(0)
            for _ in range(4):
                client = stack.enter_context(socket.socket(family))
                client.setblocking(False)
                client.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


def prepare(root, files, certificates):
    """The metadata directory and the service account's."""
    for name in ("input", "metadata", "account"):
        (root / name).mkdir(parents=True)
    status = files.get("status", STATUS)
    if status != "-":
        (root / "metadata/status.yaml").write_text(status)
    token, authority = files.get("token", "good-token"), files.get("ca", "ca.crt")
    account = {"namespace": b"default"}
    if token != "-":
        account["token"] = token.encode()
    if authority != "-":
        account["ca.crt"] = (certificates / authority).read_bytes()
    service_account.write(root / "account", account)


def command_of(row, root, server, port):
    options, environment, _ = client_words(row["client"])
    environment = PIPELINE | {"KUBERNETES_SERVICE_HOST": server.options.host, "KUBERNETES_SERVICE_PORT": str(port),
                              "KRATIX_STATUS_SERVICE_ACCOUNT_DIR": str(root / "account"), "KRATIX_ROOT": str(root),
                              } | environment
    return Run([BINARY, "publish", *options], {name: value for name, value in environment.items() if value})


def execute(run, limit):
    """Runs the command for at most `limit` seconds more than it may take."""
    before = time.monotonic()
    try:
        done = subprocess.run(run.command, env=run.environment, stdin=subprocess.DEVNULL, capture_output=True, check=False,
                              timeout=limit + 5)
        run.code, out, err = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired as error:
        run.code, out, err = -9, error.stdout or b"", error.stderr or b""
    run.seconds = time.monotonic() - before
    run.stdout, run.stderr = out.decode(errors="backslashreplace"), err.decode(errors="backslashreplace")


def play(row, root, certificates):
    """Runs the row: the Run, and what else is wrong."""
    files = client_words(row["client"])[2]
    prepare(root, files, certificates)
    words = [str(root / "server"), "--script", f'[{row["answers"]}]', "--service-account", str(root / "account")]
    server = fake_api_server.Server(fake_api_server.parse([*words, *server_words(row["server"], certificates)]))
    with running(server), contextlib.ExitStack() as stack:
        port = server.port
        if "port" in files:
            port = stack.enter_context(port_without_server(files["port"], server.address_family))
        before = contents(root / "metadata")
        run = command_of(row, root, server, port)
        execute(run, float(row["within"]))
    lines = (root / "server/requests.jsonl").read_text().splitlines()
    run.requests = [json.loads(line) for line in lines]
    run.object = json.loads((root / "server/object.json").read_text())
    return run, [] if contents(root / "metadata") == before else ["the metadata directory changed"]


def contents(directory):
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for path in directory.iterdir()}


def counted(text, count):
    return count >= int(text[:-1]) if text.endswith("+") else count == int(text)


def breaches_of_row(row, run):
    """Where the run is not what the row says."""
    if run.code != int(row["code"]):
        yield f"exit code {run.code} instead of {row['code']}"
    if row["stderr"] == "-":
        if run.stderr:
            yield "standard error is not empty"
    elif row["stderr"] not in run.stderr or not run.stderr.startswith("kratix-status: "):
        yield f"standard error is not a message with: {row['stderr']}"
    for column, method in (("gets", "GET"), ("patches", "PATCH")):
        count = sum(request.get("method") == method for request in run.requests)
        if not counted(row[column], count):
            yield f"{count} {method} instead of {row[column]}"
    if run.seconds > float(row["within"]):
        yield f"took {run.seconds:.2f} s instead of at most {row['within']} s"


def breaches_of_all(row, run):
    """Where the run breaks what every run has to keep."""
    if run.stdout:
        yield "standard output is not empty"
    if any(token in run.stdout + run.stderr for token in TOKENS):
        yield "the token is in the output"
    if any(ord(character) < 32 and character != "\n" or ord(character) == 127 for character in run.stderr):
        yield "standard error holds control characters"
    if any("error" in request for request in run.requests):
        yield "the fake server itself failed"
    status = run.object["status"]
    for key in ("kratix", "conditions"):
        if status[key] != api_object.OBJECT["status"][key]:
            yield f"{key} of Kratix changed"
    for request in run.requests:
        if request.get("method") == "PATCH" and not good_patch(request):
            yield "a PATCH is not as it has to be"
    files = client_words(row["client"])[2]
    if run.code == 0 and "status" not in files and "--try" not in run.command and status.get("k") != "v":
        yield "exit code 0, and the object has not got what status.yaml says"


def good_patch(request):
    body = json.loads(request["body"])
    return (request["path"] == f"{api_object.PATH}/status?fieldManager=kratix-status"
            and request["headers"].get("content-type") == "application/merge-patch+json"
            and set(body) == {"metadata", "status"} and set(body["metadata"]) == {"resourceVersion"}
            and body["status"] and not {"kratix", "conditions"} & set(body["status"]))


def shown(row, run, breaches):
    named = {name: value for name, value in run.environment.items() if name not in PIPELINE}
    words = [f"{name}={value}" for name, value in named.items()] + run.command
    lines = [f"FAILED: {row['name']}", *(f"  {breach}" for breach in breaches), f"command: {shlex.join(words)}",
             f"exit code: {run.code} after {run.seconds:.2f} s", f"standard error:\n{run.stderr[:2000]}", "what the server saw:"]
    for request in run.requests[:12]:
        lines.append("  " + json.dumps({name: value for name, value in request.items() if name != "headers"})[:500])
    return "\n".join(lines)


def test(row, directory, certificates):
    """None, or what to show of the failure."""
    root = pathlib.Path(tempfile.mkdtemp(prefix="row-", dir=directory))
    try:
        run, wrong = play(row, root, certificates)
        breaches = [*wrong, *breaches_of_row(row, run), *breaches_of_all(row, run)]
    except Exception:  # of the test itself, or of what it cannot read; the other rows go on
        return f"FAILED: {row['name']}\n{traceback.format_exc()}"
    return shown(row, run, breaches) if breaches else None


def main():
    rows = [row for row in read_table(HERE / "answers.tsv") if not sys.argv[1:] or sys.argv[1] in row["name"]]
    rows.sort(key=lambda row: -float(row["within"]))  # the long ones start first
    with tempfile.TemporaryDirectory(prefix="answers-") as name:
        directory = pathlib.Path(name)
        certificates = directory / "certificates"
        subprocess.run([str(HERE / "certificates"), str(certificates)], check=True)
        (certificates / "empty.crt").write_text("")
        (certificates / "garbage.crt").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            failures = [text for text in pool.map(lambda row: test(row, directory, certificates), rows) if text]
    print("\n\n".join(failures), end="\n\n" if failures else "")
    print(f"answers: {len(rows) - len(failures)} of {len(rows)}")
    sys.exit(1 if failures or not rows else 0)


if __name__ == "__main__":
    main()
