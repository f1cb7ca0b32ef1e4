#!/usr/bin/env python3
"""Times crosscheck beside peers that anyone can install, in one run, on one core, and prints a Markdown table.

usage: benches/peers.py [--bin target/release/crosscheck]

Peers: quantulum3 (`pip install quantulum3`) and ripgrep (`rg -o '[0-9][0-9.,]*'`, which only finds digits); one that is
not installed is left out. The text is this repository's own: the reports of one story of `corpora/stories` as ordinary English
prose, and the paragraphs of `corpora/claims/<language>`, which are full of figures. Each is repeated to the size given
in the table; a slow peer gets a part of it. The best of three runs counts, by the processor's time, so that others on the
machine disturb it little. Start-up is part of it.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

LANGUAGES = ["en", "fr", "de", "es", "it", "pt", "ja", "ko", "zh"]
SIZE = 20_000_000
PART = 60_000
RUNS = 3


def best(command, feed, env=None):
    times = []
    for _ in range(RUNS):
        before = processor_time()
        subprocess.run(command, input=feed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, check=True)
        times.append(processor_time() - before)
    return min(times)


def processor_time():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def repeated(paths, size):
    one = "\n\n".join(path.read_text(encoding="utf8") for path in sorted(paths)) + "\n\n"
    return one, max(1, size // len(one.encode()))


def crosscheck(binary, one, times, language):
    line = json.dumps({"id": "a", "text": one, "language": language}, ensure_ascii=False) + "\n"
    env = dict(os.environ, RAYON_NUM_THREADS="1")
    seconds = best([binary, "extract", "--jsonl"], (line * times).encode(), env)
    return len(one.encode()) * times / seconds / 1e6


def quantulum(text):
    code = "import sys; from quantulum3 import parser; parser.parse(sys.stdin.read())"
    part = text[:PART]
    try:
        return len(part.encode()) / best([sys.executable, "-c", code], part.encode()) / 1e6
    except subprocess.CalledProcessError:
        return None


def ripgrep(one, times):
    if not shutil.which("rg"):
        return None
    with tempfile.NamedTemporaryFile("w", encoding="utf8", suffix=".txt") as file:
        file.write(one * times)
        file.flush()
        command = ["rg", "--threads", "1", "-o", "[0-9][0-9.,]*", file.name]
        return len(one.encode()) * times / best(command, None) / 1e6


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bin", default="target/release/crosscheck")
    binary = os.path.abspath(arguments.parse_args().bin)
    root = pathlib.Path(__file__).resolve().parent.parent / "corpora"
    prose, times = repeated(root.glob("stories/korea-mega-projects/*.txt"), SIZE)
    print("| text | reader | MB/s on one core |\n| --- | --- | ---: |")
    rows = [
        ("`rg -o '[0-9][0-9.,]*'`", ripgrep(prose, times)),
        ("`crosscheck extract --jsonl`", crosscheck(binary, prose, times, "en")),
        ("quantulum3", quantulum(prose * (PART // len(prose) + 1))),
    ]
    for name, speed in rows:
        if speed is not None:
            print(f"| English reports | {name} | {speed:.3g} |")
    for language in LANGUAGES:
        one, times = repeated((root / "claims" / language).glob("*.txt"), SIZE // 10)
        print(f"| {language}, full of figures | `crosscheck extract --jsonl` | {crosscheck(binary, one, times, language):.3g} |")


if __name__ == "__main__":
    main()
