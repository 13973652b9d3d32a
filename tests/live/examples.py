"""Runs the examples of the help, and compares what each does with examples.txt beside this file.

    examples.py [TABLE]     prints each thing that is not so; exit code 1 if there is one

Needs KRATIX_STATUS_BINARY.
"""
import fnmatch
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import fake_api_server  # noqa: E402
import service_account  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
BINARY = os.environ["KRATIX_STATUS_BINARY"]
OBJECT = {"apiVersion": "example.com/v1", "kind": "Db", "metadata": {"name": "orders", "namespace": "default"}, "spec": {"size": 3}}
POD = {"KRATIX_OBJECT_GROUP": "example.com", "KRATIX_OBJECT_VERSION": "v1", "KRATIX_OBJECT_NAME": "one",
       "KRATIX_OBJECT_NAMESPACE": "default", "KRATIX_CRD_PLURAL": "dbs", "KRATIX_CLUSTER_SCOPED": "false"}
PROGRAMS = {"create-database": 'echo "no room for $1" >&2; exit 4', "run": "exit 3"}
FUNCTIONS = r'''
object_is() { "$PYTHON" -c 'import json, sys
path = "kratix/input/object.yaml"
document = json.load(open(path)) | {"status": json.loads(sys.argv[1])}
json.dump(document, open(path, "w"))' "$1"; }
cluster() { "$PYTHON" -c 'import json, sys
status = json.load(open("server/object.json"))["status"]
print(eval(sys.argv[1]))' "$1"; }
'''


def cases(text):
    """A map for each example: its line, the lines around it, and what is expected."""
    for block in re.split(r"\n\n+", re.sub(r"^#.*\n", "", text, flags=re.M).strip("\n")):
        case = {"with": [], "then": [], ">": [], "2>": [], "exit": ["0"]}
        for line in block.splitlines():
            word, _, rest = line.partition(" ")
            if word == "exit":
                case["exit"] = [rest]
            else:
                case.setdefault(word, []).append(rest)
        [case["line"]] = case.pop("$")
        yield case


def examples(command):
    """Those of `help COMMAND`, and of its subcommands one by one: pairs of a command and a line."""
    text = subprocess.run([BINARY, "help", *command], capture_output=True, text=True, check=True).stdout
    subcommands = re.findall(r"^  kratix-status (%s [a-z]+)" % " ".join(command), text, re.M) if command else []
    if command and "explains one of these commands" in text:
        for subcommand in dict.fromkeys(subcommands):
            yield from examples(subcommand.split())
        return
    lines = text.partition("\nExamples:\n")[2].splitlines()
    yield " ".join(command), [line.strip() for line in lines]


def complaints_of_help(shown, told):
    """What the help lacks, or the table: `shown` is the examples of each command, `told` the lines of the table."""
    for command, lines in shown.items():
        if not 2 <= len(lines) <= 3:
            yield f"help {command}: {len(lines)} examples, where there should be two or three (cli/command_examples.cpp)"
        for line in lines:
            if not re.search(rf"\bkratix-status (--dry-run )?{command}\b", line):
                yield f"help {command}: an example does not run it: {line}"
            if line not in told:
                yield f"help {command}: the table does not say what this does: {line}"
    every = [line for lines in shown.values() for line in lines]
    yield from (f"in the table, and not in the help: {line}" for line in told if line not in every)


def all_examples():
    overview = subprocess.run([BINARY, "help"], capture_output=True, text=True, check=True).stdout
    for name in re.findall(r"^  (\w+) ", overview.split("\nCommands:\n")[1].split("\n\n")[0], re.M):
        yield from examples([name])


def shell_of(case):
    then = "\n".join(case["then"])
    return (FUNCTIONS + f"after() {{ echo $? >code\n{then}\n:\n}}\n" + "\n".join(case["with"]) + "\ntrap after EXIT\n"
            + case["line"].replace("/pipeline/", "./pipeline/") + "\n")


def lay_out(top, certificates):
    for name in ("input", "metadata", "output"):
        (top / "kratix" / name).mkdir(parents=True)
    (top / "kratix/input/object.yaml").write_text(json.dumps(OBJECT))
    for directory in ("bin", "pipeline"):
        (top / directory).mkdir()
        for name, text in PROGRAMS.items():
            (top / directory / name).write_text(f"#!/bin/sh\n{text}\n")
            (top / directory / name).chmod(0o755)
    (top / "bin/kratix-status").symlink_to(BINARY)
    service_account.write(top / "account", {"token": b"good-token", "ca.crt": (certificates / "ca.crt").read_bytes(), "namespace": b"default"})


def ends_as(wanted, printed):
    """Whether `printed` is the lines `wanted`, where ... is any text."""
    pattern = "\n".join(re.sub(r"([*?[])", r"[\1]", line).replace("...", "*") for line in wanted)
    return fnmatch.fnmatchcase("\n".join(printed.splitlines()), pattern)


def run(case, certificates):
    """What the example did that is not as expected, or nothing."""
    with tempfile.TemporaryDirectory() as directory:
        top = pathlib.Path(directory)
        lay_out(top, certificates)
        environment = {"PATH": f"{top}/bin:/usr/bin:/bin", "KRATIX_ROOT": "kratix", "LC_ALL": "C.UTF-8", "PYTHON": sys.executable}
        needs_cluster = "cluster" in " ".join(case["then"])
        if needs_cluster:
            words = [f"{top}/server", "--certificate", f"{certificates}/rsa.crt", "--service-account", f"{top}/account"]
            server = fake_api_server.Server(fake_api_server.parse(words))
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            environment |= POD | {"KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": str(server.port),
                                  "KRATIX_STATUS_SERVICE_ACCOUNT_DIR": f"{top}/account"}
        try:
            done = subprocess.run(["bash", "-c", shell_of(case)], cwd=top, env=environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=60)
        finally:
            if needs_cluster:
                server.stop()
        code = (top / "code").read_text().strip()
    wrong = []
    if [code] != case["exit"]:
        wrong.append(f"exit code {code} instead of {case['exit'][0]}")
    for stream, printed in ((">", done.stdout), ("2>", done.stderr)):
        if not ends_as(case[stream], printed):
            wrong.append(f"{stream} {printed!r} instead of {case[stream]}")
    return wrong


def main():
    table = pathlib.Path(sys.argv[1]) if sys.argv[1:] else HERE / "examples.txt"
    told = list(cases(table.read_text()))
    wrong = list(complaints_of_help(dict(all_examples()), [case["line"] for case in told]))
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run([HERE / "certificates", directory], check=True, capture_output=True)
        for case in told:
            wrong += [f"{case['line']}: {what}" for what in run(case, pathlib.Path(directory))]
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
