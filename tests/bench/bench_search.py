# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding pages: how often the right page is among the first (a set of questions on the test documents), beside plain
SQLite FTS5, and how long a search takes at 100,000 passages while documents are being indexed."""

import csv
import json
import pathlib
import re
import sqlite3
import subprocess

import bench_text
import common
import search_speed

MODES = ("words", "meaning", "both")
FIRST = 10  # pages of an answer that are looked at


def questions(setting):
    """(file, right pages, language, kind, question)"""
    with open(setting.source / "tests/bench/questions.tsv", encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            pages = {int(page) for page in row["pages"].split(",")}
            yield row["document"].replace("/", "-"), pages, row["language"], row["kind"], row["question"]


class Plain:
    """FTS5 as it comes, with its stemmer for English, over what pdftotext makes of each page. Any of the words will do."""

    def __init__(self, folder):
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE VIRTUAL TABLE page USING fts5(file UNINDEXED, number UNINDEXED, text, "
                              "tokenize = 'porter unicode61')")
        for path in sorted(folder.iterdir()):
            text = subprocess.run(["pdftotext", "-q", "-enc", "UTF-8", path, "-"], stdout=subprocess.PIPE, check=False).stdout
            for number, page in enumerate(text.decode("utf-8", "replace").split("\f"), 1):
                self.database.execute("INSERT INTO page VALUES (?, ?, ?)", (path.name, number, page))

    def __call__(self, question):
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        return self.database.execute("SELECT file, number FROM page WHERE page MATCH ? ORDER BY rank LIMIT ?",
                                     (words, FIRST)).fetchall()


class Lectern:
    def __init__(self, setting, workspace, mode):
        self.command = [setting.program("lectern-cli"), "--workspace", workspace, "--json", "search", "--limit", str(FIRST),
                        "--mode", mode, "--"]

    def __call__(self, question):
        found = json.loads(subprocess.run([*self.command, question], stdout=subprocess.PIPE, check=True).stdout)
        return [(pathlib.PurePath(page["path"]).name, page["page"]) for page in found]


def rank_of(right, found):
    """Of the first right page, from 1; 0: there is none."""
    file, pages = right
    return next((place for place, (name, page) in enumerate(found, 1) if name == file and page in pages), 0)


def summary(ranks):
    count = len(ranks)
    return {"questions": count, "first": sum(rank == 1 for rank in ranks) / count,
            "five": sum(0 < rank <= 5 for rank in ranks) / count, "ten": sum(rank > 0 for rank in ranks) / count,
            "reciprocal": sum(1 / rank for rank in ranks if rank) / count}


def coverage(workspace):
    with sqlite3.connect(f"file:{workspace}/workspace.db?mode=ro", uri=True) as database:
        return {name: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for name, table in (("passages", "chunk"), ("vectors", "chunk_vector"))}


def found_pages(setting):
    folder = bench_text.outside_documents(setting)
    workspace = setting.fresh("search-workspace")
    common.say("Indexing the test documents, with the embedding")
    seconds = common.timed([setting.program("lectern-cli"), "--workspace", workspace, "--quiet", "index", folder])
    contenders = {mode: Lectern(setting, workspace, mode) for mode in MODES}
    contenders["plain"] = Plain(folder)
    asked = list(questions(setting))
    results, misses = {}, []
    for name, search in contenders.items():
        ranks = [rank_of((file, pages), search(question)) for file, pages, _, _, question in asked]
        groups = {"all": ranks}
        for rank, (_, _, language, kind, question) in zip(ranks, asked):
            groups.setdefault(kind, []).append(rank)
            groups.setdefault(language, []).append(rank)
            groups.setdefault(f"en {kind}" if language == "en" else f"others {kind}", []).append(rank)
            if rank == 0:
                misses.append(f"{name}: {question}")
        results[name] = {group: summary(values) for group, values in groups.items()}
        common.say(f"  {name:<8} " + "  ".join(f"{key} {value:.2f}" for key, value in results[name]["all"].items()))
    (setting.scratch / "search-misses.txt").write_text("\n".join(misses) + "\n", encoding="utf-8")
    return {"results": results, "index_seconds": seconds, **coverage(workspace)}


def measure(setting):
    part = {}
    if (setting.corpus / "expected.tsv").exists():
        part["quality"] = found_pages(setting)
    else:
        common.say(f"Left out: there are no test documents in {setting.corpus} (set LECTERN_CORPUS)")
        return part
    part["speed"] = search_speed.measure(setting, [question for *_, language, _, question in questions(setting)
                                                   if language == "en"])
    return part
