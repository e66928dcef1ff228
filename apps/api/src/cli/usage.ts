import fs from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The words after a command mean nothing to it: exit code 2, with what it understands. */
export class WrongUsage extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** A phrase may begin with a dash, as in a list: what holds a blank is no option. @throws WrongUsage */
export function readWords<T extends Options>(words: readonly string[], options: T) {
  try {
    const phrases = words.filter((word) => /^-\s/.test(word));
    const args = [
      ...words.filter((word) => !phrases.includes(word)),
      ...(phrases.length > 0 ? ['--', ...phrases] : []),
    ];
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** The lines of a file that hold something. @throws WrongUsage when it cannot be read */
export function linesOf(file: string): string[] {
  try {
    return fs
      .readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .split('\n')
      .filter((line) => line.trim() !== '');
  } catch (error) {
    throw new WrongUsage(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** The object a line holds, or null. */
export function objectOf(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
