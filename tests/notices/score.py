#!/usr/bin/env python3
# ruff: noqa
"""Score a notice reader against hand annotations.

    score.py [--set DIR] [--floor NAME=VALUE ...] -- COMMAND [ARG ...]

COMMAND is run once for each NNN.txt in DIR that has an NNN.json beside it, with
the text's path as its last argument; it prints what it understood as JSON (the
shape of `manage.py read_notice`). Printed: a row per sample and the totals.
Exit status 1 when a total is under its floor or a run failed.

How it counts
- Texts are compared in NFC, without "*", white space collapsed.
- A task is found when a proposed task starts within 15 characters of it, or
  holds its start within its own first 120 characters.
- A proposal is right when it starts at, or inside, an annotated task: to split
  a paragraph further is no error. Text outside (assessment, closing words) is.
- agency, lead, deadline, recurring, coordinating: over the tasks found.
- Names agree when one holds the other, or four fifths of their words are shared,
  after the usual abbreviations are written out.
"""

import argparse, json, re, subprocess, sys, unicodedata
from pathlib import Path

ABBREVIATIONS = {
    "ubnd": "ủy ban nhân dân",
    "htx": "hợp tác xã",
    "kttt": "kinh tế tập thể",
    "hđnd": "hội đồng nhân dân",
    "nn&ptnt": "nông nghiệp và phát triển nông thôn",
    "bcđ": "ban chỉ đạo",
    "tp": "thành phố",
}
OLD_TONES = {"uỷ": "ủy", "hoà": "hòa", "hoá": "hóa", "thuỷ": "thủy", "quí": "quý"}


def flat(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("*", "")).strip()


def words(name):
    name = flat(name or "").lower()
    for old, new in OLD_TONES.items():
        name = name.replace(old, new)
    name = re.sub(r"[^\w&]+", " ", name)
    return " ".join(ABBREVIATIONS.get(w, w) for w in name.split()).split()


def same_name(a, b):
    a, b = words(a), words(b)
    if not a or not b:
        return not a and not b
    if " ".join(a) in " ".join(b) or " ".join(b) in " ".join(a):
        return True
    return len(set(a) & set(b)) >= 0.8 * len(set(a) | set(b))


def number_key(cited):
    return re.sub(r"\s+", "", flat(cited if isinstance(cited, str) else cited.get("number", ""))).lower()


def tasks_of(reading):
    for assignment in reading.get("assignments") or []:
        for task in assignment.get("tasks") or []:
            yield assignment.get("agency"), task


def place(document, opening, after):
    opening = flat(opening)[:60]
    at = document.find(opening, after)
    if at < 0:
        at = document.find(opening[:30], after)
    if at < 0:
        at = document.find(opening)
    return at


def located(document, reading, key):
    found, after = [], 0
    for agency, task in tasks_of(reading):
        at = place(document, task.get(key) or "", after)
        if at >= 0:
            after = at
        found.append((at, agency, task))
    return found


class Count:
    def __init__(self):
        self.right, self.of = 0, 0

    def add(self, right, of=1):
        self.right += right
        self.of += of

    def __str__(self):
        return f"{self.right / self.of:.3f}" if self.of else "  -  "

    def value(self):
        return self.right / self.of if self.of else 1.0


NAMES = [
    "header",
    "tasks_recall",
    "tasks_precision",
    "agencies",
    "leads",
    "deadlines",
    "dated",
    "recurring",
    "coordinating_recall",
    "coordinating_precision",
    "cited_recall",
    "cited_precision",
]


def score(document, truth, reading, counts):
    for field in ("number", "symbol", "doc_type", "issued_on", "issuer", "place", "signer", "title"):
        if truth.get(field) is None and field in ("issuer", "title", "place"):
            continue
        want, got = truth.get(field), reading.get(field)
        if field in ("issuer", "title", "place", "signer", "doc_type"):
            counts["header"].add(same_name(want, got))
        else:
            counts["header"].add(flat(str(want or "")).replace(" ", "") == flat(str(got or "")).replace(" ", ""))
    if truth.get("annotation", "full") != "full":
        return
    real = [r for r in located(document, truth, "text_starts_with") if r[0] >= 0]
    proposed = located(document, reading, "text")
    starts = sorted(r[0] for r in real)
    taken = set()
    for at, agency, task in real:
        best = None
        for i, (p_at, _, p_task) in enumerate(proposed):
            if i in taken or p_at < 0:
                continue
            near = abs(p_at - at) <= 15
            holds = p_at <= at <= p_at + min(120, len(flat(p_task.get("text") or "")))
            if (near or holds) and (best is None or abs(p_at - at) < abs(proposed[best][0] - at)):
                best = i
        counts["tasks_recall"].add(best is not None)
        if best is None:
            continue
        taken.add(best)
        _, p_agency, p_task = proposed[best]
        if agency:
            counts["agencies"].add(same_name(agency, p_agency))
        if task.get("lead"):
            counts["leads"].add(same_name(task["lead"], p_task.get("lead") or p_agency))
        counts["deadlines"].add(task.get("deadline") == p_task.get("deadline"))
        if task.get("deadline"):
            counts["dated"].add(task["deadline"] == p_task.get("deadline"))
        counts["recurring"].add(bool(task.get("recurring")) == bool(p_task.get("recurring")))
        want, got = list(task.get("coordinating") or []), list(p_task.get("coordinating") or [])
        counts["coordinating_recall"].add(sum(any(same_name(w, g) for g in got) for w in want), len(want))
        counts["coordinating_precision"].add(sum(any(same_name(w, g) for w in want) for g in got), len(got))
    scope_open = not truth.get("annotated_scope")
    for i, (p_at, _, p_task) in enumerate(proposed):
        if i in taken:
            counts["tasks_precision"].add(1)
            continue
        before = [s for s in starts if s <= p_at]
        inside = False
        if p_at >= 0 and before:
            start = before[-1]
            following = [s for s in starts if s > start]
            end = min(following[0] if following else len(document), start + 2500)
            inside = p_at < end
        if inside or scope_open:
            counts["tasks_precision"].add(inside)
    want = {number_key(c) for c in truth.get("cited_documents") or []}
    got = {number_key(c) for c in reading.get("cited_documents") or []} - {""}
    counts["cited_recall"].add(len(want & got), len(want))
    counts["cited_precision"].add(len(want & got), len(got))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--set", default=str(Path(__file__).parent), help="folder of .txt with .json beside")
    parser.add_argument("--floor", action="append", default=[])
    parser.add_argument("--timeout", type=float, default=30)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    command = args.command[1:] if args.command[:1] == ["--"] else args.command
    total, failed = {n: Count() for n in NAMES}, 0
    print("sample".ljust(44) + " ".join(n[:9].rjust(9) for n in NAMES))
    for truth_file in sorted(Path(args.set).glob("*.json")):
        text_file = truth_file.with_suffix(".txt")
        if not text_file.exists():
            continue
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        own = {n: Count() for n in NAMES}
        try:
            run = subprocess.run(
                [*command, str(text_file)], capture_output=True, text=True, timeout=args.timeout, check=True
            )
            reading = json.loads(run.stdout[run.stdout.index("{") :])
        except Exception as error:  # a reader that fails has read nothing
            failed += 1
            print(f"{truth_file.stem[:43]:43} failed: {str(error)[:120]}")
            reading = {}
        score(flat(text_file.read_text(encoding="utf-8")), truth, reading, own)
        for n in NAMES:
            total[n].add(own[n].right, own[n].of)
        print(truth_file.stem[:43].ljust(44) + " ".join(str(own[n]).rjust(9) for n in NAMES))
    print("all".ljust(44) + " ".join(str(total[n]).rjust(9) for n in NAMES))
    short = [f"{n} {total[n]} under {v}" for n, v in (f.split("=") for f in args.floor) if total[n].value() < float(v)]
    if failed:
        short.append(f"{failed} failed")
    print("short: " + "; ".join(short) if short else "every floor holds")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
