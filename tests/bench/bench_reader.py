# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader: how soon a page is painted, beside Okular's own core drawing the same page at the same size, and memory
while 2,400 pages are scrolled through."""

import json
import os
import pathlib
import random
import subprocess
import time

import bench_window
import common

DOCUMENTS = ("manual-pari-675p.pdf", "book-german-math.pdf", "report-usgs-methods.pdf", "slides-rotated-53p.pdf")
JUMPS = 15  # in each document
BOOK_PAGES, STOPS = 2400, 120
OKULAR = ("okular", "okular-dev", "qtbase5-dev")


def count_of(path):
    info = subprocess.run(["pdfinfo", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    return next(int(line.split()[1]) for line in info.splitlines() if line.startswith("Pages:"))


def library(setting, name, files):
    workspace = setting.fresh(name)
    subprocess.run([setting.program("lectern-cli"), "--workspace", workspace, "--quiet", "index", "--only", "extract", *files],
                   check=True, env={**os.environ, "LECTERN_EMBEDDING": "none"})
    return workspace


def book(setting):
    """The longest test document as often as it takes."""
    source, target = setting.corpus / "pdf" / DOCUMENTS[0], setting.scratch / "reader-book.pdf"
    pages = count_of(source)
    ranges = []
    for start in range(0, BOOK_PAGES, pages):
        ranges += [str(source), f"1-{min(pages, BOOK_PAGES - start)}"]
    subprocess.run(["qpdf", "--empty", "--pages", *ranges, "--", target], check=True)
    return target


def okular_peer(setting):
    """Okular's core behind a small program; None where it cannot be built."""
    if not all(common.package_version(package) for package in OKULAR):
        common.say(f"Left out: Okular is not there (apt-get install {' '.join(OKULAR)})")
        return None
    target = setting.scratch / "okular_peer"
    folders = [pathlib.Path("/usr/include/okular"), pathlib.Path("/usr/include/okular/core"),
               *sorted(pathlib.Path("/usr/include/KF5").iterdir())]
    qt = subprocess.check_output(["pkg-config", "--cflags", "--libs", "Qt5Core", "Qt5Widgets", "Qt5PrintSupport", "Qt5Xml"],
                                 text=True).split()
    subprocess.run(["g++", "-O2", "-fPIC", "-std=c++17", setting.source / "tests/bench/reader/okular_peer.cpp", "-o", target,
                    *[f"-I{folder}" for folder in folders], *qt, "-lOkular5Core", "-lKF5ConfigCore", "-lKF5ConfigGui"],
                   check=True)
    return target


def environment(setting):
    runtime = setting.scratch / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {**bench_window.environment(setting), "HOME": str(setting.scratch / "home"), "XDG_RUNTIME_DIR": str(runtime)}


def answer(setting, command):
    done = subprocess.run(command, env=environment(setting), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return json.loads(done.stdout)


def page_numbers(setting, name):
    count = count_of(setting.corpus / "pdf" / name)
    # Far enough apart that none is drawn as another's neighbour.
    return sorted(random.Random(7).sample(range(4, count - 1, 5), min(JUMPS, (count - 5) // 5)), key=lambda page: page * 7919 % 97)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[int(share * (len(ordered) - 1))]


def turns(setting, peer):
    """A round: every document in Lectern and in Okular, the same pages at the same size."""
    workspace = library(setting, "reader-workspace", [setting.corpus / "pdf" / name for name in DOCUMENTS])

    def run():
        lectern, okular = {"first": [], "jumps": [], "next": []}, {"first": [], "jumps": []}
        for name in DOCUMENTS:
            found = answer(setting, [setting.build / "tests/bench_reader", "turn", workspace, name,
                                     *map(str, page_numbers(setting, name))])
            lectern["first"].append(found["first"])
            lectern["jumps"] += [jump["ms"] for jump in found["jumps"]]
            lectern["next"] += found["next"]
            if peer:
                theirs = answer(setting, [peer, setting.corpus / "pdf" / name,
                                          *[f"{jump['page']}:{jump['width']}x{jump['height']}" for jump in found["jumps"]]])
                okular["first"].append(theirs["first"])
                okular["jumps"] += theirs["jumps"]
        figures = {}
        for who, measured in (("lectern", lectern), ("okular", okular)):
            for what, values in measured.items():
                if values:
                    figures[f"{who}_{what}_p50"] = percentile(values, 0.5)
                    figures[f"{who}_{what}_p95"] = percentile(values, 0.95)
        figures["pages"] = len(lectern["jumps"])
        return figures
    return run


def scrolling(setting):
    file = book(setting)
    workspace = library(setting, "reader-book-workspace", [file])
    target = setting.scratch / "scroll.json"

    def run():
        with target.open("w") as output:
            process = subprocess.Popen([setting.build / "tests/bench_reader", "scroll", workspace, file.name, str(STOPS)],
                                       env=environment(setting), stdout=output, stderr=subprocess.DEVNULL)
            most = 0
            while process.poll() is None:
                most = max(most, bench_window.proportional_mb(bench_window.tree(process.pid)))
                time.sleep(0.2)
        if process.returncode:
            raise SystemExit("bench_reader did not come to its end")
        return {**json.loads(target.read_text()), "all_mb": most}
    return run


def measure(setting):
    if not (setting.corpus / "expected.tsv").exists():
        common.say(f"Left out: there are no test documents in {setting.corpus} (set LECTERN_CORPUS)")
        return {}
    peer = okular_peer(setting)
    part = common.interleaved(setting, {"turns": turns(setting, peer)}, warm=False)
    scroll = common.interleaved(setting, {"scroll": scrolling(setting)}, warm=False)
    part["scroll"] = {**scroll["results"]["scroll"], "stops": STOPS}
    part["okular"] = common.package_version("okular") if peer else ""
    return part
