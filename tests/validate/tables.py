"""The documents that validate is tested on: faults.jsonl, good.jsonl, and good ones made up from realistic shapes.

Made up always the same: from a generator of its own, since Python's may change.
"""
import base64
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
GOOD = 200


def load(name):
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def faults():
    return load("faults.jsonl")


def document(row):
    if "base64" in row:
        return base64.b64decode(row["base64"])
    if "repeat" in row:
        before, unit, times = row["repeat"]
        return f"{before}{unit * times}\n".encode()
    return row["text"].encode()


class Dice:
    """A linear congruential generator."""

    def __init__(self, seed):
        self.state = seed

    def below(self, count):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % count

    def one_of(self, items):
        return items[self.below(len(items))]

    def some_of(self, items):
        return [item for item in items if self.below(3) > 0] or [items[0]]


NAMES = ["orders", "billing", "inventory", "session-cache", "team-a-db"]
HOSTS = ["{}.default.svc.cluster.local", "https://{}.example.com/login", "redis://{}.cache:6379", "{}.local.gd:31338"]
MESSAGES = ["Instance {} provisioned", "'Waiting for {}: 3 of 5 ready'", "\"{} is up: see https://docs.example.com\"",
            ">-\n  {} is being created,\n  please wait", "|\n  {} is ready\n  log in with the secret below"]
FIELDS = ["replicas: 3", "port: 5432", "ratio: 0.75", "healthy: true", "paused: false", "version: \"1.10\"", "release: v1.2.3",
          "sha: \"1234e56\"", "image: ghcr.io/acme/{}:1.27.3", "arn: arn:aws:s3:::{}", "cidr: 10.0.0.0/16",
          "created: \"2024-08-21T10:27:45Z\"", "owner: {}@example.com", "window: \"01:30\"", "limit: 512Mi", "note: ''",
          "tags: [blue, green]", "empty: { }", "none: []", "phase: Provisioned # set by the operator", "share: 1.5e+3"]
REASONS = ["Provisioned", "BackupFinished", "WaitingForDNS", "Synced"]
TYPES = ["Ready", "DatabaseReady", "acme.example.com/Healthy", "BackedUp"]


def made_up(seed):
    dice = Dice(seed)
    name = dice.one_of(NAMES)
    parts = [f"message: {dice.one_of(MESSAGES)}", f"url: {dice.one_of(HOSTS)}", *dice.some_of(FIELDS)]
    login = ["user: admin", "passwordSecretName: {}-login", "host: {}.svc"]
    parts += ["login:\n" + "\n".join(f"  {line}" for line in dice.some_of(login))]
    if dice.below(2):
        parts += ["endpoints:\n" + "\n".join(f"- name: {kind}\n  port: {port}" for kind, port in
                                            dice.some_of([("http", 80), ("https", 443), ("metrics", 9090)]))]
    if dice.below(2):
        parts += [conditions(dice)]
    style = dice.below(8)
    text = "\n".join(part.replace("{}", name) for part in parts) + "\n"
    if style == 0:
        text = "---\n# written by hand\n" + text
    if style == 1:
        text = text.replace("\n", "\r\n")
    if style == 2:
        text = text.removesuffix("\n")
    return {"name": f"made up {seed}", "file": "status.yaml", "text": text, "finds": []}


def conditions(dice):
    lines = ["conditions:"]
    for kind in dice.some_of(TYPES):
        status = dice.one_of(["True", "False", "Unknown"])
        lines += [f"- type: {kind}", f"  status: \"{status}\"", f"  reason: {dice.one_of(REASONS)}",
                  "  message: all of it is done", "  lastTransitionTime: \"2024-08-21T10:27:45Z\""]
    return "\n".join(lines)


def good():
    rows = load("good.jsonl")
    return rows + [made_up(seed) for seed in range(1, GOOD - len(rows) + 1)]
