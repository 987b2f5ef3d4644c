// SPDX-License-Identifier: GPL-3.0-or-later
// The work of bench_queue.cpp, done by BullMQ: node bullmq.mjs SOCKET JOBS IN_FLIGHT. Prints one JSON object.
// Redis is set to flush every write, so that an answered call is on disk there as a finished commit is here.
import { Queue, Worker } from 'bullmq';

const [socket, jobsText, inFlightText] = process.argv.slice(2);
const connection = { path: socket, maxRetriesPerRequest: null };
const bulkSize = 500;
const bulk = Math.max(Math.floor(Number(jobsText) / bulkSize), 1) * bulkSize;
const single = bulk / 10;
const inFlight = Number(inFlightText);

const queue = new Queue('bench', { connection });
await queue.waitUntilReady();

let next = 0;
const target = () => ({ document: Math.floor(next / 1000), page: (next++ % 1000) + 1, analyser: 'built-in 1' });

async function perSecond(count, work) {
  const start = process.hrtime.bigint();
  await work(count);
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

async function enqueueOneByOne(count) {
  for (let i = 0; i < count; ++i) await queue.add('analyze', target());
}

async function enqueueInFlight(count) {
  let left = count;
  const lane = async () => {
    while (left-- > 0) await queue.add('analyze', target());
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

async function enqueueBulk(count) {
  for (let done = 0; done < count; done += bulkSize) {
    await queue.addBulk(Array.from({ length: bulkSize }, () => ({ name: 'analyze', data: target() })));
  }
}

async function drain(count) {
  let finished = 0;
  await new Promise((resolve, reject) => {
    const worker = new Worker('bench', async () => {}, { connection, concurrency: inFlight });
    worker.on('completed', () => {
      if (++finished === count) worker.close().then(resolve, reject);
    });
    worker.on('error', reject);
  });
}

const result = {
  enqueue_one_by_one_per_s: await perSecond(single, enqueueOneByOne),
  enqueue_per_s: await perSecond(single, enqueueInFlight),
  enqueue_bulk_per_s: await perSecond(bulk, enqueueBulk),
  process_per_s: await perSecond(bulk + 2 * single, drain),
};
console.log(JSON.stringify(result));
await queue.close();
