#!/usr/bin/env python3
"""Races the redline against its peers: whole processes, file to file, in turn, on the same pair of documents.

    benches/redline/race.py                          builds, makes the pairs, installs the peer, races
    benches/redline/race.py --quorate PATH --bench PATH
                                                     takes programs that are built already
    benches/redline/race.py --pair OLD.docx NEW.docx races on another pair

Prints medians, the ratio to ours, and the most memory held. Seconds differ between machines and with what else they
do; ratios of one run carry over. Needs Python 3.9, GNU time and git; the peer comes from PyPI into a folder of its own.
"""

import argparse
import json
import os
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from pathlib import Path

PEER = "docx-trackdiff==1.0.0"
ROOT = Path(__file__).resolve().parents[2]


def built():
    """The program and the bench, built for release."""
    subprocess.run(["cargo", "build", "--release"], cwd=ROOT, check=True)
    command = ["cargo", "bench", "--bench", "engine", "--no-run", "--message-format=json"]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    found = [message for message in map(json.loads, lines) if message.get("executable")]
    bench = next(message["executable"] for message in found if message["target"]["name"] == "engine")
    return str(ROOT / "target/release/quorate"), bench


def peer(folder):
    """The fastest peer, in an environment of its own."""
    place = Path(folder) / "peer"
    if not (place / "bin/docx-trackdiff").exists():
        venv.create(place, with_pip=True)
        subprocess.run([place / "bin/pip", "install", "--quiet", PEER], check=True)
    return str(place / "bin/docx-trackdiff")


def measured(command):
    """Seconds, seconds of processor and kilobytes at most of one run."""
    with tempfile.NamedTemporaryFile("r") as report:
        timed = ["/usr/bin/time", "--quiet", "-f", "%M", "-o", report.name, *command]
        started = time.perf_counter()
        child = subprocess.Popen(timed, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        elapsed = time.perf_counter() - started
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            sys.exit(f"failed: {shlex.join(command)}")
        return elapsed, used.ru_utime + used.ru_stime, int(report.read())


def race(title, runners, rounds):
    """Runs each in turn, several times; prints and returns the medians of the seconds."""
    runs = {name: [] for name in runners}
    for number in range(rounds + 1):
        for name, (command, times) in runners.items():
            if number == 0 or number <= times:
                runs[name].append(measured(command))
    print(title)
    middle = {name: [statistics.median(column) for column in zip(*(kept[1:] or kept))] for name, kept in runs.items()}
    ours = next(iter(middle.values()))
    for name, (elapsed, processor, kilobytes) in middle.items():
        ratio = processor / max(ours[1], 0.001)
        print(f"  {name:22} {elapsed * 1000:8.0f} ms  processor {processor * 1000:8.0f} ms  {kilobytes / 1024:6.1f} MB  {ratio:6.1f} times ours")
    return ours


def text_of(document, target):
    """The words of a document's body, a paragraph to a line."""
    with zipfile.ZipFile(document) as package:
        body = package.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", body, re.S)
    lines = ("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph)) for paragraph in paragraphs)
    target.write_text("\n".join(lines) + "\n")
    return str(target)


def completed(document):
    """Adds the settings part, which a document may leave out and the peer cannot do without."""
    with zipfile.ZipFile(document, "a", zipfile.ZIP_DEFLATED) as package:
        if "word/settings.xml" not in package.namelist():
            space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            package.writestr("word/settings.xml", f'<w:settings xmlns:w="{space}"/>')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quorate", help="the program, as a command")
    parser.add_argument("--bench", help="the bench `engine`, as a command")
    parser.add_argument("--pair", nargs=2, metavar=("OLD", "NEW"), action="append", default=[])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", help="where pairs and the peer are kept; a passing one if none is given")
    args = parser.parse_args()
    program, bench = (args.quorate, args.bench) if args.quorate and args.bench else built()
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(args.folder or passing)
        folder.mkdir(parents=True, exist_ok=True)
        pairs = [(f"given {number + 1}", Path(old), Path(new)) for number, (old, new) in enumerate(args.pair)]
        for scale in () if args.pair else (1, 10):
            old, new = folder / f"old-{scale}.docx", folder / f"new-{scale}.docx"
            subprocess.run([*shlex.split(bench), "pair", str(scale), str(old), str(new)], check=True)
            completed(old)
            completed(new)
            pairs.append((f"{scale} times the real size", old, new))
        trackdiff = peer(folder)
        medians = []
        for title, old, new in pairs:
            large = old.stat().st_size > 1_000_000
            out = str(folder / "out.docx")
            medians.append(race(f"document to document, {title}:", {
                "quorate": ([*shlex.split(program), "redline", str(old), str(new), "-o", out], args.rounds),
                "docx-trackdiff": ([trackdiff, str(old), str(new), out], 1 if large else args.rounds),
            }, args.rounds))
            before, after = text_of(old, folder / "old.txt"), text_of(new, folder / "new.txt")
            race(f"words, {title}:", {
                "quorate": ([*shlex.split(bench), "words", before, after], args.rounds),
                "git diff --word-diff": (["git", "diff", "--no-index", "--word-diff=porcelain", before, after], args.rounds),
            }, args.rounds)
        if len(medians) == 2 and not args.pair:
            print(f"ten times the document takes {medians[1][0] / max(medians[0][0], 0.001):.1f} times as long")


if __name__ == "__main__":
    main()
