# SPDX-License-Identifier: GPL-3.0-or-later
"""Files added → all text findable: Lectern, Recoll, and pdftotext run on one file after the other."""

import csv
import shutil
import subprocess

import common
import made_pdf

MADE = 1000


def outside_documents(setting):
    """The PDFs of the test documents in a folder of their own, without those that make Poppler hang."""
    folder = setting.fresh("corpus")
    with open(setting.corpus / "expected.tsv", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if row["kind"] == "pdf" and row["may_hang_poppler"] != "yes":
                shutil.copyfile(setting.corpus / row["path"], folder / row["path"].replace("/", "-"))
    return folder


def lectern(setting, folder, word):
    def run():
        workspace = setting.fresh("lectern-workspace")
        program = setting.program("lectern-cli")
        seconds = common.timed([program, "--workspace", workspace, "index", "--only", "extract", "--quiet", folder])
        found = common.output([program, "--workspace", workspace, "--json", "search", word])
        require(word, found, ".pdf")
        return seconds
    return run


def recoll(setting, folder, word):
    def run():
        # As it comes, but for the folder to index.
        settings = setting.fresh("recoll")
        (settings / "recoll.conf").write_text(f"topdirs = {folder}\n")
        seconds = common.timed(["recollindex", "-c", settings])
        require(word, common.output(["recollq", "-c", settings, word]), ".pdf")
        return seconds
    return run


def pdftotext(setting, folder, word):
    script = 'for file in "$1"/*.pdf; do pdftotext -q -enc UTF-8 "$file" "$2/${file##*/}.txt"; done'

    def run():
        texts = setting.fresh("texts")
        seconds = common.timed(["sh", "-c", script, "sh", folder, texts])
        require(word, common.output(["grep", "-rl", word, texts]), ".pdf.txt")
        return seconds
    return run


def require(word, answer, ending):
    if ending not in answer:
        raise SystemExit(f"“{word}” was not found, so the time means nothing. The answer was: {answer[:500]}")


def count_pages(folder):
    pages = 0
    for path in folder.iterdir():
        info = subprocess.run(["pdfinfo", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        pages += sum(int(line.split()[1]) for line in info.stdout.splitlines() if line.startswith("Pages:"))
    return pages


def measure(setting):
    sets = {}
    if (setting.corpus / "expected.tsv").exists():
        sets["corpus"] = (outside_documents(setting), "recoveries")
    else:
        common.say(f"Left out: there are no test documents in {setting.corpus} (set LECTERN_CORPUS)")
    sets["made"] = (made_pdf.folder(setting.scratch / "made", MADE, 1), made_pdf.unique_word(MADE - 1, 1))

    parts = {}
    for name, (folder, word) in sets.items():
        common.say(f"{name}: {folder}")
        part = common.interleaved(setting, {contender.__name__: contender(setting, folder, word)
                                            for contender in (lectern, recoll, pdftotext)})
        part["files"] = len(list(folder.iterdir()))
        part["pages"] = count_pages(folder)
        parts[name] = part
    return {"sets": parts}
