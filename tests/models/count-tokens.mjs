// SPDX-License-Identifier: GPL-3.0-or-later
// node count-tokens.mjs PACKAGE: a JSON list of texts on stdin, the list of their tokens on stdout.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { encode } = await import(pathToFileURL(`${process.argv[2]}/esm/encoding/o200k_base.js`));
const texts = JSON.parse(readFileSync(0, 'utf8'));
const options = { disallowedSpecial: new Set() };
process.stdout.write(JSON.stringify(texts.map(text => encode(text, options))));
