# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes PDFs with known text, always the same bytes. Every page carries a word that no other page has."""

import random
import zlib

SYLLABLES = [a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "gr", "pl")
             for b in ("a", "e", "i", "o", "u", "an", "en", "or", "is")]


def vocabulary(size=6000):
    dice = random.Random(1)
    return ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(size)]


WORDS = vocabulary()


def unique_word(document, page):
    return f"mark{document:05d}page{page:05d}"


def page_lines(document, page, words):
    dice = random.Random(document * 100_003 + page)
    # Few words are frequent and most are rare, as in a language.
    chosen = [WORDS[int(len(WORDS) ** dice.random()) - 1] for _ in range(words)]
    chosen.insert(len(chosen) // 2, unique_word(document, page))
    lines = []
    for start in range(0, len(chosen), 11):
        lines.append(" ".join(chosen[start:start + 11]).capitalize())
    return [f"Section {document}.{page}"] + lines


def content(lines):
    parts = ["BT /F1 10 Tf 60 780 Td 14 TL"]
    parts += [f"({line}) Tj T*" for line in lines]
    return zlib.compress("\n".join(parts + ["ET"]).encode("ascii"), 1)


def write(path, document, pages, words=400, page_lines=page_lines):
    """A PDF 1.4 of `pages` A4 pages in Helvetica. `page_lines(document, page, words)` says what stands on a page: ASCII
    without brackets and backslashes."""
    objects = [None, b"<< /Type /Catalog /Pages 2 0 R >>", None,
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for page in range(1, pages + 1):
        number = len(objects)
        kids.append(f"{number} 0 R")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>".encode())
        stream = content(page_lines(document, page, words))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream")
    objects[2] = f"<< /Type /Pages /Count {pages} /Kids [{' '.join(kids)}] >>".encode()

    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number in range(1, len(objects)):
        offsets.append(len(data))
        data += b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % len(objects)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects), start)
    path.write_bytes(data)


def folder(path, documents, pages, words=400):
    """`documents` files in `path`, made once and kept."""
    path.mkdir(parents=True, exist_ok=True)
    for document in range(documents):
        target = path / f"document-{document:05d}.pdf"
        if not target.exists():
            write(target, document, pages, words)
    return path
