// SPDX-License-Identifier: GPL-3.0-or-later
// node reference.mjs PACKAGES MODEL pieces|vectors|time [BATCH]: what @energetic-ai/embeddings makes of a JSON list of texts
// on stdin. "pieces" writes the numbers of each text's pieces as JSON, "vectors" 512 floats a text, and "time" the
// seconds of processor time for all of them, BATCH at once, after a first round that is not measured.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [packages, model, what, batch = '16'] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${packages}/`));
const core = require('@energetic-ai/core');
const { initModel } = require('@energetic-ai/embeddings');

const embedder = await initModel(async () => ({
    model: await core.loadGraphModel(`file://${model}/dist/model.json`),
    vocabulary: JSON.parse(readFileSync(`${model}/dist/vocab.json`, 'utf8')),
}));
const texts = JSON.parse(readFileSync(0, 'utf8'));

async function vectors(all) {
    const found = [];
    for (let start = 0; start < all.length; start += Number(batch)) {
        const some = all.slice(start, start + Number(batch));
        // A text without pieces gets a row only when a text with pieces follows it.
        const rows = await embedder.embed([...some, 'end']);
        found.push(...rows.slice(0, some.length));
    }
    return found;
}

if (what === 'pieces') {
    process.stdout.write(JSON.stringify(texts.map(text => embedder.tokenizer.encode(text))));
} else if (what === 'vectors') {
    process.stdout.write(Buffer.from(Float32Array.from((await vectors(texts)).flat()).buffer));
} else {
    await vectors(texts);
    const before = process.cpuUsage();
    await vectors(texts);
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(JSON.stringify((user + system) / 1e6));
}
