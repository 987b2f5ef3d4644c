# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what was measured as BENCHMARKS.md. Nothing is left out because we lose it."""


def number(value):
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def cell(spread):
    return f"{number(spread['median'])} ({number(spread['low'])}–{number(spread['high'])})"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def verdict(reached):
    return "reached" if reached else "**not reached**"


def ratio(ours, theirs):
    """Of medians, and its range if the rounds are compared one by one."""
    each = [a / b for a, b in zip(ours["values"], theirs["values"])]
    return ours["median"] / theirs["median"], min(each), max(each)


def circumstances(part):
    flush = part.get("flush_ms")
    text = f"Measured on {part['date']}, {part['rounds']} rounds, machine's load at the start {part['load']:.1f}."
    if part["load"] > 1:
        text += " **The machine was busy with other things: these figures are to be measured again.**"
    return text + (f" Flush of the disk (fdatasync of 4 KiB): {cell(flush)} ms." if flush else "")


def text_section(part):
    titles = {"corpus": "The test documents", "made": "Made PDFs of one page each"}
    names = {"lectern": "Lectern (`lectern-cli index --only extract`)", "recoll": "Recoll (`recollindex`)",
             "pdftotext": "`pdftotext`, one file after the other"}
    lines = ["## Files added → all text findable", "",
             "Seconds from the start of the program to its end, with an empty library each time; lower is better. After each "
             "run a word is looked for, and the run counts only when it is found. `pdftotext` is no index: it only takes "
             "the text out, into files. Aim: at most 0.6 of each.", ""]
    for name, title in titles.items():
        if name not in part["sets"]:
            continue
        found = part["sets"][name]
        results = found["results"]
        lines += [f"### {title}: {found['files']} files, {found['pages']:,} pages", "",
                  circumstances({**part, **found}), ""]
        rows = []
        for contender, label in names.items():
            seconds = results[contender]
            row = [label, cell(seconds), number(found["pages"] / seconds["median"])]
            if contender == "lectern":
                row += ["", ""]
            else:
                middle, low, high = ratio(results["lectern"], seconds)
                row += [f"{middle:.2f} ({low:.2f}–{high:.2f})", verdict(middle <= 0.6)]
            rows.append(row)
        lines += table(["", "seconds", "pages/s", "Lectern takes … of it", "aim"], rows) + [""]
    return lines + ["Three of the test documents make Poppler run for more than half a minute (`may_hang_poppler` in their "
                    "list). They are left out for everybody: Lectern stops them at its limit, and the others do not "
                    "come to an end. Locked and broken documents stay in. Recoll runs as it comes from Debian, with "
                    "nothing set but the folder; it also looks for other kinds of files, of which there are none.", ""]


def queue_section(part):
    labels = {"enqueue_one_by_one_per_s": "enqueue, each waits for the one before",
              "enqueue_per_s": "enqueue, several at once", "enqueue_bulk_per_s": "enqueue, 500 in a call",
              "process_per_s": "claim and finish"}
    lines = ["## Queue, at full durability", "",
             f"Jobs per second, each on disk before it counts (SQLite `synchronous=FULL`; Redis `appendfsync always`); "
             f"higher is better. {part['jobs']:,} jobs in bulk and a tenth of them singly, twice; all are then processed by "
             "a job that does nothing. BullMQ " + part["versions"]["bullmq"] + " with ioredis " + part["versions"]["ioredis"] +
             ", over a private Unix socket. Aim: at least 5 times as many.", "", circumstances(part), ""]
    for in_flight in part["in_flight"]:
        ours = part["results"][f"lectern, {in_flight} at once"]
        theirs = part["results"][f"bullmq, {in_flight} at once"]
        rows = []
        for key, label in labels.items():
            middle, low, high = ratio(ours[key], theirs[key])
            rows.append([label, cell(ours[key]), cell(theirs[key]), f"{middle:.1f} ({low:.1f}–{high:.1f})", verdict(middle >= 5)])
        lines += [f"### {in_flight} at once", ""]
        lines += table(["", "Lectern", "BullMQ", "times", "aim"], rows) + [""]
    return lines


def window_section(part):
    results = part["results"]
    stalls, start, memory = results["stalls"], results["start"], results["memory"]
    rows = [["longest stall of the event loop", cell(stalls["max_ms"]) + " ms", "< 50 ms",
             verdict(stalls["max_ms"]["median"] < 50)],
            ["99th percentile", cell(stalls["p99_ms"]) + " ms", "< 16 ms", verdict(stalls["p99_ms"]["median"] < 16)],
            ["median", cell(stalls["p50_ms"]) + " ms", "", ""],
            ["start to usable window", cell(start["usable_ms"]) + " ms", "< 1,000 ms",
             verdict(start["usable_ms"]["median"] < 1000)],
            [f"memory of window and helpers, {part['book_pages']:,} pages", cell(memory["memory_mb"]) + " MB", "< 300 MB",
             verdict(memory["memory_mb"]["median"] < 300)]]
    return ["## The window", "", circumstances(part), "",
            f"Stalls and start with a library of {part['pages']:,} pages. While stalls are measured, {part['new_pages']} pages "
            "are added, extracted and analysed. An event is sent every few milliseconds from another thread, and its "
            "delay is noted. The time to a usable window runs from the start of the process to the first "
            "painted list that holds documents. Memory is the largest sum of proportional set sizes (PSS) of the window and all "
            "its helpers while one made PDF is indexed from beginning to end. The window is drawn into memory (Qt's "
            "“offscreen” platform).", ""] + table(["", "measured", "aim", ""], rows) + [""]


def machine_section(machine):
    lines = ["## Machine and versions", "",
             f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']:.0f} GB; {machine['system']}, Linux "
             f"{machine['kernel']}; files on {machine['file_system']}.", ""]
    return lines + table(["program", "version"], [[name, version or "—"] for name, version in machine["versions"].items()]) + [""]


def markdown(results):
    lines = ["<!-- Written by ./dev bench. Changes made by hand are lost at the next run. -->", "# Benchmarks", "",
             "Medians of interleaved rounds, and in brackets the lowest and the highest round. In a round every contender "
             "runs once, in turning order, on the same files and the same disk. Repeat with `./dev bench`, or a part of it with "
             "`./dev bench text`, `queue` or `window`. The programs are in `tests/bench`.", ""]
    for name, section in (("text", text_section), ("queue", queue_section), ("window", window_section)):
        if name in results:
            lines += section(results[name])
    return "\n".join(lines + machine_section(results["machine"])).rstrip() + "\n"
