import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../support/api';

describe('the screens as the api serves them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'palier-screens-'));
  let api: TestApi;
  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Palier</title>');
    writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {};');
    api = await startApi({}, { screens: folder });
  });
  afterAll(async () => {
    await api?.stop();
    rmSync(folder, { recursive: true });
  });
  const get = (path: string, headers: Record<string, string> = {}) => api.browser().get(path, { headers });

  it('any address of a screen is drawn by the one page, asked for anew each time', async () => {
    for (const path of ['/', '/permanences/42', '/mot-de-passe?token=x']) {
      const { status, body, headers } = await get(path);
      expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-cache']);
      expect(body).toContain('<title>Palier</title>');
    }
  });

  it('files named after their content are kept for a year', async () => {
    const { headers } = await get('/assets/app-1a2b.js');
    expect(headers.get('cache-control')).toContain('immutable');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect((await get('/assets/app-1a2b.js', { 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('nothing outside the folder, no missing file and no unknown route is a screen', async () => {
    for (const path of [
      '/assets/gone.js',
      '/%2e%2e/package.json',
      '/../../etc/passwd.txt',
      '/api/nothing',
      '/health/x',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });
});
