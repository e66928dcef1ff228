import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT } from './project.mjs';
import { Refusal } from './refusal.mjs';

// The demonstration space and every space of this version live on French time.
const ZONE = 'Europe/Paris';

/**
 * Reads the settings with the application's own parser and turns PALIER_NOW into one offset for every process:
 * `{ settings, env }`, `env` being what the children are given. Needs the dependencies and the build.
 * @throws Refusal when a setting means nothing
 */
export async function readSettings(given) {
  const env = { ...given };
  delete env.PALIER_CLOCK_OFFSET_MS;
  const offset = await clockOffset(env.PALIER_NOW?.trim());
  if (offset !== null) env.PALIER_CLOCK_OFFSET_MS = String(offset);
  const { environment, BadSettings } = await import(
    pathToFileURL(path.join(PROJECT, 'dist/config/environment.js')).href
  );
  try {
    const settings = environment(env);
    refuseHalfADatabase(settings);
    return { settings, env };
  } catch (error) {
    if (!(error instanceof BadSettings)) throw error;
    throw new Refusal(error.sentences.map(({ fr }) => fr).join(' '), error.sentences.map(({ en }) => en).join(' '));
  }
}

/** What to add to the machine's clock for it to show `now` in Paris; `null` without a readable `now`. */
async function clockOffset(now) {
  if (!now) return null;
  const { DateTime } = await import('luxon');
  const wanted = DateTime.fromISO(now, { zone: ZONE });
  return wanted.isValid ? wanted.toMillis() - Date.now() : null;
}

/** A run taken up again: loading the demonstration, or a short try, had lived this much longer than the clock is told again. */
const SAME_RUN_MS = 10 * 60_000;

/**
 * A told clock against what these data have lived. Told again a few minutes behind it, the clock carries on where they stopped
 * (the offset in `env` changes): else what was just done would be still to come, and hide what is done next. Told further back,
 * it is meant.
 * @returns what to say of it, or `null` when nothing lies ahead of the clock
 */
export async function carryOn(env, lived) {
  if (env.PALIER_CLOCK_OFFSET_MS === undefined || typeof lived !== 'number') return null;
  const offset = Math.ceil(lived) + 1 - Date.now();
  const behind = offset - Number(env.PALIER_CLOCK_OFFSET_MS);
  if (behind <= 0) return null;
  const { DateTime } = await import('luxon');
  const until = DateTime.fromMillis(lived, { zone: ZONE }).setLocale('fr').toFormat("cccc d LLLL yyyy 'à' H 'h' mm");
  if (behind > SAME_RUN_MS) {
    return `Ces données vont jusqu’au ${until} : ce qui y a été fait est à venir pour l’horloge. (these data have lived longer)`;
  }
  env.PALIER_CLOCK_OFFSET_MS = String(offset);
  return `Ces données vont jusqu’au ${until} : l’horloge reprend là. (the clock carries on where these data stopped)`;
}

function refuseHalfADatabase({ databaseUrl, databaseAppUrl }) {
  if (Boolean(databaseUrl) === Boolean(databaseAppUrl)) return;
  const [set, missing] = databaseUrl ? ['DATABASE_URL', 'DATABASE_APP_URL'] : ['DATABASE_APP_URL', 'DATABASE_URL'];
  throw new Refusal(
    `${set} est donné sans ${missing} : l’un migre la base, l’autre la sert sous un rôle qui ne contourne pas ses règles.`,
    `${set} is set without ${missing}: one migrates the database, the other serves it under a role that cannot bypass its rules.`,
  );
}
