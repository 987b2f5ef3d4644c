// SPDX-License-Identifier: GPL-3.0-or-later
// A server that speaks OpenAI's chat protocol, takes its time and keeps to a limit, for bench_models.py:
//   node server.mjs [--latency MEDIAN_MS] [--limit N] [--record FILE]
// It prints its port, answers POST …/chat/completions, and tells on GET /report what it saw.
//
// Latency: log-normal around MEDIAN_MS, cut to 1,000 to 3,000 ms, drawn in the order of arrival from a fixed seed, so
// that everybody waits alike. Without --latency it answers at once.
// Limit: in no 60 seconds, wherever they begin, are more than N requests let in. A request counts when its head arrives.
// One more than that is a violation: it gets a 429 with Retry-After, and does not count further.
import { createServer } from 'node:http';
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: { latency: { type: 'string' }, limit: { type: 'string' }, record: { type: 'string' } },
});
const medianMs = Number(options.latency ?? 0);
const limit = Number(options.limit ?? 0);
const windowMs = 60_000;
const [shortestMs, longestMs, sigma] = [1_000, 3_000, 0.3];

// Mulberry32, of the public domain by Tommy Ettinger.
let state = 20_261_122;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

function latency() {
  if (medianMs === 0) return 0;
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()); // Box and Muller
  return Math.min(longestMs, Math.max(shortestMs, medianMs * Math.exp(sigma * normal)));
}

const seen = { arrivals: [], refused: [], ends: [], latency_ms: 0, own_ms: 0, most_at_once: 0, connections: 0 };
let oldest = 0; // the first of the arrivals that may be less than a window old
let atOnce = 0;

/// How long until the limit has room again; 0 when it has.
function msUntilRoom(now) {
  if (limit === 0) return 0;
  while (oldest < seen.arrivals.length && seen.arrivals[oldest] <= now - windowMs) ++oldest;
  return seen.arrivals.length - oldest < limit ? 0 : seen.arrivals[oldest] + windowMs - now;
}

const answer = JSON.stringify({
  title: 'A page of made words',
  summary: 'The page lists words that mean nothing. They are grouped into lines of eleven. None of them repeats a fact.',
  key_phrases: ['made words', 'lines of eleven', 'nothing'],
  entities: [],
  language: 'en',
});
const answerTokens = 70;

function send(response, request) {
  const usage = {
    prompt_tokens: Math.ceil(request.bytes / 3),
    completion_tokens: answerTokens,
    total_tokens: Math.ceil(request.bytes / 3) + answerTokens,
  };
  const head = { id: `chatcmpl-${request.number}`, created: 1_795_000_000, model: request.body.model };
  if (!request.body.stream) {
    const choices = [{ index: 0, message: { role: 'assistant', content: answer }, finish_reason: 'stop' }];
    const text = JSON.stringify({ ...head, object: 'chat.completion', choices, usage });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
    return;
  }
  const chunk = (choices, more = {}) =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...more })}\n\n`;
  const delta = (part, reason = null) => [{ index: 0, delta: part, finish_reason: reason }];
  let text = chunk(delta({ role: 'assistant', content: '' }));
  for (let at = 0; at < answer.length; at += 64) text += chunk(delta({ content: answer.slice(at, at + 64) }));
  text += chunk(delta({}, 'stop'));
  if (request.body.stream_options?.include_usage) text += chunk([], { usage });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`${text}data: [DONE]\n\n`);
}

function refuse(response, waitMs) {
  const error = { message: `Rate limit reached: ${limit} requests a minute`, type: 'requests', code: 'rate_limit_exceeded' };
  response.writeHead(429, { 'content-type': 'application/json', 'retry-after': String(Math.ceil(waitMs / 1000)) });
  response.end(JSON.stringify({ error }));
}

function chat(request, response) {
  const arrived = performance.now();
  const waitMs = msUntilRoom(arrived);
  const number = seen.arrivals.length;
  if (waitMs > 0) seen.refused.push(arrived);
  else seen.arrivals.push(arrived);
  const delay = waitMs > 0 ? 0 : latency();
  seen.latency_ms += delay;
  seen.most_at_once = Math.max(seen.most_at_once, ++atOnce);
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const text = Buffer.concat(parts);
    const reply = () => {
      if (waitMs > 0) refuse(response, waitMs);
      else send(response, { number, bytes: text.length, body: JSON.parse(text) });
      --atOnce;
      const now = performance.now();
      if (waitMs === 0) seen.ends.push(now);
      seen.own_ms += now - arrived - delay;
    };
    if (options.record && waitMs === 0) appendFileSync(options.record, `${text}\n`);
    if (delay > 0) setTimeout(reply, Math.max(0, delay - (performance.now() - arrived)));
    else reply();
  });
}

const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url.endsWith('/chat/completions')) {
    chat(request, response);
    return;
  }
  const known = request.url === '/report' ? seen : request.url === '/count' ? { answered: seen.ends.length } : undefined;
  request.resume();
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(known ?? { error: { message: 'not here' } }));
});
server.on('connection', () => ++seen.connections);
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
