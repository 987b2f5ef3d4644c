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
    rounds = f"{part['rounds']} round{'s' if part['rounds'] > 1 else ''}"
    text = f"Measured on {part['date']}, {rounds}, machine's load at the start {part['load']:.1f}."
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


def limited_table(part):
    limit, results = part["limit"], part["limited"]["results"]
    rows = []
    for name, label in (("lectern", "Lectern"), ("peer", "openai and p-queue")):
        found = results[name]
        share = [value / limit for value in found["a_minute"]["values"]]
        middle = found["a_minute"]["median"] / limit
        reached = middle >= 0.95 and found["violations"]["high"] == 0
        rows.append([label, cell(found["a_minute"]), f"{middle:.1%} ({min(share):.1%}–{max(share):.1%})",
                     number(found["violations"]["high"]) if found["violations"]["high"] else "0",
                     number(found["fullest_minute"]["high"]), cell(found["minutes"]),
                     number(found["unanswered"]["high"]) if found["unanswered"]["high"] else "0", cell(found["processor_ms"]),
                     verdict(reached) if name == "lectern" else ""])
    return table(["", "pages a minute", "of the limit", "violations", "fullest minute", "minutes for all",
                  "pages given up", "ms of processor a page", "aim"], rows)


def overhead_table(part):
    results = part["overhead"]["results"]
    rows = []
    for at_once, label in ((1, "one after the other"), (16, "16 at once")):
        ours, theirs = results[f"lectern, {at_once} at once"], results[f"peer, {at_once} at once"]
        for key, what in (("overhead_ms", "ms of time a page"), ("processor_ms", "ms of processor a page")):
            middle, low, high = ratio(ours[key], theirs[key])
            aim = verdict(ours[key]["median"] < 5) if key == "overhead_ms" else ""
            rows.append([f"{label}: {what}", cell(ours[key]), cell(theirs[key]), f"{middle:.1f} ({low:.1f}–{high:.1f})", aim])
    return table(["", "Lectern", "openai and p-queue", "times", "aim"], rows)


def steps_table(part):
    labels = {"claim": "claim the page's job (a commit, beside the one before it)", "prepare": "read what is asked, and about what",
              "reserve": "reserve its worst case and a place within the limits (a commit)",
              "http": "HTTP, with the server's own time", "commit": "settle, store the answer, end the job (a commit)"}
    alone, many = (part["overhead"]["results"][f"lectern, {at_once} at once"] for at_once in (1, 16))
    return table(["step, ms", "one after the other", "16 at once"],
                 [[label, cell(alone[f"step_{key}"]), cell(many[f"step_{key}"])] for key, label in labels.items()])


def models_section(part):
    limited, overhead, memory = part["limited"], part["overhead"], part["memory"]
    found = memory["results"]["lectern"]
    growth = found["end_mb"]["median"] / found["first_mb"]["median"] - 1
    versions = part["versions"]
    lines = ["## Pages through a model", "",
             f"Beside a script with the `openai` package {versions['openai']} and `p-queue` {versions['p-queue']}, set as its "
             "documentation says for interfaces with strict limits (`strict: true`). Both send the same requests, those that Lectern "
             "makes of the pages of made PDFs, streamed, to the same server of the benchmark "
             "(`tests/bench/models/server.mjs`) on this machine. Lectern does all that it does: caps, a ledger row before each "
             "request, the answer and its bill flushed to the disk. The script appends its answers to a file and flushes nothing.", "",
             f"### At a limit of {part['limit']} requests a minute", "",
             circumstances({**part, **limited}), "",
             f"{part['limited_pages']:,} pages, {part['limited_at_once']} at once. The server takes a log-normal time around "
             f"{part['latency_ms'] / 1000} s, between 1 and 3 s, from a fixed seed, and refuses what would be more than "
             f"{part['limit']} requests in any 60 seconds, wherever they begin (429; counted as a violation). Pages a minute is "
             "the mean over all minutes that begin after the first one, a second apart: in the first a bucket that starts full "
             "may be emptied at once. The fullest minute counts refused requests too; both sides send those again. Violations "
             "and the fullest minute are of the worst round. Aim: 95 % of what the limit allows, no violation.", ""]
    lines += limited_table(part)
    lines += ["", "### What our side costs", "", circumstances({**part, **overhead}), "",
              "A server that answers at once, without a limit. One after the other: the time from one request's arrival to the "
              "next one's, less the time from a request's arrival to its answer's last byte on the server "
              f"({cell(overhead['results']['lectern, 1 at once']['own_ms'])} ms). 16 at once: the time from one arrival to the next, "
              "nothing subtracted, with the server on the same processors. Processor time is of the whole program, start and end "
              "included. Aim: less than 5 ms.", ""]
    lines += overhead_table(part)
    lines += ["", "Where Lectern's time goes, as the program logs it (`QT_LOGGING_RULES=lectern.time.debug=true`):", ""]
    lines += steps_table(part)
    lines += ["", f"### Memory over {part['memory_pages']:,} pages", "", circumstances({**part, **memory}), "",
              "Resident memory of `lectern-cli` against the server that answers at once, 16 pages at once: the median of the samples "
              "between the 500th and the 1,000th page, and of those of the last 500. Aim: flat, the end at most 5 % above "
              "the beginning.", ""]
    lines += table(["", "MB", "aim"], [["first 1,000 pages", cell(found["first_mb"]), ""],
                                       ["last 500 pages", f"{cell(found['end_mb'])}, {growth:+.1%}", verdict(growth <= 0.05)],
                                       ["most", cell(found["most_mb"]), ""]])
    return lines + [""]


def embed_section(part):
    rows = []
    for batch in part["batches"]:
        ours, theirs = part["results"][f"lectern, {batch}"], part["results"][f"package, {batch}"]
        middle, low, high = ratio(theirs, ours)
        rows.append(["one" if batch == 1 else str(batch), cell(ours), cell(theirs),
                     f"{middle:.1f} ({low:.1f}–{high:.1f})", verdict(middle >= 2)])
    agreement = part["cosine"]
    return ["## Meaning of a sentence", "",
            f"Milliseconds of processor time for a sentence of {part['words']:.0f} words in the mean ({part['sentences']} of them, from "
            "the test documents); lower is better. The model is Universal Sentence Encoder Lite both times: once Lectern's own "
            "arithmetic on weights of 8 bits, once the published program for it (`@energetic-ai/embeddings` 0.2.0 on Node.js, "
            "WebAssembly with SIMD, weights of 32 bits). Aim: at least twice as fast. The vectors' cosine is "
            f"{agreement['mean']:.5f} in the mean and {agreement['least']:.5f} at least.", "", circumstances(part), ""] + table(
                ["sentences in a call", "Lectern", "the published program", "times as fast", "aim"], rows) + [""]


def vectors_section(part):
    rows = []
    for found in part["sizes"]:
        size = f"{found['size']:,}"
        for name, label in (("lectern", "Lectern"), ("changing", "Lectern, while it changes"),
                            ("graph", f"hnswlib, graph (ef {found.get('graph_ef')})"), ("exact", "hnswlib, every vector")):
            if name not in found:
                continue
            recall = found[name]["recall"]
            aim = verdict(recall >= 0.99) if name == "lectern" else ""
            rows.append([size, label, cell(found[name]["p50"]), cell(found[name]["p95"]),
                         "" if name == "changing" else f"{recall:.3f}", aim])
            size = ""
    built = "; ".join(f"{found['size']:,}: Lectern {number(found['build_s'])} s on one processor, {found['bytes'] / 1e6:,.0f} MB"
                      + (f", hnswlib's graph {number(found['graph_build_s'])} s on all processors" if "graph" in found else "")
                      for found in part["sizes"])
    return ["## Nearest vectors", "",
            "Milliseconds of a search for the ten nearest of so many vectors of 512 dimensions, on one thread; lower is better. "
            "100 queries, one after the other. hnswlib " + part["hnswlib"] + ", built for this processor: its graph (M 16, "
            "ef_construction 200, and the least ef that finds 99 of 100), and its comparison of floats with every vector, which is "
            "asked once and says what is right. Of a million no graph is built, since that takes long. Vectors are made from "
            "those of 200 sentences of the test documents: the sum of one, half of another, and noise half as long. “While it changes” "
            "another thread adds vectors and removes them again as fast as it can. Aim: 0.99 of those that are right.", "",
            circumstances(part), ""] + table(["vectors", "", "p50", "p95", "of ten found", "aim"], rows) + [
                "", f"Filled with what makes the vectors counted in: {built}.", ""]


LANGUAGES = {"en": "English", "de": "German", "ru": "Russian", "zh": "Chinese", "ar": "Arabic", "ja": "Japanese"}
CONTENDERS = {"words": "Lectern, words", "meaning": "Lectern, meaning", "both": "Lectern, both", "plain": "FTS5 as it comes"}


def found_tables(part):
    results = part["results"]
    groups = {"all": "all", "en words": "English, words of the page", "en paraphrase": "English, other words",
              "others words": "other languages, words of the page", "others paraphrase": "other languages, other words"}
    rows = []
    for group, label in groups.items():
        for name, contender in CONTENDERS.items():
            found = results[name][group]
            rows.append([f"{label} ({found['questions']})" if name == "words" else "", contender]
                        + [f"{found[key]:.2f}" for key in ("first", "five", "ten", "reciprocal")])
    lines = table(["questions", "", "recall@1", "recall@5", "recall@10", "MRR"], rows)
    rows = [[f"{label} ({results['words'][code]['questions']})"]
            + [f"{results[name][code]['ten']:.2f} / {results[name][code]['reciprocal']:.2f}" for name in CONTENDERS]
            for code, label in LANGUAGES.items()]
    return lines + ["", "By language, recall@10 / MRR:", ""] + table(["questions", *CONTENDERS.values()], rows)


def speed_table(part):
    rows = []
    for name, label in CONTENDERS.items():
        busy, idle = part["indexing"][name], part["idle"][name]
        aim = verdict(busy["p95"]["median"] < 50) if name in ("words", "both") else ""
        rows.append([label, cell(busy["p50"]), cell(busy["p95"]), aim, cell(busy["processor_p50"]), cell(busy["processor_p95"]),
                     cell(idle["p50"]), cell(idle["p95"])])
    return table(["ms of a search", "p50, indexing", "p95, indexing", "aim", "processor, p50", "processor, p95", "p50, at rest",
                  "p95, at rest"], rows)


def search_section(part):
    if "quality" not in part:
        return ["## Finding pages", "", "Not measured: there were no test documents.", ""]
    quality, speed = part["quality"], part["speed"]
    count = quality["results"]["words"]["all"]["questions"]
    lines = ["## Finding pages", "", "### The right page among the first", "",
             f"{count} questions on the test documents, written for this (`tests/bench/questions.tsv`): some in words of the page "
             "that answers them, some on purpose in other words. Asked through `lectern-cli search`; recall@n: the share of questions "
             "with a right page among the first n; MRR: the mean of 1 / place of the first right page, 0 beyond the tenth. Beside it "
             "SQLite FTS5 as it comes (tokenizer `porter unicode61`, bm25, any of the words) over what `pdftotext` makes of the same "
             "pages. **The built-in embedding knows English only**: pages in other languages have no vector, so that a search by "
             f"meaning cannot find them. {quality['vectors']:,} of {quality['passages']:,} passages have one. Indexing all, vectors "
             f"included, took {number(quality['index_seconds'])} s (machine's load at the start {part['load']:.1f}). Measured on {part['date']}.", ""]
    lines += found_tables(quality)
    lines += ["", f"### Searches among {speed['chunks']:,} passages", "", circumstances({**part, **speed}), "",
              f"The {speed['questions']} English questions above, one after the other, each by every way in turn, in the process that "
              "indexes. “Indexing”: from the moment that new documents are added until they are extracted, analysed and have their "
              f"vectors ({speed['pages_added']['median']:.0f} pages in {cell(speed['indexing_s'])} s, "
              f"{speed['indexing']['words']['count']['median']:.0f} searches of each kind). The library is made: 100,000 pages, each of "
              f"three English sentences drawn from {speed['sentences']:,} of the test documents, extracted by `lectern-cli`; so common words are on very many pages. Its vectors are made too: that of one of "
              "2,000 sentences, half of another's, and noise half as long. Those of the new documents are real. Lectern answers with 50 "
              "pages and their snippets; FTS5, the same pages in a file of its own, with the numbers of 50 pages, and is read in the same "
              "process at the same time. The first search by meaning, which reads all vectors, takes "
              f"{cell(speed['first_ms'])} ms. Processor: of the thread that searches, while indexing. Aim: p95 of words and of both under "
              "50 ms while indexing.", ""]
    return lines + speed_table(speed) + [""]


def reader_section(part):
    if "results" not in part:
        return ["## The reader", "", "Not measured: there were no test documents.", ""]
    found, scroll = part["results"]["turns"], part["scroll"]
    rows = []
    for what, label in (("first", "document opened → its first page painted"), ("jumps", "page jumped to → painted"),
                        ("next", "next page, drawn ahead → painted")):
        ours = [cell(found[f"lectern_{what}_{share}"]) for share in ("p50", "p95")]
        theirs = [cell(found[f"okular_{what}_{share}"]) for share in ("p50", "p95")] if f"okular_{what}_p50" in found else ["", ""]
        times = ratio(found[f"lectern_{what}_p50"], found[f"okular_{what}_p50"]) if theirs[0] else None
        rows.append([label, *ours, *theirs, f"{times[0]:.2f} ({times[1]:.2f}–{times[2]:.2f})" if times else ""])
    peer = (f"Okular {part['okular']} is its own core and PDF generator (`tests/bench/reader/okular_peer.cpp`), asked for "
            "the same pages at the same size in pixels as its view asks for them; its view would paint them after that." if part["okular"]
            else "Okular was not there.")
    lines = ["## The reader", "", circumstances(part), "",
             f"Milliseconds; four test documents, {found['pages']['median']:.0f} pages jumped to, at 100 % zoom in a view of 1,000 × 1,000 "
             "pixels. The documents are in the library already. Lectern draws in a helper process, hands the picture over and paints it; the "
             f"times are from the wish to the painted view. {peer}", ""]
    lines += table(["", "Lectern, p50", "p95", "Okular, p50", "p95", "Lectern takes … of it"], rows)
    lines += ["", f"### Memory while {number(scroll['pages']['median'])} pages are scrolled through", "",
              f"The real window with the reader, side bar and analysis; {scroll['stops']} stops at which everything is drawn, and 20 positions that "
              "fly past between two of them. Resident memory of the window's process, and the largest sum of proportional set sizes "
              "with its helpers.", ""]
    labels = {"start_mb": "first page drawn", "most_mb": "most", "end_mb": "last page drawn", "all_mb": "most, with helpers (PSS)"}
    return lines + table(["", "MB"], [[label, cell(scroll[key])] for key, label in labels.items()]) + [""]


def machine_section(machine):
    lines = ["## Machine and versions", "",
             f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']:.0f} GB; {machine['system']}, Linux "
             f"{machine['kernel']}; files on {machine['file_system']}.", ""]
    return lines + table(["program", "version"], [[name, version or "—"] for name, version in machine["versions"].items()]) + [""]


SECTIONS = {"text": text_section, "queue": queue_section, "window": window_section, "models": models_section,
            "embed": embed_section, "vectors": vectors_section, "search": search_section,
            "reader": reader_section}
TITLES = {"text": "## Files added", "queue": "## Queue", "window": "## The window", "models": "## Pages through a model",
          "embed": "## Meaning of a sentence", "vectors": "## Nearest vectors", "search": "## Finding pages",
          "reader": "## The reader"}


def sections(text):
    """The sections of a report written before, by name."""
    found = {}
    for part in text.split("\n## ")[1:]:
        for name, title in TITLES.items():
            if ("## " + part).startswith(title):
                found[name] = ["## " + part.rstrip(), ""]
    return found


def markdown(results, measured, kept):
    """`measured` are the parts to write anew; of the others those in `kept` stay as they are."""
    lines = ["<!-- Written by ./dev bench. Changes made by hand are lost at the next run. -->", "# Benchmarks", "",
             "Medians of interleaved rounds, and in brackets the lowest and the highest round. In a round every contender "
             "runs once, in turning order, on the same files and the same disk. Repeat with `./dev bench`, or a part of it with "
             "`./dev bench text`, `queue`, `window`, `models`, `embed`, `vectors`, `search` or `reader`. The programs are in `tests/bench`.", ""]
    for name, section in SECTIONS.items():
        if name in kept and name not in measured:
            lines += kept[name]
        elif name in results:
            lines += section(results[name])
    return "\n".join(lines + machine_section(results["machine"])).rstrip() + "\n"
