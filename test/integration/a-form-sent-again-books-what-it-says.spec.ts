import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../support/api';
import { PlannedSpace } from '../support/planned-space';
import { parisTime } from '../support/someone-to-tell';

const AWA = { prenom: 'Awa', nom: 'Diallo', tel: '06 39 98 12 34' };
const BINTA = { prenom: 'Binta', nom: 'Sow', tel: '06 39 98 12 35' };

/** A browser without script; with cookies unless it refuses them. */
class Visitor {
  cookie = '';
  given = '';

  constructor(
    private readonly url: string,
    private readonly keepsCookies = true,
  ) {}

  async ask(path: string, form?: Record<string, string>): Promise<{ status: number; html: string; to: string }> {
    const answer = await fetch(`${this.url}${path}`, {
      redirect: 'manual',
      headers: this.cookie ? { cookie: this.cookie } : {},
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    const [given] = answer.headers.getSetCookie();
    if (given) this.given = given;
    if (given && this.keepsCookies) this.cookie = given.split(';')[0] ?? '';
    return { status: answer.status, html: await answer.text(), to: answer.headers.get('location') ?? '' };
  }
}

describe('a form of the public page sent again', () => {
  let space: PlannedSpace;
  let api: TestApi;
  let base: string;
  let plain: string;
  let coded: string;
  let group: string;

  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
    const partner = await space.partner('Petite enfance');
    const online = { public_booking: true, public_notice_hours: 24, public_horizon_days: 42, public_code: false };
    plain = await space.motif(partner, 'Inscription en crèche', online);
    coded = await space.motif(partner, 'Entretien', { ...online, public_code: true });
    group = await space.motif(partner, 'Réunion d’information', online);
    const one = { partnerId: partner, dates: ['2027-01-11 09:00-17:00'] };
    await space.permanence({ ...one, motifIds: [plain] });
    await space.permanence({ ...one, motifIds: [coded] });
    await space.permanence({
      ...one,
      motifIds: [group],
      mode: 'group',
      seats: 8,
      dates: ['2027-01-12 09:00-11:00', '2027-01-13 09:00-11:00'],
    });
    const offset = String(parisTime('2027-01-04 09:40') - Date.now());
    api = await startApi(
      { PALIER_CLOCK_OFFSET_MS: offset, PUBLIC_URL: 'https://palier.test', PALIER_TRUST_PROXY: '1' },
      { database: space.database },
    );
    base = `/public/s-${space.spaceId}/rendez-vous`;
  });
  afterAll(async () => {
    await api?.stop();
    await space?.close();
  });
  beforeEach(async () => {
    for (const table of ['failed_attempt', 'online_request', 'short_link', 'claim', 'slot_hold', 'appointment'])
      await space.owner.query(`delete from ${table}`);
  });

  const visitor = (keepsCookies = true) => new Visitor(api.url, keepsCookies);
  const firstHour = async (motif: string) =>
    /href="([^"]+creneau[^"]+)"/.exec((await visitor().ask(`${base}/${motif}`)).html)?.[1]?.replaceAll('&amp;', '&') ??
    '';
  const formAt = async (who: Visitor, hour: string) =>
    /name="etat" value="([^"]+)"/.exec((await who.ask(hour)).html)?.[1] ?? '';
  const send = (who: Visitor, motif: string, etat: string, person: typeof AWA) =>
    who.ask(`${base}/${motif}`, { ...person, etat });
  const taken = async () =>
    (
      await space.owner.query<{ name: string; phone: string; state: string }>(
        `select u.first_name as name, u.phone, a.state from appointment a join usager u on u.id = a.usager_id
         order by a.booked_at, u.first_name`,
      )
    ).rows;
  const codeIn = (html: string) => /code : (\d{6})/.exec(html)?.[1] ?? '';

  it('after Back, and from another tab, the same person in the same browser takes one seat', async () => {
    const who = visitor();
    const hour = await firstHour(group);
    const [tab, otherTab] = [await formAt(who, hour), await formAt(who, hour)];
    expect((await send(who, group, tab, AWA)).to).toContain('?fait=pris');
    expect((await send(who, group, otherTab, { ...AWA, prenom: 'AWA ' })).to).toContain('?fait=pris');
    const again = await send(who, group, await formAt(who, hour), AWA);
    expect((await who.ask(again.to)).html).toContain('le rendez-vous est pris');
    expect(await taken()).toHaveLength(1);
  });

  it('two forms of one browser sent at the same instant take one seat', async () => {
    const who = visitor();
    const hour = await firstHour(group);
    const forms = [await formAt(who, hour), await formAt(who, hour)];
    const answers = await Promise.all(forms.map((etat) => send(who, group, etat, AWA)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await taken()).toHaveLength(1);
  });

  it('the cookie is no script’s, of these pages alone, for an hour; refused, one form still books once', async () => {
    const who = visitor(false);
    const etat = await formAt(who, await firstHour(group));
    expect(who.given).toMatch(/^palier_formulaire=/);
    for (const told of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=3600', `Path=${base}`])
      expect(who.given.split('; ')).toContain(told);
    await send(who, group, etat, AWA);
    expect((await send(who, group, etat, AWA)).status).toBe(303);
    expect(await taken()).toHaveLength(1);
  });

  it('from another browser her name and number lead to an answer like anybody’s, never to her appointment', async () => {
    const hour = await firstHour(group);
    const [hers, his] = [visitor(), visitor()];
    const mine = await send(hers, group, await formAt(hers, hour), AWA);
    const other = await send(his, group, await formAt(his, hour), AWA);
    expect([mine.status, other.status]).toEqual([303, 303]);
    expect(await taken()).toHaveLength(2);
    const cancel = other.to.replace(/\?.*/, '/annuler');
    await his.ask(cancel, { version: '1' });
    expect((await hers.ask(mine.to)).html).not.toContain('Ce rendez-vous est annulé');
  });

  it('somebody else in the same form has an appointment of her own, and not the first one’s address', async () => {
    const who = visitor();
    const etat = await formAt(who, await firstHour(group));
    const first = await send(who, group, etat, AWA);
    await send(who, group, etat, BINTA);
    expect((await taken()).map(({ name }) => name)).toEqual(['Awa', 'Binta']);
    await who.ask(first.to.replace(/\?.*/, '/annuler'), { version: '1' });
    expect(await taken()).toMatchObject([
      { name: 'Awa', state: 'cancelledByUsager' },
      { name: 'Binta', state: 'planned' },
    ]);
  });

  it('a number corrected before the code came has the same hour, and the code goes to it', async () => {
    const who = visitor();
    const hour = await firstHour(coded);
    const etat = await formAt(who, hour);
    const wrong = await send(who, coded, etat, AWA);
    const right = await send(who, coded, etat, { ...AWA, tel: BINTA.tel });
    expect([wrong.status, right.status]).toEqual([303, 303]);
    expect(right.to).not.toBe(wrong.to);
    expect((await who.ask(wrong.to)).status).toBe(409);
    expect((await who.ask(right.to, { code: codeIn((await who.ask(right.to)).html) })).to).toContain('?fait=pris');
    expect(await taken()).toEqual([{ name: 'Awa', phone: '+33639981235', state: 'planned' }]);
  });

  it('a number corrected once it is booked is told how to put it right; another browser only that the hour is gone', async () => {
    const [hers, his] = [visitor(), visitor()];
    const hour = await firstHour(plain);
    const [mine, other] = [await formAt(hers, hour), await formAt(his, hour)];
    expect((await send(hers, plain, mine, AWA)).status).toBe(303);
    const corrected = await send(hers, plain, mine, { ...AWA, tel: BINTA.tel });
    expect([corrected.status, corrected.html.includes('vient d’être prise dans ce navigateur')]).toEqual([409, true]);
    for (const person of [AWA, BINTA]) {
      const gone = await send(his, plain, other, person);
      expect([gone.status, gone.html.includes('dans ce navigateur')]).toEqual([409, false]);
    }
    expect(await taken()).toHaveLength(1);
  });

  it('Back to an hour she has herself is her form again, kept or booked; anybody else is told that it is gone', async () => {
    const [hers, his] = [visitor(), visitor()];
    for (const motif of [coded, plain]) {
      const hour = await firstHour(motif);
      await his.ask(hour);
      const once = await send(hers, motif, await formAt(hers, hour), AWA);
      const back = await formAt(hers, hour);
      expect((await send(hers, motif, back, AWA)).to.slice(0, 3)).toBe(once.to.slice(0, 3));
      for (const other of [his, visitor()]) expect((await other.ask(hour)).status).toBe(409);
      for (const wrong of ['n-importe-quoi', '2027-01-11T25:00'])
        expect((await hers.ask(hour.replace(/debut=[^&]+/, `debut=${wrong}`))).status).toBe(409);
      expect((await hers.ask(hour.replace(/date=[^&]+/, 'date=aucune'))).status).toBe(409);
    }
    expect(await taken()).toHaveLength(1);
  });

  it('from another browser nobody is given the hour that is kept for her', async () => {
    const [hers, his] = [visitor(), visitor()];
    const hour = await firstHour(coded);
    const [mine, other] = [await formAt(hers, hour), await formAt(his, hour)];
    const kept = await send(hers, coded, mine, AWA);
    for (const person of [AWA, BINTA]) expect((await send(his, coded, other, person)).status).toBe(409);
    expect((await hers.ask(kept.to, { code: codeIn((await hers.ask(kept.to)).html) })).to).toContain('?fait=pris');
  });

  it('the same asked again while the code is awaited leads to that code, and sends no other', async () => {
    const who = visitor();
    const etat = await formAt(who, await firstHour(coded));
    const [once, twice] = [await send(who, coded, etat, AWA), await send(who, coded, etat, AWA)];
    expect(twice.to).toBe(once.to);
    expect(once.to).not.toContain(JSON.parse(Buffer.from(etat.split('.')[0] ?? '', 'base64url').toString()).key);
    const sent = await space.owner.query('select 1 from online_request');
    expect(sent.rows).toHaveLength(1);
  });

  it('after that appointment was cancelled, it is booked anew; the old address says what is so', async () => {
    const who = visitor();
    const etat = await formAt(who, await firstHour(plain));
    const first = await send(who, plain, etat, AWA);
    const path = first.to.replace(/\?.*/, '');
    await who.ask(`${path}/annuler`, { version: '1' });
    const old = await who.ask(first.to);
    expect(old.html).toContain('Ce rendez-vous est annulé');
    for (const untrue of ['pris', 'confirme', 'deplace'])
      expect((await who.ask(`${path}?fait=${untrue}`)).html).not.toContain('C’est noté');
    expect((await who.ask(`${path}?fait=annule`)).html).toContain('C’est noté : le rendez-vous est annulé');
    const anew = await send(who, plain, etat, AWA);
    expect((await who.ask(anew.to)).html).toContain('le rendez-vous est pris');
    expect((await who.ask(`${anew.to.replace(/\?.*/, '')}?fait=deplace`)).html).not.toContain('C’est noté');
    expect((await taken()).map(({ state }) => state).sort()).toEqual(['cancelledByUsager', 'planned']);
  });

  it('moving offers every hour but the one it has, which moves nothing when asked for', async () => {
    const who = visitor();
    const hour = await firstHour(group);
    const link = (await send(who, group, await formAt(who, hour), AWA)).to.replace(/\?.*/, '');
    const asked = new URLSearchParams(hour.split('?')[1]);
    const current = `${asked.get('date')} ${asked.get('debut')}`;
    const offered = [...(await who.ask(`${link}/deplacer`)).html.matchAll(/name="vers" value="([^"]+)"/g)].map(
      ([, vers]) => vers ?? '',
    );
    expect(offered.length).toBeGreaterThan(0);
    expect(offered).not.toContain(current);
    expect((await who.ask(`${link}/deplacer`, { vers: current, version: '1' })).status).toBe(409);
    const [vers = ''] = offered;
    for (const _ of ['once', 'twice'])
      expect((await who.ask(`${link}/deplacer`, { vers, version: '1' })).to).toBe(`${link}?fait=deplace`);
    expect((await who.ask(`${link}?fait=deplace`)).html).toContain('le rendez-vous est déplacé');
    const back = [...(await who.ask(`${link}/deplacer`)).html.matchAll(/name="vers" value="([^"]+)"/g)].map(
      ([, one]) => one,
    );
    expect(back).toContain(current);
    expect(back).not.toContain(vers);
  });
});
