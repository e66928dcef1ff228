import os from 'node:os';

/** The value below which this share of the durations falls, in milliseconds with two decimals. */
export function percentile(durations: readonly number[], share: number): number {
  const sorted = [...durations].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0, 2);
}

export function round(value: number, decimals = 0): number {
  return Number(value.toFixed(decimals));
}

/** Lines for people, then one line of JSON for programs. */
export function tell(rows: Record<string, string | number>, json: Record<string, unknown>): void {
  const width = Math.max(...Object.keys(rows).map((name) => name.length));
  for (const [name, value] of Object.entries(rows)) console.log(`${name.padEnd(width)}  ${value}`);
  console.log(JSON.stringify(json));
}

export function machine(postgres: string): Record<string, string> {
  return { ...machineAlone(), postgres };
}

/** The machine and how busy it is, where no database is measured. */
export function machineAlone(): Record<string, string> {
  return {
    machine: `${os.cpus().length} cores, ${os.cpus()[0]?.model.trim() ?? ''}`,
    load: (os.loadavg()[0] ?? 0).toFixed(1),
    node: process.version,
  };
}

/** The whole number that follows a word of the command line. @throws Error when what follows is none. */
export function numberAfter(word: string, otherwise: number): number {
  const at = process.argv.indexOf(word);
  if (at < 0) return otherwise;
  const given = Number(process.argv[at + 1]);
  if (!Number.isInteger(given) || given < 1) throw new Error(`${word} wants a whole number from 1 on`);
  return given;
}
