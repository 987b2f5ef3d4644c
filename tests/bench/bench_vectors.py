# SPDX-License-Identifier: GPL-3.0-or-later
"""The index of vectors beside hnswlib: its graph, where one is built in reasonable time, and its comparison with every
vector, which also says what is right. LECTERN_BENCH_SIZES=10000,100000 measures other numbers of vectors."""

import json
import os
import pathlib
import subprocess

import bench_embed
import common

SIZES = (10_000, 100_000, 1_000_000)
LARGEST_GRAPH = 100_000
BYTES_EACH = 3500  # of memory, all contenders together


def available_bytes():
    for line in pathlib.Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable"):
            return int(line.split()[1]) * 1024
    return 0


def measure(setting):
    texts = json.dumps(bench_embed.sentences(setting)).encode()
    vectors = subprocess.check_output([*bench_embed.lectern(setting), "vectors"], input=texts)
    sizes = [int(size) for size in os.environ.get("LECTERN_BENCH_SIZES", "").split(",") if size] or SIZES
    part = {"sizes": []}
    for size in sizes:
        if size * BYTES_EACH > available_bytes():
            common.say(f"  {size:,} vectors do not fit into this machine's memory")
            continue
        peers = "graph" if size <= LARGEST_GRAPH else "exact"
        command = [setting.build / "tests/bench_vectors", str(size), str(setting.rounds), peers]
        found = json.loads(subprocess.check_output(command, input=vectors))
        for name in ("lectern", "changing", "graph", "exact"):
            if name in found:
                found[name] = {"p50": common.spread(found[name]["p50"]), "p95": common.spread(found[name]["p95"]),
                               "recall": found[name]["recall"]}
                common.say(f"  {size:>9,}  {name:<9} p50 {found[name]['p50']['median']:.2f}  "
                           f"p95 {found[name]['p95']['median']:.2f} ms  recall {found[name]['recall']:.3f}")
        part["sizes"].append(found)
    part["hnswlib"] = common.package_version("libhnswlib-dev")
    return part
