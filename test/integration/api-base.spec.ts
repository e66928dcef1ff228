import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../support/api';

interface Operation {
  parameters: { name?: string }[];
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}

describe('what every answer of the api keeps to', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api?.stop());

  it('an unknown address under /api is a problem document, in the language asked for', async () => {
    const french = await api.browser().get('/api/nothing');
    expect(french.status).toBe(404);
    expect(french.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(french.body).toEqual({ type: 'about:blank', title: 'Introuvable.', status: 404 });
    const english = await api.browser().get('/api/nothing', { headers: { 'accept-language': 'en-GB,fr;q=0.5' } });
    expect(english.body.title).toBe('Not found.');
  });

  it('the api describes itself to programs, and to people on a page that loads nothing foreign', async () => {
    const description = await api.browser().get('/api/openapi.json');
    expect(description.body.openapi).toMatch(/^3\./);
    const page = await api.browser().get('/api/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    for (const [, source] of String(page.body).matchAll(/<script src="([^"]+)"/g)) {
      const script = await api.browser().get(new URL(source ?? '', 'http://x/api/docs').pathname);
      expect([source, script.status]).toEqual([source, 200]);
    }
  });

  it('the description names what each route is asked with, who may ask, and that refusals are problems', async () => {
    const { paths } = (await api.browser().get('/api/openapi.json')).body;
    const board = paths['/api/board'].get;
    expect(board.parameters.map(({ name, required }: { name: string; required: boolean }) => [name, required])).toEqual(
      [
        ['site', true],
        ['date', true],
      ],
    );
    expect(paths['/api/slots'].get.parameters.map(({ name }: { name: string }) => name)).toContain('motif');
    expect(Object.keys(board.responses.default.content)).toEqual(['application/problem+json']);
    expect([board.security, paths['/api/session'].post.security]).toEqual([undefined, []]);
    for (const path of Object.values<Record<string, Operation>>(paths)) {
      for (const operation of Object.values<Operation>(path)) {
        for (const parameter of operation.parameters) expect(parameter.name).toEqual(expect.any(String));
        if (!operation.requestBody) continue;
        const { 'application/json': json, ...files } = operation.requestBody.content;
        expect(json?.schema.$ref ?? Object.keys(files)[0]).toBeDefined();
      }
    }
  });

  it('pages may run no script but ours, and no page may frame them', async () => {
    const { headers } = await api.browser().get('/api/nothing');
    expect(headers.get('content-security-policy')).toContain("default-src 'none';script-src 'self';style-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
