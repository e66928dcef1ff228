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
  return { machine: `${os.cpus().length} cores, ${os.cpus()[0]?.model.trim() ?? ''}`, node: process.version, postgres };
}
