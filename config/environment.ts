import { z } from 'zod';

/** What the person who runs Palier may set. Parsed once, here; everything else is told. */
export interface Environment {
  host: string;
  port: number;
  /** The address people type, without a trailing slash; used in messages and links. */
  publicUrl: string;
  /** `true` behind a proxy that sets X-Forwarded-For and X-Forwarded-Proto. */
  trustProxy: boolean;
  /** `null`: `.data` beside the project. */
  dataFolder: string | null;
  /** The role that owns the tables and migrates them; `null`: the embedded server. */
  databaseUrl: string | null;
  /** The role that serves requests and cannot bypass row-level security. */
  databaseAppUrl: string | null;
  /** `null`: jobs are queued in PostgreSQL. */
  redisUrl: string | null;
  /** What to add to the machine's clock, in milliseconds; 0 outside demonstration and test runs. */
  clockOffsetMs: number;
  /** Whether an empty database is filled with the demonstration space. */
  demo: boolean;
  /** `null`: generated, and printed. */
  demoPassword: string | null;
  /** `null`: no e-mail leaves, password links are handed over by an administrator. */
  smtpUrl: string | null;
  mailFrom: string;
  /** What founds the first space on an empty database; `null`: the api makes one up and logs it. */
  setupCode: string | null;
  /** Whether calendars may be read at addresses of this machine and of internal networks. */
  internalCalendars: boolean;
  /** How long a message waits before it leaves: what is taken back meanwhile is told to nobody. */
  tellAfterMs: number;
  logLevel: LogLevel;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One or more settings hold a value that means nothing. `sentences` are for the person, one per setting. */
export class BadSettings extends Error {
  constructor(readonly sentences: readonly { fr: string; en: string }[]) {
    super(sentences.map(({ fr }) => fr).join(' '));
  }
}

const LOCAL_DATE_TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

// Date rolls 30 February over into March: a moment that exists comes back as it was written.
const isLocalDateTime = (text: string) =>
  LOCAL_DATE_TIME.test(text) && new Date(`${text.slice(0, 16)}Z`).toISOString().startsWith(text.slice(0, 16));

const said = (fr: string, en: string) => JSON.stringify({ fr, en });
const text = z.string().trim();
const url = (name: string, ...protocols: string[]) =>
  text.refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: said(
      `${name} doit être une adresse en ${protocols.join('// ou ')}//.`,
      `${name} must be a ${protocols.join('// or ')}// address.`,
    ),
  });
const yesOrNo = (name: string) =>
  text
    .toLowerCase()
    .pipe(
      z.enum(['yes', 'no', 'oui', 'non', 'true', 'false', '1', '0'], {
        error: said(`${name} vaut « yes » ou « no ».`, `${name} is "yes" or "no".`),
      }),
    )
    .transform((value) => ['yes', 'oui', 'true', '1'].includes(value));
const wholeNumber = (name: string, least: number, most: number) =>
  text
    .refine((value) => /^-?\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most, {
      error: said(
        `${name} doit être un nombre entier de ${least} à ${most}.`,
        `${name} must be a whole number from ${least} to ${most}.`,
      ),
    })
    .transform(Number);

const FAR_MS = 1e14;

const settings = z.object({
  HOST: text
    .refine((value) => !/[\s/]/.test(value), {
      error: said('HOST doit être une adresse ou un nom de machine.', 'HOST must be an address or a host name.'),
    })
    .default('127.0.0.1'),
  PORT: wholeNumber('PORT', 0, 65535).default(3000),
  PUBLIC_URL: url('PUBLIC_URL', 'http:', 'https:').optional(),
  TRUST_PROXY: yesOrNo('TRUST_PROXY').default(false),
  PALIER_DATA: text.optional(),
  DATABASE_URL: url('DATABASE_URL', 'postgres:', 'postgresql:').optional(),
  DATABASE_APP_URL: url('DATABASE_APP_URL', 'postgres:', 'postgresql:').optional(),
  REDIS_URL: url('REDIS_URL', 'redis:', 'rediss:').optional(),
  PALIER_NOW: text
    .refine(isLocalDateTime, {
      error: said(
        'PALIER_NOW doit être une heure locale comme 2027-01-04T09:40.',
        'PALIER_NOW must be a local time such as 2027-01-04T09:40.',
      ),
    })
    .optional(),
  PALIER_CLOCK_OFFSET_MS: wholeNumber('PALIER_CLOCK_OFFSET_MS', -FAR_MS, FAR_MS).optional(),
  PALIER_DEMO: yesOrNo('PALIER_DEMO').optional(),
  PALIER_DEMO_PASSWORD: text
    .min(8, {
      error: said(
        'PALIER_DEMO_PASSWORD doit avoir au moins huit caractères.',
        'PALIER_DEMO_PASSWORD must have at least eight characters.',
      ),
    })
    .optional(),
  SMTP_URL: url('SMTP_URL', 'smtp:', 'smtps:').optional(),
  MAIL_FROM: text
    .refine((value) => /^[^@<>]*<?[^@\s<>]+@[^@\s<>]+>?$/.test(value), {
      error: said('MAIL_FROM doit être une adresse électronique.', 'MAIL_FROM must be an e-mail address.'),
    })
    .default('Palier <palier@localhost>'),
  PALIER_SETUP_CODE: text
    .min(8, {
      error: said(
        'PALIER_SETUP_CODE doit avoir au moins huit caractères.',
        'PALIER_SETUP_CODE must have at least eight characters.',
      ),
    })
    .optional(),
  PALIER_INTERNAL_CALENDARS: yesOrNo('PALIER_INTERNAL_CALENDARS').default(false),
  PALIER_TELL_AFTER: wholeNumber('PALIER_TELL_AFTER', 0, 600).default(20),
  LOG_LEVEL: text
    .toLowerCase()
    .pipe(
      z.enum(LOG_LEVELS, {
        error: said(`LOG_LEVEL est l'un de ${LOG_LEVELS.join(', ')}.`, `LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}.`),
      }),
    )
    .default('log'),
});

/**
 * Reads the settings; a variable set to nothing counts as not set.
 * `PALIER_NOW` is only checked here: the supervisor turns it into one offset for every process.
 * @throws BadSettings with a sentence per setting that means nothing
 */
export function environment(env: Record<string, string | undefined> = process.env): Environment {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) throw new BadSettings(parsed.error.issues.map((issue) => JSON.parse(issue.message)));
  const set = parsed.data;
  refuseContradictions(set);
  return {
    host: set.HOST,
    port: set.PORT,
    publicUrl: (set.PUBLIC_URL ?? addressOf(set.HOST, set.PORT)).replace(/\/+$/, ''),
    trustProxy: set.TRUST_PROXY,
    dataFolder: set.PALIER_DATA ?? null,
    databaseUrl: set.DATABASE_URL ?? null,
    databaseAppUrl: set.DATABASE_APP_URL ?? null,
    redisUrl: set.REDIS_URL ?? null,
    clockOffsetMs: set.PALIER_CLOCK_OFFSET_MS ?? 0,
    demo: set.PALIER_DEMO ?? !set.DATABASE_URL,
    demoPassword: set.PALIER_DEMO_PASSWORD ?? null,
    smtpUrl: set.SMTP_URL ?? null,
    mailFrom: set.MAIL_FROM,
    setupCode: set.PALIER_SETUP_CODE ?? null,
    internalCalendars: set.PALIER_INTERNAL_CALENDARS,
    tellAfterMs: set.PALIER_TELL_AFTER * 1000,
    logLevel: set.LOG_LEVEL,
  };
}

/** The address of a server that listens on `host`; a server that listens everywhere is reached on localhost. */
export function addressOf(host: string, port: number): string {
  const everywhere = ['0.0.0.0', '::', '[::]'].includes(host);
  const name = everywhere ? 'localhost' : host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function refuseContradictions(set: z.infer<typeof settings>): void {
  if (set.PALIER_NOW && set.PALIER_CLOCK_OFFSET_MS === undefined) {
    throw new BadSettings([
      {
        fr: 'PALIER_NOW ne vaut que par « npm start », qui le traduit pour tous les processus.',
        en: 'PALIER_NOW only works through "npm start", which translates it for every process.',
      },
    ]);
  }
}
