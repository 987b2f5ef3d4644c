# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs per second at full durability: Lectern's queue, and BullMQ on Redis that flushes every write."""

import json
import os
import shutil
import subprocess
import time

import common

JOBS = 20000
IN_FLIGHT = (16, 64)


class Redis:
    """A server of our own: private folder and socket, no port, ended by its process id."""

    def __init__(self, setting):
        self.folder = setting.fresh("redis")
        # A socket's path may have 107 characters at most, so it is given relative to the server's folder.
        self.socket = os.path.relpath(self.folder / "redis.sock", setting.scratch / "bullmq")
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", "redis.sock", "--dir", ".", "--save", "",
             "--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no"],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            if (self.folder / "redis.sock").exists():
                return self
            time.sleep(0.05)
        raise SystemExit("redis-server did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def install_bullmq(setting):
    source = setting.source / "tests/bench/queue"
    folder = setting.scratch / "bullmq"
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "bullmq.mjs"):
        shutil.copyfile(source / name, folder / name)
    wanted = json.loads((folder / "package.json").read_text())["dependencies"]
    if wanted != {name: installed_version(folder, name) for name in wanted}:
        common.say("Installing BullMQ with npm, into the build folder")
        subprocess.run(["npm", "install", "--silent", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"],
                       cwd=folder, check=True)
    return folder


def installed_version(folder, name):
    manifest = folder / "node_modules" / name / "package.json"
    return json.loads(manifest.read_text())["version"] if manifest.exists() else None


def figures(text):
    return {name: value for name, value in json.loads(text).items() if name.endswith("_per_s")}


def lectern(setting, in_flight):
    def run():
        program = setting.build / "tests/bench_queue"
        folder = setting.fresh("queue")
        return figures(subprocess.check_output(
            [program, "--jobs", str(JOBS), "--folder", folder, "--in-flight", str(in_flight)], text=True))
    return run


def bullmq(setting, folder, in_flight):
    def run():
        with Redis(setting) as redis:
            return figures(subprocess.check_output(
                ["node", "bullmq.mjs", redis.socket, str(JOBS), str(in_flight)], cwd=folder, text=True))
    return run


def measure(setting):
    folder = install_bullmq(setting)
    contenders = {}
    for in_flight in IN_FLIGHT:
        contenders[f"lectern, {in_flight} at once"] = lectern(setting, in_flight)
        contenders[f"bullmq, {in_flight} at once"] = bullmq(setting, folder, in_flight)
    part = common.interleaved(setting, contenders)
    part["jobs"] = JOBS
    part["in_flight"] = IN_FLIGHT
    part["versions"] = json.loads((folder / "package.json").read_text())["dependencies"]
    return part
