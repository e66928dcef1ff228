// A hundred thousand hostile rules, and as many hostile wordings and calendars: the slowest answer, what hung and what crashed.
import { Worker } from 'node:worker_threads';
import { machineAlone, numberAfter, round, tell } from './figures';
import type { Answers, Share } from './hostile-answers';
import { ANSWERER, hostileInput, KINDS, type Kind } from './hostile-inputs';

const TRIES = numberAfter('--tries', 100_000);
/** An input that keeps the thread this long hangs. */
const PATIENCE_MS = 10_000;
const TARGET_MS = 50;

interface Findings extends Answers {
  hangs: string[];
}

const rows: Record<string, string | number> = { ...machineAlone(), 'tries of each': TRIES };
const json: Record<string, unknown> = { bench: 'hostile', tries: TRIES };
let bad = false;
for (const kind of KINDS) {
  const { slowest, crashes, hangs, accepted } = await allOf(kind);
  for (const { input, error } of crashes.slice(0, 10)) console.log(`crash: ${JSON.stringify(input)}: ${error}`);
  for (const input of hangs.slice(0, 10)) console.log(`hang: ${JSON.stringify(input)}`);
  rows[kind] =
    `slowest ${round(slowest.ms, 2)} ms, hangs ${hangs.length}, crashes ${crashes.length}, accepted ${accepted}`;
  rows[`the slowest of ${kind}`] = JSON.stringify(slowest.input.slice(0, 100));
  json[kind] = { slowestMs: round(slowest.ms, 2), hangs: hangs.length, crashes: crashes.length, accepted };
  bad ||= hangs.length > 0 || crashes.length > 0 || slowest.ms > TARGET_MS;
}
tell(rows, json);
process.exitCode = bad ? 1 : 0;

/** Every input of a kind; after a hang, a new thread goes on behind it. */
async function allOf(kind: Kind): Promise<Findings> {
  const findings: Findings = { answered: 0, slowest: { ms: 0, input: '' }, crashes: [], accepted: 0, hangs: [] };
  for (let from = 0; from < TRIES; ) {
    const { answers, stuckAt } = await answered(kind, from, stepEnd(from));
    if (answers) {
      findings.accepted += answers.accepted;
      findings.crashes.push(...answers.crashes);
      if (answers.slowest.ms > findings.slowest.ms) findings.slowest = answers.slowest;
      from = stepEnd(from);
    } else {
      findings.hangs.push(hostileInput(kind, stuckAt));
      from = stuckAt + 1;
    }
  }
  return findings;
}

/** In steps, so that a hang loses few answers. */
function stepEnd(from: number): number {
  return Math.min(TRIES, from + 20_000);
}

function answered(kind: Kind, from: number, to: number): Promise<{ answers: Answers | null; stuckAt: number }> {
  return new Promise((resolve, reject) => {
    const at = new Int32Array(new SharedArrayBuffer(4)).fill(from);
    const share: Share = { kind, from, to, at };
    const thread = new Worker(ANSWERER, { workerData: share });
    let seen = -1;
    const watch = setInterval(() => {
      const now = Atomics.load(at, 0);
      if (now !== seen) {
        seen = now;
        return;
      }
      clearInterval(watch);
      thread.terminate().then(() => resolve({ answers: null, stuckAt: now }), reject);
    }, PATIENCE_MS);
    thread.once('message', (answers: Answers) => {
      clearInterval(watch);
      resolve({ answers, stuckAt: -1 });
    });
    thread.once('error', (error) => {
      clearInterval(watch);
      reject(error);
    });
  });
}
