# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a search takes at 100,000 passages while documents are being indexed: makes the library and the new documents,
runs bench_search (tests/bench/search) on them."""

import json
import os
import random
import re
import sqlite3
import subprocess

import bench_embed
import common
import made_pdf

DOCUMENTS, PAGES_EACH = 400, 250  # one passage a page
NEW_DOCUMENTS, NEW_PAGES = 8, 100  # indexed while searches are measured
SENTENCES_EACH = 3
SOURCES = (*bench_embed.DOCUMENTS, "pdf/manual-pari-675p.pdf", "pdf/register-bad-page.pdf", "pdf/paper-acm-two-column.pdf",
           "pdf/noise-spectra-damaged.pdf", "pdf/chinese-reference-251p.pdf", "pdf/russian-install-guide.pdf")


def pool(setting):
    """Sentences of the English test documents, in plain letters, as made PDFs can have them."""
    sentences = []
    for name in SOURCES:
        text = subprocess.check_output(["pdftotext", "-q", "-enc", "UTF-8", setting.corpus / name, "-"], text=True)
        for sentence in re.split(r"(?<=[.!?])\s+|\n\n+", text):
            plain = re.sub(r"[^A-Za-z0-9.,;:'% -]", " ", sentence)
            sentence = " ".join(plain.split())
            mostly_letters = sum(c.isalpha() or c == " " for c in sentence) > 0.85 * len(sentence)
            if 8 <= sentence.count(" ") + 1 <= 30 and len(sentence) > 40 and mostly_letters:
                sentences.append(sentence)
    return sorted(set(sentences))


def lines(text, width=80):
    line = ""
    for word in text.split():
        if len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def folder(setting, name, documents, pages, seed, sentences):
    """Documents whose pages are sentences drawn from the pool."""
    place = setting.fresh(name)
    for document in range(documents):
        dice = random.Random(seed + document)

        def page_lines(_document, page, _words, dice=dice):
            chosen = dice.sample(sentences, SENTENCES_EACH)
            return [f"Part {page}"] + list(lines(" ".join(chosen)))
        made_pdf.write(place / f"{name}-{seed + document}.pdf", document, pages, page_lines=page_lines)
    return place


def library(setting, program, sentences):
    """Made once: extracted as any library is; the vectors are made (bench_search fill)."""
    workspace = setting.scratch / "search-library"
    stamp = setting.scratch / "search-library.done"
    if not stamp.exists():
        common.say(f"Making a library of {DOCUMENTS * PAGES_EACH:,} passages; this takes some minutes, once")
        made = folder(setting, "search-made", DOCUMENTS, PAGES_EACH, 0, sentences)
        setting.fresh(workspace.name)
        subprocess.run([setting.program("lectern-cli"), "--workspace", workspace, "--quiet", "index", "--only", "extract",
                        made], check=True, env={**os.environ, "LECTERN_EMBEDDING": "none"})
        texts = json.dumps(sentences[::max(1, len(sentences) // 2000)]).encode()
        subprocess.run([program, "fill", workspace], input=texts, check=True)
        stamp.touch()
    return workspace


def plain_index(setting, workspace):
    """The same pages in plain FTS5, in a file of its own."""
    target = setting.scratch / "search-plain.db"
    stamp = setting.scratch / "search-plain.done"
    if not stamp.exists():
        target.unlink(missing_ok=True)
        with sqlite3.connect(target) as database:
            database.execute("ATTACH ? AS library", (str(workspace / "workspace.db"),))
            database.execute("CREATE VIRTUAL TABLE page USING fts5(text, tokenize = 'porter unicode61')")
            database.execute("INSERT INTO page (rowid, text) SELECT page_id, text FROM library.page_text")
        stamp.touch()
    return target


def measure(setting, asked):
    program = setting.build / "tests/bench_search"
    sentences = pool(setting)
    workspace = library(setting, program, sentences)
    plain = plain_index(setting, workspace)
    rounds = []
    for number in range(setting.rounds):
        new = folder(setting, "search-new", NEW_DOCUMENTS, NEW_PAGES, 10_000 + (os.getpid() * 100 + number) * 100, sentences)
        found = json.loads(subprocess.check_output([program, "measure", workspace, plain, new], input=json.dumps(asked).encode()))
        rounds.append(found)
        common.say(f"  round {number + 1}  " + "  ".join(
            f"{name} p50 {value['p50']:.1f} p95 {value['p95']:.1f}" for name, value in found["indexing"].items()))
    part = {when: {name: {key: common.spread([found[when][name][key] for found in rounds])
                          for key in ("p50", "p95", "processor_p50", "processor_p95", "count")} for name in rounds[0][when]} for when in ("idle", "indexing")}
    part.update({key: common.spread([found[key] for found in rounds]) for key in ("first_ms", "indexing_s", "pages_added")})
    part.update(chunks=rounds[0]["chunks"], sentences=len(sentences), questions=len(asked), rounds=setting.rounds)
    return part
