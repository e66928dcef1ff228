// Generated rules of the whitelist, expanded by us, by rrule.js and by rrule-temporal, on hosts of three zones.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Agreement } from './agreement-on-one-host';
import { machineAlone, numberAfter, tell } from './figures';

const HOST_ZONES = ['UTC', 'Europe/Paris', 'America/New_York'];
const RULES = numberAfter('--tries', 20_000);

const found: Agreement[] = [];
for (const zone of HOST_ZONES) {
  const half = Math.ceil(RULES / 2);
  // The machine has two cores at least: each takes half.
  const halves = await Promise.all([on(zone, 0, half), on(zone, half, RULES)]);
  found.push(...halves);
  console.log(`${zone}: ${halves.reduce((sum, { tried }) => sum + tried, 0)} rules compared`);
}
const total = (count: (one: Agreement) => number) => found.reduce((sum, one) => sum + count(one), 0);
const explained = new Map<string, number>();
for (const [reason, count] of found.flatMap((one) => Object.entries(one.explained))) {
  explained.set(reason, (explained.get(reason) ?? 0) + count);
}
const unexplained = total((one) => one.unexplainedCount);
for (const one of found.flatMap((half) => half.unexplained).slice(0, 20)) console.log(JSON.stringify(one));
tell(
  {
    ...machineAlone(),
    rules: `${RULES} on each of ${HOST_ZONES.join(', ')}, clocks in January and in July`,
    dates: total((one) => one.dates),
    ...Object.fromEntries([...explained].map(([reason, count]) => [`explained, ${reason}`, count])),
    'differences nobody explains': unexplained,
  },
  {
    bench: 'agreement',
    rules: RULES,
    hosts: HOST_ZONES.length,
    dates: total((one) => one.dates),
    explained: Object.fromEntries(explained),
    unexplained,
  },
);
process.exitCode = unexplained === 0 ? 0 : 1;

function on(zone: string, from: number, to: number): Promise<Agreement> {
  return new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(new URL('./agreement-on-one-host.js', import.meta.url)),
      [String(from), String(to)],
      {
        env: { ...process.env, TZ: zone },
      },
    );
    let answer: Agreement | null = null;
    child.once('message', (message) => {
      answer = message as Agreement;
    });
    child.once('exit', (code) =>
      answer ? resolve(answer) : reject(new Error(`${zone}: exit ${code} without an answer`)),
    );
  });
}
