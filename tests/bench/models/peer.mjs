// SPDX-License-Identifier: GPL-3.0-or-later
// What a script does that sends many pages to a model under a limit: the openai package, and p-queue as its
// documentation says for "APIs that enforce strict rate limits".
//   node peer.mjs ADDRESS REQUESTS ANSWERS AT_ONCE LIMIT
// REQUESTS holds one request body a line; each answer is appended to ANSWERS, without a flush. LIMIT is per minute, 0 for
// none. Prints one JSON object.
import { appendFileSync, readFileSync } from 'node:fs';
import OpenAI from 'openai';
import PQueue from 'p-queue';

const [address, requests, answers, atOnce, limit] = process.argv.slice(2);
const rate = Number(limit) > 0 ? { interval: 60_000, intervalCap: Number(limit), strict: true } : {};
const queue = new PQueue({ concurrency: Number(atOnce), ...rate });
const client = new OpenAI({ apiKey: 'none', baseURL: address });
const result = { answered: 0, failed: 0, tokens_in: 0, tokens_out: 0 };

async function ask(body) {
  let content = '';
  let usage;
  for await (const chunk of await client.chat.completions.create(body)) {
    content += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  appendFileSync(answers, `${JSON.stringify({ answer: JSON.parse(content), usage })}\n`);
  ++result.answered;
  result.tokens_in += usage.prompt_tokens;
  result.tokens_out += usage.completion_tokens;
}

const bodies = readFileSync(requests, 'utf8').split('\n').filter((line) => line !== '');
for (const line of bodies) {
  queue.add(() => ask(JSON.parse(line))).catch(() => ++result.failed);
}
await queue.onIdle();
console.log(JSON.stringify(result));
