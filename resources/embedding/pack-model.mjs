// SPDX-License-Identifier: GPL-3.0-or-later
// node pack-model.mjs FOLDER SHA256 TO: the vocabulary and the float weights of Universal Sentence Encoder Lite, checked,
// into one file with weights of 8 bits, in the order and layout in which src/embed reads them in place.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, expected, to] = process.argv.slice(2);
const version = 1;
const dimensions = 512;
const group = 64; // inputs that share one scale
const panel = 16; // outputs that stand together
const alignment = 64;

const read = name => readFileSync(join(folder, name));
const manifest = JSON.parse(read('model.json')).weightsManifest[0];
const shards = Buffer.concat(manifest.paths.map(read));
const source = createHash('sha256').update(read('vocab.json')).update(read('model.json')).update(shards).digest();
if (source.toString('hex') !== expected)
    throw new Error(`these are not the files that Lectern was tested with:\n  SHA-256 ${source.toString('hex')}\n  instead ${expected}`);

const tensors = [];
let offset = 0;
for (const { name, shape, dtype } of manifest.weights) {
    const count = shape.reduce((product, size) => product * size, 1);
    if (dtype === 'float32')
        tensors.push({ name, shape, values: new Float32Array(new Uint8Array(shards.subarray(offset, offset + 4 * count)).buffer) });
    offset += 4 * count;
}
if (offset !== shards.length)
    throw new Error(`the weights take ${shards.length} bytes where ${offset} are due`);

// The one tensor whose name ends so, with the sizes it must have (sizes of 1 do not count).
function tensor(ending, ...sizes) {
    const found = tensors.filter(({ name }) => name.endsWith(ending));
    if (found.length !== 1)
        throw new Error(`${found.length} tensors are named …${ending}`);
    const shape = found[0].shape.filter(size => size !== 1);
    if (shape.join() !== sizes.join())
        throw new Error(`…${ending} is ${shape}, not ${sizes}`);
    return found[0].values;
}

const parts = [];
let size = 0;
function put(bytes) {
    const padding = (alignment - (bytes.length % alignment)) % alignment;
    parts.push(bytes, Buffer.alloc(padding));
    size += bytes.length + padding;
}
const putArray = array => put(Buffer.from(array.buffer, array.byteOffset, array.byteLength));

// Eight bits for the values at `places` of `from`: stores them by `store`, and returns the value of one step.
function quantise(from, places, store) {
    let largest = 0;
    for (const place of places)
        largest = Math.max(largest, Math.abs(from[place]));
    const step = Math.fround(largest / 127) || 1;
    places.forEach((place, i) => store(i, Math.max(-127, Math.min(127, Math.round(from[place] / step)))));
    return step;
}

function putVocabulary(pieces) {
    const texts = pieces.map(([text]) => Buffer.from(text, 'utf8'));
    for (const text of texts) {
        if (text.length < 1 || text.length > 255)
            throw new Error(`a piece is ${text.length} bytes long`);
    }
    put(Buffer.concat(texts.flatMap(text => [Buffer.of(text.length), text])));
    // A few pieces have no score; the reference adds null, which counts as 0.
    putArray(Float64Array.from(pieces, ([, score]) => score ?? 0));
}

function putTable(values, rows, columns) {
    const steps = new Float32Array(rows * columns / group);
    const bytes = new Int8Array(rows * columns);
    for (let start = 0; start < bytes.length; start += group) {
        const places = Array.from({ length: group }, (_, i) => start + i);
        steps[start / group] = quantise(values, places, (i, value) => (bytes[start + i] = value));
    }
    putArray(steps);
    putArray(bytes);
}

// From [input][output] to [panel of 16 outputs][part][pair of inputs][output][2]: a pair is what one multiplication takes.
// A second part holds what the first could not say: the small matrices that pieces meet first decide how near the result
// comes to the original's.
function putMatrix(values, bias, inputs, outputs, parts) {
    const rest = Float32Array.from(values);
    const steps = new Float32Array(parts * inputs / group * outputs);
    const bytes = new Int8Array(parts * inputs * outputs);
    for (let part = 0; part < parts; ++part) {
        for (let output = 0; output < outputs; ++output) {
            for (let first = 0; first < inputs; first += group) {
                const places = Array.from({ length: group }, (_, i) => (first + i) * outputs + output);
                const numbers = [];
                const step = quantise(rest, places, (i, number) => (numbers[i] = number));
                steps[(part * inputs + first) / group * outputs + output] = step;
                numbers.forEach((number, i) => {
                    const pair = (Math.floor(output / panel) * parts + part) * (inputs / 2) + Math.floor((first + i) / 2);
                    bytes[(pair * panel + output % panel) * 2 + i % 2] = number;
                    rest[places[i]] -= number * step;
                });
            }
        }
    }
    putArray(bias);
    putArray(steps);
    putArray(bytes);
}

function putNorm(ending, width) {
    for (const part of ['scale', 'bias'])
        putArray(tensor(`${ending}layer_prepostprocess/layer_norm/layer_norm_${part}/ConcatPartitions/concat`, width));
}

function putLayer(number, width, parts) {
    const layer = `Layer_${number}/TransformerLayer/`;
    const attention = `${layer}MultiheadAttention/`;
    putNorm(layer, width);
    for (const [name, outputs] of [['qkv', 3 * width], ['output', dimensions]]) {
        putMatrix(tensor(`${attention}${name}_transform_single/kernel/part_0`, width, outputs),
            tensor(`${attention}${name}_transform_single/bias/ConcatPartitions/concat`, outputs), width, outputs, parts);
    }
    putNorm(`${layer}FFN/`, dimensions);
    for (const [name, inputs, outputs] of [['conv1', dimensions, 3 * dimensions], ['conv2', 3 * dimensions, dimensions]]) {
        putMatrix(tensor(`${layer}FFN/${name}/Tensordot/Reshape_1`, inputs, outputs),
            tensor(`${layer}FFN/${name}/bias/ConcatPartitions/concat`, outputs), inputs, outputs, 1);
    }
}

const pieces = JSON.parse(read('vocab.json'));
const width = 256;
putVocabulary(pieces);
putArray(tensor('AddTimingSignal/TimingSignal/ExpandDims_1', width / 2));
putTable(tensor('module/Embeddings_en', 8002, width), pieces.length, width);
putMatrix(tensor('Layer_0/TransformerLayer/dense/kernel/ConcatPartitions/concat', width, dimensions),
    tensor('Layer_0/TransformerLayer/dense/bias/ConcatPartitions/concat', dimensions), width, dimensions, 2);
putLayer(0, width, 2);
putLayer(1, dimensions, 1);
putMatrix(tensor('hidden_layers/tanh_layer_0/weights', dimensions, dimensions),
    tensor('hidden_layers/tanh_layer_0/bias', dimensions), dimensions, dimensions, 1);

const payload = Buffer.concat(parts);
const header = Buffer.alloc(128);
header.write('LECTERN\x1a', 0, 'latin1');
[version, dimensions, pieces.length, payload.length].forEach((number, i) => header.writeUInt32LE(number, 8 + 4 * i));
source.copy(header, 32);
createHash('sha256').update(payload).digest().copy(header, 64);
writeFileSync(to, Buffer.concat([header, payload]));
