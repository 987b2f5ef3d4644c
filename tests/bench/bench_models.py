# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages through a model of a server with a limit: Lectern, and the openai package with p-queue. What our side costs."""

import bisect
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import time
import urllib.request

import common
import made_pdf

DOCUMENTS, PAGES_EACH = 24, 100
LIMIT = 600  # requests a minute
LATENCY_MS = 1700  # the median
LIMITED_PAGES, LIMITED_AT_ONCE = 2400, 32
MINUTE_MS = 60_000
OVERHEAD_PAGES = {1: 500, 16: 2000}  # by how many at once
MEMORY_DOCUMENTS, MEMORY_AT_ONCE = 100, 16
MODEL = "bench/model"


class Server:
    """server.mjs on a port of its own, ended by its process id."""

    def __init__(self, setting, *options):
        self.command = ["node", str(setting.source / "tests/bench/models/server.mjs"), *options]
        self.process = None
        self.root = None

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        port = self.process.stdout.readline().strip()
        if not port:
            raise SystemExit("The server of the benchmark did not start")
        self.root = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    @property
    def address(self):
        return self.root + "/v1"

    def ask(self, path):
        with urllib.request.urlopen(self.root + path) as answer:
            return json.load(answer)

    def processor_ms(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def install_peer(setting):
    source = setting.source / "tests/bench/models"
    folder = setting.scratch / "models-peer"
    folder.mkdir(exist_ok=True)
    stamp = folder / "node_modules/.package-lock.json"
    known = folder / "package-lock.json"
    fresh = stamp.exists() and known.exists() and known.read_bytes() == (source / known.name).read_bytes()
    for name in ("package.json", "package-lock.json", "peer.mjs"):
        shutil.copyfile(source / name, folder / name)
    if not fresh:
        common.say("Installing openai and p-queue with npm, into the build folder")
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, check=True)
    return folder


class Lectern:
    """The command-line program with settings, prices and a library of its own."""

    def __init__(self, setting):
        self.setting = setting
        home = setting.fresh("models-home")
        (home / "lectern").mkdir()
        price = {"id": MODEL, "inputCostPer1M": 0.4, "outputCostPer1M": 1.6, "vision": False}
        (home / "lectern/models.json").write_text(json.dumps({"models": [price]}))
        self.environment = {**os.environ, "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENROUTER_API_KEY"):
            self.environment.pop(name, None)

    def command(self, workspace, *words):
        return [self.setting.program("lectern-cli"), "--workspace", str(workspace), "--quiet", *map(str, words)]

    def run(self, workspace, *words):
        subprocess.run(self.command(workspace, *words), env=self.environment, check=True)

    def library(self, name, files):
        """A library whose text is extracted, made anew: what is measured is the model's part alone."""
        workspace = self.setting.fresh(name)
        self.run(workspace, "index", "--only", "extract", *files)
        return workspace

    def answered(self, workspace):
        text = common.output([self.setting.program("lectern-cli"), "--workspace", str(workspace), "--json", "costs"])
        return json.loads(text)["total"]


def finish(process, watch=None):
    """Waits for the end of a program; returns the processor time that it and its children took, in milliseconds."""
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG if watch else 0)
        if pid:
            break
        watch()
        time.sleep(0.1)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{process.args[0]} ended with {process.returncode}")
    return (usage.ru_utime + usage.ru_stime) * 1000


def steps(text):
    """Mean milliseconds of each step that the program logged."""
    sums = {}
    for line in text.splitlines():
        if line.startswith("lectern.time: "):
            name, _, microseconds = line.removeprefix("lectern.time: ").rpartition(" ")
            total, count = sums.get(name, (0, 0))
            sums[name] = (total + int(microseconds), count + 1)
    return {name: total / count / 1000 for name, (total, count) in sums.items()}


def ask_with_lectern(lectern, template, server, files, at_once, limit=0, watch=None):
    workspace = lectern.setting.scratch / "models-workspace"
    shutil.rmtree(workspace, ignore_errors=True)
    shutil.copytree(template, workspace)
    lectern.run(workspace, "endpoints", "add", "bench", "--kind", "other", "--address", server.address, "--concurrency",
                at_once, "--requests-per-minute", limit)
    log = lectern.setting.scratch / "models-log.txt"
    with open(log, "w") as errors:
        process = subprocess.Popen(lectern.command(workspace, "index", "--model", MODEL, "--cap", "1000", *files),
                                   env={**lectern.environment, "QT_LOGGING_RULES": "lectern.time.debug=true"}, stderr=errors)
        processor = finish(process, (lambda: watch(process.pid)) if watch else None)
    return processor, lectern.answered(workspace), steps(log.read_text())


def ask_with_peer(folder, requests, server, at_once, limit=0):
    answers = folder / "answers.jsonl"
    answers.unlink(missing_ok=True)
    process = subprocess.Popen(["node", "peer.mjs", server.address, requests, answers, str(at_once), str(limit)],
                               cwd=folder, stdout=subprocess.PIPE, text=True)
    processor = finish(process)
    return processor, json.loads(process.stdout.read())


def cycle_ms(seen):
    """From one page to the next, as the server saw it."""
    return (seen["arrivals"][-1] - seen["arrivals"][0]) / (len(seen["arrivals"]) - 1)


def in_minute(times, start):
    return bisect.bisect_left(times, start + MINUTE_MS) - bisect.bisect_left(times, start)


def limited_figures(seen):
    """Of what was let in, the mean of all minutes that begin after the first one, a second apart; and the most that came in
    any minute, refused ones included."""
    let_in, came = seen["arrivals"], sorted(seen["arrivals"] + seen["refused"])
    start, end = let_in[0] + MINUTE_MS, let_in[-1] - MINUTE_MS
    minutes = [in_minute(let_in, at) for at in range(int(start), int(end), 1000)]
    return {"a_minute": sum(minutes) / len(minutes), "violations": len(seen["refused"]),
            "fullest_minute": max(in_minute(came, at) for at in came),
            "minutes": (seen["ends"][-1] - let_in[0]) / MINUTE_MS}


def limited(setting, lectern, template, files, folder, requests):
    def figures(server, processor, answered):
        seen = server.ask("/report")
        require(len(seen["ends"]), answered)
        return {**limited_figures(seen), "unanswered": len(files) * PAGES_EACH - answered,
                "processor_ms": processor / answered}

    def ours():
        with Server(setting, "--latency", str(LATENCY_MS), "--limit", str(LIMIT)) as server:
            processor, total, _ = ask_with_lectern(lectern, template, server, files, LIMITED_AT_ONCE, LIMIT)
            found = figures(server, processor, len(files) * PAGES_EACH)
            require(total["requests"], len(files) * PAGES_EACH + found["violations"])
            return found

    def theirs():
        with Server(setting, "--latency", str(LATENCY_MS), "--limit", str(LIMIT)) as server:
            processor, total = ask_with_peer(folder, requests, server, LIMITED_AT_ONCE, LIMIT)
            # It gives up a request that was refused too often: its pages are counted, not its figures thrown away.
            require(total["answered"] + total["failed"], len(files) * PAGES_EACH)
            return figures(server, processor, total["answered"])
    return {"lectern": ours, "peer": theirs}


def overhead(setting, lectern, template, files, folder, requests):
    lines = requests.read_text().splitlines(keepends=True)

    def figures(server, processor, at_once):
        seen = server.ask("/report")
        pages = len(seen["ends"])
        require(pages, OVERHEAD_PAGES[at_once])
        own = seen["own_ms"] / pages
        return {"overhead_ms": cycle_ms(seen) - (own if at_once == 1 else 0), "own_ms": own, "processor_ms": processor / pages}

    def ours(at_once):
        def run():
            with Server(setting) as server:
                some = files[:OVERHEAD_PAGES[at_once] // PAGES_EACH]
                processor, total, took = ask_with_lectern(lectern, template, server, some, at_once)
                require(total["requests"], OVERHEAD_PAGES[at_once])
                return {**figures(server, processor, at_once), **{f"step_{name}": value for name, value in took.items()}}
        return run

    def theirs(at_once):
        some = setting.scratch / f"models-requests-{at_once}.jsonl"
        some.write_text("".join(lines[:OVERHEAD_PAGES[at_once]]))

        def run():
            with Server(setting) as server:
                processor, _ = ask_with_peer(folder, some, server, at_once)
                return figures(server, processor, at_once)
        return run
    contenders = {}
    for at_once in OVERHEAD_PAGES:
        contenders[f"lectern, {at_once} at once"] = ours(at_once)
        contenders[f"peer, {at_once} at once"] = theirs(at_once)
    return contenders


def memory(setting, lectern):
    files = sorted(made_pdf.folder(setting.scratch / "models-many", MEMORY_DOCUMENTS, PAGES_EACH, words=200).iterdir())
    template = lectern.library("models-many-library", files)
    pages = len(files) * PAGES_EACH

    def run():
        samples = []
        with Server(setting) as server:
            def watch(pid):
                samples.append((server.ask("/count")["answered"], resident_mb(pid)))
            _, total, _ = ask_with_lectern(lectern, template, server, files, MEMORY_AT_ONCE, 0, watch)
        require(total["requests"], pages)
        first = [size for answered, size in samples if 500 <= answered <= 1000]
        end = [size for answered, size in samples if pages - 500 <= answered < pages]
        return {"first_mb": statistics.median(first), "end_mb": statistics.median(end),
                "most_mb": max(size for _, size in samples)}
    return {"lectern": run}


def resident_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0  # it has ended


def require(found, wanted):
    if found != wanted:
        raise SystemExit(f"{found} instead of {wanted} pages: the figures mean nothing")


def recorded(setting, lectern, template, files):
    """The requests that Lectern makes of all pages: the other side sends the same."""
    path = setting.scratch / "models-requests.jsonl"
    path.unlink(missing_ok=True)
    with Server(setting, "--record", str(path)) as server:
        ask_with_lectern(lectern, template, server, files, 16)
    return path


def measure(setting):
    folder = install_peer(setting)
    lectern = Lectern(setting)
    files = sorted(made_pdf.folder(setting.scratch / "models-made", DOCUMENTS, PAGES_EACH).iterdir())
    template = lectern.library("models-library", files)
    requests = recorded(setting, lectern, template, files)
    few = min(3, setting.rounds)  # a minute is a minute: these take long and vary little
    part = {"limit": LIMIT, "latency_ms": LATENCY_MS, "limited_pages": len(files) * PAGES_EACH,
            "limited_at_once": LIMITED_AT_ONCE, "memory_pages": MEMORY_DOCUMENTS * PAGES_EACH,
            "versions": json.loads((folder / "package.json").read_text())["dependencies"]}
    part["overhead"] = measured(setting, overhead(setting, lectern, template, files, folder, requests), setting.rounds)
    part["memory"] = measured(setting, memory(setting, lectern), few, warm=False)
    part["limited"] = measured(setting, limited(setting, lectern, template, files, folder, requests), few, warm=False)
    return part


def measured(setting, contenders, rounds, warm=True):
    load = os.getloadavg()[0]
    return {**common.interleaved(setting, contenders, rounds, warm), "rounds": rounds, "load": load}
