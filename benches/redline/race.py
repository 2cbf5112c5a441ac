#!/usr/bin/env python3
"""Races the redline against its peers: whole processes, file to file, in turn, on the same pair of documents.

    benches/redline/race.py                          builds, makes the pairs, installs the peers, races
    benches/redline/race.py --quorate PATH --bench PATH
                                                     takes programs that are built already
    benches/redline/race.py --pair OLD.docx NEW.docx races on another pair
    benches/redline/race.py --check COMMAND          runs COMMAND OLD NEW REDLINE on what each has made, and prints
                                                     whether it ends well

Prints medians, the ratio to ours, and the most memory held. Seconds differ between machines and with what else they
do; ratios of one run carry over. Needs Python 3.10, GNU time and git; the peers come from PyPI into a folder of their
own, where the compiled ones bring their programs along.
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

PEERS = ["docx-trackdiff==1.0.0", "python-redlines[docxodus]==2.0.0", "jubarte-redlines==0.14.0"]
# Asks the package for the program that it wraps, so that the time of the wrapper is not counted.
DOCXODUS = "from python_redlines.engines import DocxodusEngine as engine; print(engine().extracted_binaries_path)"
# Files from here on are run once: the peers take minutes.
LARGE = 1_000_000
ROOT = Path(__file__).resolve().parents[2]


def built():
    """The program and the bench, built for release."""
    subprocess.run(["cargo", "build", "--release"], cwd=ROOT, check=True)
    command = ["cargo", "bench", "--bench", "engine", "--no-run", "--message-format=json"]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    found = [message for message in map(json.loads, lines) if message.get("executable")]
    bench = next(message["executable"] for message in found if message["target"]["name"] == "engine")
    return str(ROOT / "target/release/quorate"), bench


def peers(folder):
    """The peers in an environment of their own: for each what its command is, given two files and the result."""
    place = Path(folder) / "peers"
    if not (place / "bin/jubarte-redlines").exists():
        venv.create(place, with_pip=True)
        subprocess.run([place / "bin/pip", "install", "--quiet", *PEERS], check=True)
    asked = subprocess.run([place / "bin/python", "-c", DOCXODUS], check=True, stdout=subprocess.PIPE, text=True)
    trackdiff, jubarte, docxodus = place / "bin/docx-trackdiff", place / "bin/jubarte-redlines", asked.stdout.strip()
    return {
        "docx-trackdiff": lambda old, new, out: [str(trackdiff), old, new, out],
        "jubarte": lambda old, new, out: [str(jubarte), "redline", old, new, "-o", out, "--author", "race", "--force"],
        "Docxodus": lambda old, new, out: [docxodus, old, new, out, "--author=race"],
    }


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


def race(title, runners, rounds, right=lambda name: ""):
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
        times, of_processor = elapsed / max(ours[0], 0.001), processor / max(ours[1], 0.001)
        print(
            f"  {name:22} {elapsed * 1000:8.0f} ms ({times:6.1f} times ours)  processor {processor * 1000:8.0f} ms"
            f" ({of_processor:6.1f} times ours)  {kilobytes / 1024:6.1f} MB  {right(name)}",
            flush=True,
        )
    return ours


def checked(check, old, new, result):
    """What a command says of a redline, in a word."""
    if not check:
        return ""
    command = [*shlex.split(check), str(old), str(new), result]
    return "right" if subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0 else "wrong"


def documents(title, old, new, folder, args, program, others):
    """Races whole processes on two documents."""
    out = {name: str(folder / f"{name}.docx") for name in ["quorate", *others]}
    times = 0 if old.stat().st_size > LARGE else args.rounds
    runners = {"quorate": ([*shlex.split(program), "redline", str(old), str(new), "-o", out["quorate"]], args.rounds)}
    runners |= {name: (command(str(old), str(new), out[name]), times) for name, command in others.items()}
    right = lambda name: checked(args.check, old, new, out[name])
    return race(f"document to document, {title}:", runners, args.rounds, right)


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
    parser.add_argument("--check", help="a command that tells whether a redline is right")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", help="where pairs and peers are kept; a passing one if none is given")
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
        others = peers(folder)
        medians = []
        for title, old, new in pairs:
            medians.append(documents(title, old, new, folder, args, program, others))
            before, after = text_of(old, folder / "old.txt"), text_of(new, folder / "new.txt")
            race(f"words, {title}:", {
                "quorate": ([*shlex.split(bench), "words", before, after], args.rounds),
                "git diff --word-diff": (["git", "diff", "--no-index", "--word-diff=porcelain", before, after], args.rounds),
            }, args.rounds)
        if len(medians) == 2 and not args.pair:
            print(f"ten times the document takes {medians[1][0] / max(medians[0][0], 0.001):.1f} times as long")


if __name__ == "__main__":
    main()
