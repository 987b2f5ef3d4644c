// SPDX-License-Identifier: GPL-3.0-or-later
// node pack-ranks.mjs FROM TO: "base64 rank" lines into one length byte and the bytes of each rank, in the order of
// ranks. Less than half the size, and read in place.
import { readFileSync, writeFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2);
const parts = [];
for (const line of readFileSync(from, 'latin1').split('\n')) {
    if (line === '')
        continue;
    const [token, rank] = line.split(' ');
    const bytes = Buffer.from(token, 'base64');
    if (Number(rank) !== parts.length / 2)
        throw new Error(`rank ${rank} where ${parts.length / 2} is due`);
    if (bytes.length < 1 || bytes.length > 255)
        throw new Error(`rank ${rank} is ${bytes.length} bytes long`);
    parts.push(Buffer.of(bytes.length), bytes);
}
writeFileSync(to, Buffer.concat(parts));
