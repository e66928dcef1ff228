// The command line of an installation: light on purpose, so that it starts at once. It never boots the server.
import { dateAt, type PlainDate, parsePlainDate, systemClock } from '@app/time';
import { describe } from './describe';
import { expand } from './expand';
import { preview } from './preview';
import { WrongUsage } from './usage';

const COMMANDS: Record<string, { run(words: readonly string[], today: PlainDate): number; usage: string }> = {
  preview: {
    run: preview,
    usage: 'preview "PHRASE" | --file FILE.jsonl [--from 2027-01-01] [--count 4] [--zone A|B|C] [--json]',
  },
  describe: { run: describe, usage: 'describe RRULE… [--language fr|en]' },
  expand: { run: expand, usage: 'expand --file FILE.jsonl' },
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // "| head" has read enough.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = main(process.argv[2], process.argv.slice(3));

/** 0: answered; 1: a single input was refused; 2: wrong usage. */
function main(name: string | undefined, words: readonly string[]): number {
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (!command) throw new WrongUsage('');
    return command.run(words, today());
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    const lines = command ? [command.usage] : Object.values(COMMANDS).map(({ usage }) => usage);
    if (error.message) console.error(error.message);
    console.error(['Usage:', ...lines.map((usage) => `  npm run palier -- ${usage}`)].join('\n'));
    return 2;
  }
}

/** The date in Paris, or the one that a demonstration is told. */
function today(): PlainDate {
  const told = parsePlainDate((process.env.PALIER_NOW ?? '').slice(0, 10));
  return told ?? dateAt(systemClock().now());
}
