import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from '../../scripts/lib/processes.mjs';
import { Browser } from '../support/api';
import {
  DEMO_PASSWORD,
  type RunningPalier,
  startDemonstration,
  startPalier,
  startPalierInVain,
} from '../support/palier';

let dataFolder: string;
let palier: RunningPalier | null = null;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'palier-launch-'));
});
afterEach(async () => {
  await palier?.stop();
  palier = null;
  rmSync(dataFolder, { recursive: true, force: true });
});

it('a first start loads the demonstration, Ctrl-C ends it, a second one has the same', async () => {
  palier = await startPalier({ dataFolder });
  const first = palier.demonstration;
  expect(first?.accounts.length).toBeGreaterThan(0);
  expect(palier.output()).toContain(palier.dataFolder);
  expect(palier.output()).toContain(first?.password);
  expect(await palier.stop()).toBe(0);

  palier = await startPalier({ dataFolder });
  expect(palier.demonstration).toEqual(first);
});

it('after every part in turn was killed, it answers again', async () => {
  palier = await startDemonstration(dataFolder);
  for (const part of ['worker', 'api', 'postgres'] as const) {
    process.kill(palier.pids[part], 'SIGKILL');
    const name = part === 'postgres' ? 'PostgreSQL' : part;
    await expectEventually(() => palier?.output().includes(`${name} s’est arrêté (SIGKILL)`) ?? false);
    await expectEventually(() => isReady(palier?.url ?? ''));
  }
  await palier.kill();
  palier = await startPalier({ dataFolder });
  expect(await isReady(palier.url)).toBe(true);
});

it('a clock told again carries on where the data stopped some minutes later; told further back it is obeyed', async () => {
  palier = await startDemonstration(dataFolder);
  const nowAfter = async (lived: string, said: string) => {
    const owner = new pg.Client({ connectionString: palier?.databaseUrl });
    await owner.connect();
    await owner.query(`insert into event (space_id, at, kind) select id, $1, 'visit.seen' from space`, [lived]);
    await owner.end();
    await palier?.stop();
    palier = await startPalier({ dataFolder, now: '2027-01-04T09:40' });
    expect(palier.output()).toContain(said);
    const reception = new Browser(palier.url);
    await reception.signIn('accueil@palier.example', DEMO_PASSWORD);
    return (await reception.get('/api/session')).body.now as string;
  };
  const carried = await nowAfter(
    '2027-01-04 09:49 Europe/Paris',
    'jusqu’au lundi 4 janvier 2027 à 9 h 49 : l’horloge reprend là',
  );
  expect(carried).toMatch(/^2027-01-04T09:(49|5)/);
  const obeyed = await nowAfter('2027-01-04 11:00 Europe/Paris', 'à 11 h 00 : ce qui y a été fait est à venir');
  expect(obeyed).toMatch(/^2027-01-04T09:4/);
});

it('a second start on the same data, or on a port in use, says so and ends', async () => {
  palier = await startDemonstration(dataFolder);
  const again = await startPalierInVain({ PALIER_DATA: dataFolder, PORT: '0' });
  expect(again.code).toBe(1);
  expect(again.output).toMatch(/Palier tourne déjà sur le dossier/);

  const other = createServer();
  const port = await listen(other);
  const elsewhere = mkdtempSync(join(tmpdir(), 'palier-launch-'));
  const refused = await startPalierInVain({ PALIER_DATA: elsewhere, PORT: String(port) });
  rmSync(elsewhere, { recursive: true });
  other.close();
  expect(refused.code).toBe(1);
  expect(refused.output).toContain(`Le port ${port} est déjà pris`);
});

it('settings that mean nothing and a folder of something else are refused in one sentence', async () => {
  const settings = await startPalierInVain({ PALIER_DATA: dataFolder, PORT: 'here', PALIER_NOW: 'noon' });
  expect(settings.code).toBe(1);
  expect(settings.output).toMatch(/PORT doit être un nombre entier.*PALIER_NOW doit être une heure locale/);

  writeFileSync(join(dataFolder, 'holiday.jpg'), 'sea');
  const folder = await startPalierInVain({ PALIER_DATA: dataFolder, PORT: '0' });
  expect(folder.code).toBe(1);
  expect(folder.output).toMatch(/contient autre chose que des données de Palier/);
});

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function expectEventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  expect(await eventually(condition, 20_000, 100)).toBe(true);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
