#!/usr/bin/env python3
"""Measures what hostile stories cost: the time and memory of `crosscheck check` on each, and prints a Markdown table.

usage: benches/hostile.py [--bin target/release/crosscheck] [--folder DIR]

Builds the stories of `examples/hostile_files.rs` in a folder that goes away afterwards; with --folder, in that one, which
stays. Ends with 1 where a run takes more than 5 seconds of the processor or 256 MiB, or ends in anything but 0, 1 or 2.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

SECONDS = 5
MIB = 256
LIMIT = 60


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bin", default="target/release/crosscheck")
    arguments.add_argument("--folder")
    chosen = arguments.parse_args()
    # One story is a thousand folders deep, and they are taken away again.
    sys.setrecursionlimit(10_000)
    binary = pathlib.Path(chosen.bin).resolve()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = pathlib.Path(chosen.folder or temporary)
        build = ["cargo", "run", "--quiet", "--release", "--example", "hostile_files", "--", str(folder)]
        if not any(folder.iterdir()):
            subprocess.run(build, check=True)
        rows = [measured(binary, story) for story in sorted(folder.iterdir())]
        closed = folder / "forbidden" / "closed"
        if closed.exists():
            closed.chmod(0o700)
    rows.sort(key=lambda row: -row[2])
    print("| story | exit code | seconds of the processor | seconds | MiB |\n| --- | ---: | ---: | ---: | ---: |")
    for story, code, busy, wall, size in rows:
        print(f"| {story} | {code} | {busy:.2f} | {wall:.2f} | {size:.0f} |")
    bad = [row for row in rows if row[1] not in (0, 1, 2) or SECONDS < row[2] or MIB < row[4]]
    print(f"\n{len(rows)} stories, {len(bad)} over the limits")
    return 1 if bad else 0


def measured(binary, story):
    began = time.monotonic()
    child = subprocess.Popen(
        [binary, "check", story.name],
        cwd=story.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limited,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return story.name, child.returncode, usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024


def limited():
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))


if __name__ == "__main__":
    sys.exit(main())
