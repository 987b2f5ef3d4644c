# SPDX-License-Identifier: GPL-3.0-or-later
"""What all measurements share: where things are, probing the disk, running contenders in rounds, the machine."""

import dataclasses
import datetime
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time


@dataclasses.dataclass
class Setting:
    source: pathlib.Path
    build: pathlib.Path
    corpus: pathlib.Path
    rounds: int

    @property
    def scratch(self):
        """On the disk that the project is on: /tmp may be memory, and flushing memory costs nothing."""
        folder = self.build / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def program(self, name):
        return str(self.build / "bin" / name)

    def fresh(self, name):
        """An empty folder."""
        folder = self.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


def say(text):
    print(text, file=sys.stderr, flush=True)


def today():
    return datetime.date.today().isoformat()


def flush_ms(folder, count=200):
    """Median of what writing 4 KiB and fdatasync cost, in milliseconds."""
    path = folder / "probe"
    times = []
    handle = os.open(path, os.O_CREAT | os.O_WRONLY)
    for _ in range(count):
        start = time.perf_counter()
        os.write(handle, b"x" * 4096)
        os.fdatasync(handle)
        times.append((time.perf_counter() - start) * 1000)
    os.close(handle)
    path.unlink()
    return statistics.median(times)


def spread(values):
    return {"median": statistics.median(values), "low": min(values), "high": max(values), "values": values}


def interleaved(setting, contenders, rounds=None, warm=True):
    """Runs {name: function returning a number or a dict of numbers} in rounds. Each first runs once unmeasured, unless
    `warm` is false, so that no one pays for cold caches alone. Returns spreads by name, and the disk's flush before and
    after each round."""
    samples = {name: [] for name in contenders}
    flushes = []
    order = list(contenders)
    for name in order if warm else []:
        contenders[name]()
    for number in range(rounds or setting.rounds):
        flushes.append(flush_ms(setting.scratch))
        for name in order:
            value = contenders[name]()
            samples[name].append(value)
            say(f"  round {number + 1}  {name:<28} {shown(value)}")
        flushes.append(flush_ms(setting.scratch))
        order.append(order.pop(0))
    return {"results": {name: merged(values) for name, values in samples.items()}, "flush_ms": spread(flushes)}


def merged(values):
    if not isinstance(values[0], dict):
        return spread(values)
    return {key: spread([value[key] for value in values]) for key in values[0]}


def shown(value):
    if isinstance(value, dict):
        return "  ".join(f"{key} {shown(number)}" for key, number in value.items())
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}"


def timed(command, **kwargs):
    """Seconds that a program takes. Any exit code is accepted: locked and broken documents make everybody complain."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, **kwargs)
    return time.perf_counter() - start


def output(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout


def package_version(name):
    return output(["dpkg-query", "-W", "-f=${Version}", name]).strip()


def machine(setting):
    cpu = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.split(":", 1)[1].strip()
            break
    memory = int(pathlib.Path("/proc/meminfo").read_text().split()[1]) / 1024 / 1024
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    file_system = output(["stat", "-f", "-c", "%T", str(setting.scratch)]).strip()
    versions = {
        "Lectern": output([setting.program("lectern-cli"), "--version"]).strip(),
        "Recoll": package_version("recollcmd"),
        "pdftotext (poppler-utils)": package_version("poppler-utils"),
        "Redis": package_version("redis-server"),
        "Node.js": output(["node", "--version"]).strip(),
        "Qt": package_version("libqt6core6"),
        "SQLite": package_version("libsqlite3-0"),
    }
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_gb": memory, "system": system,
            "kernel": platform.release(), "file_system": file_system, "versions": versions}
