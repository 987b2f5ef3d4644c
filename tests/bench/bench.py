#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures Lectern beside other programs and writes BENCHMARKS.md; `./dev bench` runs it.

Everything is measured in rounds: each round runs every contender once, in turning order, so that a busy moment of the
machine does not fall on one of them alone. Reported are the median and the range of the rounds. What a flush of the
disk costs is probed before and after, since most figures depend on it.
"""

import argparse
import json
import os
import pathlib
import sys

import bench_embed
import bench_models
import bench_queue
import bench_reader
import bench_search
import bench_text
import bench_vectors
import bench_window
import common
import report

PARTS = {"text": bench_text, "queue": bench_queue, "window": bench_window, "models": bench_models, "embed": bench_embed,
         "vectors": bench_vectors, "search": bench_search, "reader": bench_reader}


def main():
    source = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--build", type=pathlib.Path, default=source / "build/release", help="build folder")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=pathlib.Path, default=source / "BENCHMARKS.md")
    options = parser.parse_args()
    unknown = set(options.names) - set(PARTS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")

    corpus = pathlib.Path(os.environ.get("LECTERN_CORPUS") or source.parent / "shared/corpus")
    setting = common.Setting(source, options.build.resolve(), corpus, options.rounds)
    store = setting.scratch / "results.json"
    results = json.loads(store.read_text()) if store.exists() else {}
    measured = options.names or list(PARTS)
    for name in measured:
        common.say(f"\n== {name}")
        results[name] = {"date": common.today(), "load": os.getloadavg()[0], "rounds": options.rounds}
        results[name].update(PARTS[name].measure(setting))
        store.write_text(json.dumps(results, indent=1))
    results["machine"] = common.machine(setting)
    store.write_text(json.dumps(results, indent=1))

    # What was not measured now stays as it is written: somebody may have measured it elsewhere, and later.
    kept = report.sections(options.output.read_text() if options.output.exists() else "")
    text = report.markdown(results, measured, kept)
    options.output.write_text(text)
    print(text)
    common.say(f"Written: {options.output}")


if __name__ == "__main__":
    sys.exit(main())
