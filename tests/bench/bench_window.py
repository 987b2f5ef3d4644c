# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: how late its event loop gets while it indexes, how soon it can be used, how much memory it takes."""

import json
import os
import pathlib
import subprocess
import time

import common
import made_pdf

DOCUMENTS, PAGES_EACH = 400, 250  # 100,000 pages
NEW_DOCUMENTS, NEW_PAGES = 6, 100  # indexed while stalls are measured
BOOK_PAGES = 2000


def environment(setting):
    """The window's settings and caches go into the build folder, not into those of whoever measures."""
    home = setting.scratch / "home"
    home.mkdir(exist_ok=True)
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}


def large_workspace(setting):
    """A library of 100,000 pages, made once: by indexing, as any library is."""
    workspace = setting.scratch / "large-workspace"
    stamp = setting.scratch / "large-workspace.done"
    if not stamp.exists():
        common.say(f"Making a library of {DOCUMENTS * PAGES_EACH:,} pages; this takes some minutes, once")
        folder = made_pdf.folder(setting.scratch / "large", DOCUMENTS, PAGES_EACH, words=40)
        setting.fresh(workspace.name)
        subprocess.run([setting.program("lectern-cli"), "--workspace", workspace, "--quiet", "index", "--only", "extract",
                        folder], check=True)
        stamp.touch()
    return workspace


def wait_for(path, process, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.exists() and path.read_text().strip():
            return json.loads(path.read_text())
        if process.poll() is not None:
            break
        time.sleep(0.01)
    raise SystemExit(f"The window did not write {path}")


def usable(setting, workspace):
    target = setting.scratch / "start.json"

    def run():
        target.unlink(missing_ok=True)
        process = subprocess.Popen([setting.program("lectern"), "--workspace", workspace, "--measure-start", target],
                                   env=environment(setting), stderr=subprocess.DEVNULL)
        try:
            return {"usable_ms": wait_for(target, process)["usable_ms"]}
        finally:
            process.terminate()
            process.wait()
    return run


def stalls(setting, workspace):
    target = setting.scratch / "stalls.json"
    number = [0]

    def run():
        target.unlink(missing_ok=True)
        folder = setting.fresh("new-documents")
        for document in range(NEW_DOCUMENTS):
            # Other content each time: what is known already is not indexed again.
            seed = 10_000 + os.getpid() % 50_000 + 100_000 * (number[0] + 1) + document
            made_pdf.write(folder / f"new-{seed}.pdf", seed, NEW_PAGES)
        number[0] += 1
        subprocess.run([setting.program("lectern"), "--workspace", workspace, "--measure-stalls", target,
                        "--when-done-quit", folder], env=environment(setting), stderr=subprocess.DEVNULL, timeout=900,
                       check=True)
        figures = json.loads(target.read_text())
        return {name: figures[name] for name in ("p50_ms", "p99_ms", "max_ms", "samples")}
    return run


def tree(root):
    """The process and all its descendants."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                pass  # ended meanwhile
    family = {root}
    grown = True
    while grown:
        children = {pid for pid, parent in parents.items() if parent in family}
        grown = not children <= family
        family |= children
    return family


def proportional_mb(pids):
    total = 0
    for pid in pids:
        try:
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            pass
    return total / 1024


def memory(setting):
    book = setting.scratch / "book.pdf"
    if not book.exists():
        made_pdf.write(book, 99_999, BOOK_PAGES)

    def run():
        workspace = setting.fresh("book-workspace")
        process = subprocess.Popen([setting.program("lectern"), "--workspace", workspace, "--when-done-quit", book],
                                   env=environment(setting), stderr=subprocess.DEVNULL)
        start = time.perf_counter()
        most = 0
        while process.poll() is None:
            most = max(most, proportional_mb(tree(process.pid)))
            time.sleep(0.2)
        return {"memory_mb": most, "seconds": time.perf_counter() - start}
    return run


def measure(setting):
    workspace = large_workspace(setting)
    contenders = {"start": usable(setting, workspace), "stalls": stalls(setting, workspace), "memory": memory(setting)}
    part = common.interleaved(setting, contenders)
    part.update(pages=DOCUMENTS * PAGES_EACH, new_pages=NEW_DOCUMENTS * NEW_PAGES, book_pages=BOOK_PAGES)
    return part
