#!/usr/bin/env python3
"""Checks the laws of conformance, with the programs that read and write status.yaml for real.

    laws.py TOOLS DRIVER read [--names] FILE...    over files in the corpus' format
    laws.py TOOLS DRIVER foreign [SEED [COUNT]]    over what other emitters write for COUNT random maps
    laws.py TOOLS DRIVER mutations [SEED [COUNT]]  over COUNT documents of the corpus with random changes
    laws.py TOOLS DRIVER write [SEED [COUNT]]      over values.py: strings, numbers, COUNT random maps
    laws.py TOOLS DRIVER status-writer [SEED [COUNT]]    over COUNT random pairs of a previous status and a status.yaml

TOOLS is the directory that `build` made, DRIVER the conformance-driver. SEED is 1 and COUNT 1000 if not given.

Reading: our reader sees what Kratix sees, or refuses; and Kratix sees the same in what our writer makes of it. Each
document has one outcome: same, both refuse, refused though Kratix reads, accepted though Kratix refuses, differs.
Without TOOLS/bin/oracle a file's own answers do for the first half, and the second is skipped, by name. --names prints
the names of all documents, not only of those where the two readers disagree, and takes any refusal: the documents are not
ours to explain.
Writing: what our writer writes for a value is that value to every reader, ours included. Slow readers get the first of
the documents, with CI=true more of them.

Status-writer: our preview of a status.yaml over a previous status is what Kratix's own MergeStatuses, and for the last
Pipeline MarkAsCompleted, make of it. Conditions are compared as sets, without the time of ConfigureWorkflowCompleted.

Exit code 1 if a law is broken. Refusing what Kratix reads breaks none, if refusals.py knows why: it is counted and named.
"""

import collections
import json
import os
import shutil
import sys
import textwrap
from pathlib import Path

import mutations
import programs
import refusals
import values

OUTCOMES = ["same", "both refuse", "refused though Kratix reads", "accepted though Kratix refuses", "differs"]
REFUSED = OUTCOMES[2]
BROKEN = OUTCOMES[3:]
UNKNOWN = "of no kind that refusals.py knows"
NAMED = 100


def outcome(kratix, ours, kratix_again):
    """The outcome, and what there is to say about it. `kratix_again` is Kratix's reading of what our writer made of our
    reading, None if it was not asked."""
    if "error" in ours:
        return ("both refuse" if "error" in kratix else REFUSED), ours["error"]
    if "error" in kratix:
        return "accepted though Kratix refuses", kratix["error"]
    if not programs.same_answer(kratix, ours):
        return "differs", "reads another value"
    if "yaml" not in ours:
        return "differs", f"cannot be written: {ours.get('write_error')}"
    if kratix_again and not programs.same_answer(kratix, kratix_again):
        return "differs", "rewritten, it is another value to Kratix"
    return "same", ""


def outcomes(tools, driver, documents, answers):
    """For each outcome the names of its documents, each with what there is to say; `answers` are Kratix's."""
    ours = programs.through([driver], tools, [programs.document_of(document) for document in documents])
    again = {}
    if has_oracle(tools):
        rewritten = [programs.document_of(answer) for answer in ours if "yaml" in answer]
        again = {answer["name"]: answer for answer in programs.through(programs.KRATIX, tools, rewritten)}
    found = {kind: {} for kind in OUTCOMES}
    for document, answer, our_answer in zip(documents, answers, ours):
        kind, remark = outcome(answer, our_answer, again.get(document["name"]))
        if kind == REFUSED:
            remark += f"\n{refusals.kind_of(document, remark) or UNKNOWN}"
        found[kind][document["name"]] = remark
    return found


def has_oracle(tools):
    return (tools / "bin/oracle").exists()


def unexplained(found):
    return [name for name, remark in found[REFUSED].items() if remark.endswith("\n" + UNKNOWN)]


def one_line(remark):
    return " ".join(remark.replace("\n", " -- ").split())


def report(found, names=False, label="kratix-status", any_refusal=False):
    """Prints the outcomes, at last "label: N of N"; True if no law is broken. With `any_refusal`, refusals are counted
    whether refusals.py knows why or not."""
    total = sum(map(len, found.values()))
    if names:
        print_all_names(found)
    else:
        for kind in BROKEN if any_refusal else OUTCOMES[2:]:
            for name, remark in list(found[kind].items())[:NAMED]:
                print(f"    {kind}: {name}: {one_line(remark)}")
    wrong = sum(len(found[kind]) for kind in BROKEN) + (0 if names or any_refusal else len(unexplained(found)))
    counts = ", ".join(f"{kind}: {len(found[kind])}" for kind in OUTCOMES)
    print(f"{label}: {total - wrong} of {total} ({counts})")
    return wrong == 0


def print_all_names(found):
    for kind in OUTCOMES:
        print(f"{kind}: {len(found[kind])}")
        plain = [name for name, remark in found[kind].items() if not remark]
        if plain:
            print(textwrap.fill(" ".join(plain), 160, initial_indent="    ", subsequent_indent="    ",
                                break_long_words=False, break_on_hyphens=False))
        for name, remark in found[kind].items():
            if remark:
                print(f"    {name}: {one_line(remark)}")
        print()


def load(files):
    return [json.loads(line) for file in files for line in open(file, encoding="utf-8") if line.strip()]


def read_law(tools, driver, files, names=False):
    documents = load(files)
    again = [name for name, count in collections.Counter(d["name"] for d in documents).items() if count > 1]
    if again:
        sys.exit(f"laws.py: two documents are called {again[0]}")
    found = outcomes(tools, driver, documents, documents)
    if not has_oracle(tools):
        print("skipped: whether Kratix reads the same in what our writer writes (its reader, in Go, is not built)")
    return report(found, names)


def foreign_law(tools, driver, seed, count):
    print(f"laws.py: seed {seed}, {count} random maps for each emitter")
    requests = [{"name": name, "json": value} for name, value in values.random_cases(seed, count)]
    good = True
    for emitter, command in programs.EMITTERS.items():
        if command[0] == "ruby" and not shutil.which("ruby"):
            print(f"{emitter}: skipped, there is no ruby")
            continue
        written = programs.through(command, tools, requests)
        documents = [{**programs.document_of(a), "name": f"{emitter}/{a['name']}"} for a in written if "error" not in a]
        if len(documents) < count:
            print(f"{emitter} could not write {count - len(documents)} of {count} maps")
        good = report(without_chance(tools, driver, documents), label=emitter) and good
    return good


def mutations_law(tools, driver, seed, count):
    print(f"laws.py: seed {seed}, {count} documents of the corpus with random changes")
    corpus = load(sorted(programs.HERE.glob("corpus/*.jsonl")))
    found = without_chance(tools, driver, list(mutations.documents(corpus, seed, count)))
    return report(found, any_refusal=True)


def without_chance(tools, driver, documents):
    """Where keys collide, Kratix picks one by chance: ours then has to be one that Kratix may pick."""
    answers = programs.through(programs.KRATIX, tools, documents)
    names = outcomes(tools, driver, documents, answers)
    by_name = {document["name"]: document for document in documents}
    for name in list(names["differs"]):
        tries = [by_name[name]] * 50
        seen = {json.dumps(answer, sort_keys=True): answer for answer in programs.through(programs.KRATIX, tools, tries)}
        if any(outcomes(tools, driver, [by_name[name]], [answer])["same"] for answer in seen.values()):
            del names["differs"][name]
            names["same"][name] = ""
    return names


def write_law(tools, driver, seed, count):
    print(f"laws.py: seed {seed}, {count} random maps")
    cases = [*values.string_cases(), *values.number_cases(), *values.random_cases(seed, count)]
    wanted = {name: {"json": value} for name, value in cases}
    written = programs.through([driver], tools, [{"name": name, "json": value} for name, value in cases])
    texts = [programs.document_of(answer) for answer in written if "yaml" in answer]
    print(f"written: {len(texts)} of {len(cases)}")
    good = len(texts) == len(cases)
    for reader, command in {"kratix-status": [driver], **programs.READERS}.items():
        some = texts[:programs.SLOW_READERS.get(reader, (None, None))[os.environ.get("CI") == "true"]]
        answers = programs.through(command, tools, some)
        wrong = [answer for answer in answers if not programs.same_answer(wanted[answer["name"]], answer)]
        print(f"{reader}: {len(some) - len(wrong)} of {len(some)}")
        for answer in wrong[:NAMED]:
            print(f"    {answer['name']} {' '.join(answer.get('error', '').split())[:160]}")
        good = good and not wrong
    return good


def canonical(value):
    """Numbers as 64-bit floats, so that equal values are equal text."""
    if isinstance(value, dict):
        return {key: canonical(member) for key, member in value.items()}
    if isinstance(value, list):
        return [canonical(item) for item in value]
    return float(value) + 0.0 if programs.is_number(value) else value


def in_any_order(status):
    """The status with its conditions sorted, and without the time that Kratix took from the clock."""
    if not isinstance(status.get("conditions"), list):
        return status
    conditions = []
    for condition in status["conditions"]:
        if isinstance(condition, dict) and condition.get("type") == "ConfigureWorkflowCompleted":
            condition = {key: value for key, value in condition.items() if key != "lastTransitionTime"}
        conditions.append(condition)
    conditions.sort(key=lambda condition: json.dumps(canonical(condition), sort_keys=True))
    return {**status, "conditions": conditions}


def same_status(kratix, ours, incoming):
    if "kratix" in incoming:  # MergeStatuses is no part of the check that refuses it
        return ours.get("kind") == 3
    return "json" in kratix and "json" in ours and programs.same(in_any_order(kratix["json"]), in_any_order(ours["json"]))


def status_writer_law(tools, driver, seed, count):
    print(f"laws.py: seed {seed}, {count} random pairs")
    pairs = list(values.status_pairs(seed, count))
    written = programs.through([driver], tools, [{"name": name, "json": incoming} for name, _, incoming in pairs])
    good = True
    for label, completed in (("MergeStatuses", False), ("MergeStatuses and MarkAsCompleted", True)):
        requests = [{**programs.document_of(document), "existing": previous, "completed": completed}
                    for document, (_, previous, _) in zip(written, pairs)]
        kratix = programs.through(["{tools}/bin/merge"], tools, requests)
        ours = programs.through([driver], tools, [{**request, "op": "status-writer"} for request in requests])
        wrong = [name for (name, _, incoming), one, other in zip(pairs, kratix, ours) if not same_status(one, other, incoming)]
        print(f"Kratix's {label}: {count - len(wrong)} of {count}")
        for name in wrong[:NAMED]:
            print(f"    {name}")
        good = good and not wrong
    return good


def main():
    numbers = [1, 1000]
    match sys.argv[1:]:
        case [tools, driver, "read", "--names", *files] if files:
            law, arguments = read_law, [files, True]
        case [tools, driver, "read", *files] if files:
            law, arguments = read_law, [files]
        case [tools, driver, "foreign" | "mutations" | "write" | "status-writer" as word, *rest] if len(rest) <= 2:
            law = {"foreign": foreign_law, "mutations": mutations_law, "write": write_law, "status-writer": status_writer_law}[word]
            arguments = [*map(int, rest), *numbers[len(rest):]]
        case _:
            print(__doc__, file=sys.stderr)
            return False
    return law(Path(tools).resolve(), str(Path(driver).resolve()), *arguments)


if __name__ == "__main__":
    programs.run(main)
