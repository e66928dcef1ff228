import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parisTime } from '../support/someone-to-tell';
import { startApi, type TestApi } from '../support/api';
import { PlannedSpace } from '../support/planned-space';

const FORM = { prenom: 'Awa', nom: 'Diallo', tel: '06 39 98 12 34' };

/** A browser without script or cookies: what it gets, and what a form of it sends. */
interface Page {
  status: number;
  html: string;
  to: string | null;
}

describe('an appointment taken without an account', () => {
  let space: PlannedSpace;
  let api: TestApi;
  let base: string;
  let plain: string;
  let coded: string;
  let hidden: string;
  let visits = 0;

  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
    const partner = await space.partner('Petite enfance');
    const soon = { public_booking: true, public_notice_hours: 24, public_horizon_days: 42 };
    plain = await space.motif(partner, 'Inscription en crèche', {
      ...soon,
      public_code: false,
      synonyms: ['garde d’enfant'],
      discreet_label: 'Point d’information',
    });
    coded = await space.motif(partner, 'Entretien', { ...soon, public_code: true });
    hidden = await space.motif(partner, 'Suivi', {});
    for (const day of ['2027-01-04', '2027-01-11', '2027-01-12', '2027-03-30'])
      await space.permanence({ partnerId: partner, motifIds: [plain, coded, hidden], dates: [`${day} 14:00-17:00`] });
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
  beforeEach(() => space.owner.query('delete from failed_attempt'));

  const ask = async (
    path: string,
    form?: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Page> => {
    const answer = await fetch(`${api.url}${path}`, {
      redirect: 'manual',
      headers: { ...headers },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    return { status: answer.status, html: await answer.text(), to: answer.headers.get('location') };
  };
  const hrefs = (html: string, having: string) =>
    [...html.matchAll(/href="([^"]+)"/g)]
      .map(([, to]) => (to ?? '').replaceAll('&amp;', '&'))
      .filter((to) => to.includes(having));
  const hiddenField = (html: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';
  /** The signed form of the nth free hour of a motif. */
  const formOf = async (motif: string, nth = 0) => {
    const slots = hrefs((await ask(`${base}/${motif}`)).html, '/creneau?');
    return hiddenField((await ask(slots[nth] ?? '')).html, 'etat');
  };
  const book = async (motif: string, who: Partial<typeof FORM> = {}) => {
    visits += 1;
    return ask(`${base}/${motif}`, { ...FORM, tel: `06 39 98 20 ${10 + visits}`, ...who, etat: await formOf(motif) });
  };
  const rows = async <T>(sql: string, values: unknown[] = []) => (await space.owner.query(sql, values)).rows as T[];

  it('a need in everyday words leads to what may be booked here, and to nothing else', async () => {
    const page = await ask(`${base}?q=garde+enfant`);
    expect(page.html).toContain('Inscription en crèche');
    expect(page.html).not.toContain('Suivi');
    expect((await ask(`${base}/${hidden}`)).status).toBe(404);
    expect((await ask(`${base}/n-importe-quoi`)).status).toBe(404);
  });

  it('hours are offered with the notice and the horizon of the motif: not today, nor in March', async () => {
    const days = (await ask(`${base}/${plain}`)).html;
    expect(days).toContain('lundi 11 janvier');
    expect(days).not.toContain('30 mars');
    expect(hrefs(days, '/creneau?').every((to) => !to.includes('2027-01-04'))).toBe(true);
  });

  it('what is wrong is said at its field, and everything typed is kept', async () => {
    const etat = await formOf(plain);
    const page = await ask(`${base}/${plain}`, { prenom: 'Awa', nom: '2 69 05 49 588 157 80', tel: '12', etat });
    expect(page.status).toBe(422);
    expect(page.html).toContain('id="nom-erreur">On dirait un numéro de sécurité sociale');
    expect(page.html).toContain('id="tel-erreur"');
    expect(page.html).toContain('value="Awa"');
    expect(page.html).not.toContain('id="prenom-erreur"');
    expect(await rows('select 1 from appointment')).toEqual([]);
  });

  it('a form sent twice books once, and its link shows nothing of the person', async () => {
    const etat = await formOf(plain);
    const twice = await Promise.all([1, 2].map(() => ask(`${base}/${plain}`, { ...FORM, etat })));
    expect(twice.map(({ status }) => status)).toEqual([303, 303]);
    const booked = await rows<{ told_by: string; last_name: string; booked_by: string | null }>(
      'select u.told_by, u.last_name, a.booked_by from appointment a join usager u on u.id = a.usager_id',
    );
    expect(booked).toEqual([{ told_by: 'sms', last_name: 'Diallo', booked_by: null }]);
    const own = await ask(twice[0]?.to ?? '');
    expect(own.html).toContain('lundi 11 janvier à 14');
    expect(own.html).toContain('Point d’information');
    for (const told of ['Diallo', 'Awa', '39 98', 'crèche', 'Bureau']) expect(own.html).not.toContain(told);
  });

  it('who is known by this name and number is not written twice, and is told nothing of it', async () => {
    const before = (await rows('select 1 from usager')).length;
    expect((await book(plain, { prenom: 'awa', nom: 'DIALLO', tel: FORM.tel })).status).toBe(303);
    expect(await rows('select 1 from usager')).toHaveLength(before);
    await book(plain, { prenom: 'Binta', nom: 'Diallo', tel: '06 39 98 12 35' });
    expect(await rows('select 1 from usager')).toHaveLength(before + 1);
  });

  it('one phone holds two coming appointments of a motif at most', async () => {
    const third = await book(plain, { tel: FORM.tel });
    expect([third.status, third.html.includes('ne peut pas être pris en ligne')]).toEqual([409, true]);
  });

  it('a form that was changed, or that is none of ours, books nothing', async () => {
    const etat = await formOf(plain);
    const before = (await rows('select 1 from appointment')).length;
    const [said = ''] = etat.split('.');
    for (const forged of ['', said, `${said}.AAAA`, `${etat}x`]) {
      expect((await ask(`${base}/${plain}`, { ...FORM, tel: '06 39 98 77 77', etat: forged })).status).toBe(409);
    }
    // One of another motif neither, nor one sent from another site's page.
    expect((await ask(`${base}/${coded}`, { ...FORM, etat })).status).toBe(409);
    const foreign = await ask(`${base}/${plain}`, { ...FORM, etat }, { origin: 'https://ailleurs.example' });
    expect(foreign.status).toBe(403);
    expect(await rows('select 1 from appointment')).toHaveLength(before);
  });

  it('with a code, the hour is held until it comes back; five wrong ones, and the right one is too late', async () => {
    const asked = await book(coded, { tel: '06 39 98 44 44' });
    expect(asked.to).toMatch(/\/rendez-vous\/code\//);
    const waiting = asked.to ?? '';
    const code = /code : (\d{6})/.exec((await ask(waiting)).html)?.[1] ?? '';
    expect(code).toMatch(/^\d{6}$/);
    expect(await rows('select 1 from slot_hold')).toHaveLength(1);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const tries = await Promise.all(Array.from({ length: 8 }, () => ask(waiting, { code: wrong })));
    expect(tries.filter(({ status }) => status === 422)).toHaveLength(5);
    expect((await ask(waiting, { code })).status).toBe(409);
    await ask(`${waiting}/encore`, {});
    const other = /code : (\d{6})/.exec((await ask(waiting)).html)?.[1] ?? '';
    const booked = await ask(waiting, { code: `${other.slice(0, 3)} ${other.slice(3)}` });
    expect(booked.to).toMatch(/^\/r\/\w{10}\?fait=pris$/);
    expect(await rows('select 1 from slot_hold')).toEqual([]);
    expect(await rows('select phone, last_name from online_request where code_hash is not null')).toEqual([]);
  });

  it('a landline receives no code, and is told so at its field', async () => {
    const page = await book(coded, { tel: '01 99 00 12 34' });
    expect([page.status, page.html.includes('ne reçoit pas de SMS')]).toEqual([422, true]);
  });

  it('of forty forms sent at once from one phone no more than six are looked at', async () => {
    const forms = await Promise.all(Array.from({ length: 3 }, () => formOf(coded)));
    const answers = await Promise.all(
      Array.from({ length: 36 }, (_, n) =>
        ask(`${base}/${coded}`, { ...FORM, tel: '06 39 98 55 55', etat: forms[n % 3] ?? '' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
  });

  it('a link that never was and one that is over answer alike, and guessing ends', async () => {
    const link = (await book(plain)).to?.split('?')[0] ?? '';
    expect((await ask(link)).status).toBe(200);
    await space.owner.query(
      `update short_link set expires_at = created_at - interval '1 hour', created_at = created_at - interval '1 day'`,
    );
    const over = await ask(link);
    const never = await ask('/r/7Ykk3m9QaB');
    expect(over).toEqual(never);
    expect(over.status).toBe(404);
    const guesses = await Promise.all(Array.from({ length: 40 }, (_, n) => ask(`/r/${String(n).padStart(10, '1')}`)));
    expect(guesses.filter(({ status }) => status === 404).length).toBe(28);
    expect(guesses.filter(({ status }) => status === 429).length).toBe(12);
  });

  it('by her link she confirms, moves and cancels; reading ahead changes nothing', async () => {
    const link = (await book(plain)).to?.split('?')[0] ?? '';
    const state = async () =>
      (
        await rows<{ state: string; at: string }>(
          `select state, to_char(starts_at at time zone 'Europe/Paris', 'MM-DD HH24:MI') as at from appointment order by booked_at desc, id limit 1`,
        )
      )[0];
    const first = await state();
    for (const page of ['', '/annuler', '/deplacer']) expect((await ask(`${link}${page}`)).status).toBe(200);
    expect(await state()).toEqual(first);
    expect((await ask(`${link}/confirmer`, {})).to).toBe(`${link}?fait=confirme`);
    expect((await state())?.state).toBe('confirmed');
    const times = (await ask(`${link}/deplacer`)).html;
    const [, vers = ''] = [...times.matchAll(/name="vers" value="([^"]+)"/g)].at(-1) ?? [];
    expect((await ask(`${link}/deplacer`, { vers, version: hiddenField(times, 'version') })).to).toBe(
      `${link}?fait=deplace`,
    );
    expect((await state())?.at).not.toBe(first?.at);
    const sure = (await ask(`${link}/annuler`)).html;
    expect(sure).toMatch(/C’est dans \d jours/);
    expect((await ask(`${link}/annuler`, { version: hiddenField(sure, 'version') })).to).toBe(`${link}?fait=annule`);
    expect((await state())?.state).toBe('cancelledByUsager');
    // Twice: it is said how it stands, and nothing breaks.
    expect((await ask(`${link}/annuler`, { version: '1' })).to).toBe(`${link}?fait=change`);
  });

  it('is said to be taken, moved and cancelled online; what the desk does to it bears its author', async () => {
    const link = (await book(plain)).to?.split('?')[0] ?? '';
    const [{ id } = { id: '' }] = await rows<{ id: string }>(
      'select id from appointment order by booked_at desc, id limit 1',
    );
    const desk = space.viewer('desk');
    await rows(`insert into account (id, space_id, email, name, role) values ($1, $2, $3, 'Léa Accueil', 'desk')`, [
      desk.accountId,
      space.spaceId,
      `${desk.accountId}@palier.test`,
    ]);
    const read = async () => {
      const { bookedOnline, bookedBy, changed } = (await space.appointments.one(desk, id)) ?? {};
      return { bookedOnline, bookedBy, changed };
    };
    const taken = { bookedOnline: true, bookedBy: null };
    expect(await read()).toEqual({ ...taken, changed: null });
    const times = (await ask(`${link}/deplacer`)).html;
    const [, vers = ''] = [...times.matchAll(/name="vers" value="([^"]+)"/g)].at(-1) ?? [];
    await ask(`${link}/deplacer`, { vers, version: hiddenField(times, 'version') });
    expect(await read()).toEqual({ ...taken, changed: { act: 'moved', by: null, online: true } });
    const cancel = { by: 'usager' as const, version: 2 };
    expect(await space.following.cancel(desk, id, cancel)).toMatchObject({ ok: true });
    expect(await read()).toEqual({ ...taken, changed: { act: 'cancelled', by: 'Léa Accueil', online: false } });
    expect(await space.undoing.undo(desk, id)).toMatchObject({ ok: true });
    expect(await read()).toEqual({ ...taken, changed: null });
    const sure = (await ask(`${link}/annuler`)).html;
    await ask(`${link}/annuler`, { version: hiddenField(sure, 'version') });
    expect(await read()).toEqual({ ...taken, changed: { act: 'cancelled', by: null, online: true } });
    const usagerId = await space.usager('Anna', 'Roux');
    const free = await space.slots.forMotif(desk, { motif: hidden, days: 60, perDay: 9, limit: 1 });
    const [slot] = free.ok ? free.value.slots : [];
    if (!slot) throw new Error('nothing is free');
    const { occurrenceId, start, agentId, motifId } = slot;
    const booked = await space.booking.book(desk, { occurrenceId, start, agentId, motifId, usagerId }, null);
    expect(booked.ok && (await space.appointments.one(desk, booked.value.id))).toMatchObject({
      bookedOnline: false,
      bookedBy: 'Léa Accueil',
      changed: null,
    });
  });

  it('behind the one link of a series are all its dates still ahead; each is opened, confirmed, moved or cancelled', async () => {
    const link = (await book(plain)).to ?? '';
    const [first] = await rows<{ id: string }>(
      'select subject_id as id from short_link order by created_at desc limit 1',
    );
    const [{ usager = '', at = '' } = {}] = await rows<{ usager: string; at: string }>(
      'select usager_id as usager, site_id as at from appointment where id = $1',
      [first?.id],
    );
    const desk = space.viewer('desk');
    const free = async (day: string, nth = -1) => {
      const asked = { motif: plain, from: `${day}T00:00`, days: 1, perDay: 50, limit: 50 };
      const found = await space.slots.forMotif(desk, { ...asked, from: asked.from as never });
      return (found.ok ? found.value.slots : []).at(nth) as NonNullable<
        (typeof found & { ok: true })['value']['slots'][0]
      >;
    };
    const dates = await Promise.all(['2027-01-12', '2027-03-30'].map((day) => free(day)));
    const wanted = dates.map(({ occurrenceId, start, agentId }) => ({ occurrenceId, start, agentId }));
    const body = { motifId: plain, usagerId: usager, appointmentId: first?.id, dates: wanted };
    expect(await space.bookSeries.book(desk, body, null)).toMatchObject({ ok: true });
    await space.sql(`update site set name = 'Pôle du Béarn' where id = $1`, [at]);

    const page = (await ask(link)).html;
    expect(page).toContain('Vos 2 autres rendez-vous');
    expect(page).toContain('en changer ou l’annuler');
    const others = hrefs(page, `${link.split('?')[0]}/`).filter((to) => /[0-9a-f-]{36}$/.test(to));
    expect(others).toHaveLength(2);
    expect(page).toMatch(/mardi 12 janvier à 16\sh\s30<\/a><p class="where">Pôle du Béarn/);
    const [second = '', third = ''] = others;
    expect((await ask(second)).html).toContain('Vos 2 autres rendez-vous');
    expect((await ask(`${second}/confirmer`, {})).to).toBe(`${second}?fait=confirme`);
    expect((await ask(link)).html).toContain('vous venez');
    const cancelling = (await ask(`${third}/annuler`)).html;
    expect(cancelling).toContain('30 mars');
    const version = hiddenField(cancelling, 'version');
    expect((await ask(`${third}/annuler`, { version })).to).toBe(`${third}?fait=annule`);
    expect((await ask(link)).html).toContain('Votre autre rendez-vous');
    const moving = hiddenField((await ask(`${second}/deplacer`)).html, 'version');
    const other = await free('2027-01-12', 0);
    expect(
      (await ask(`${second}/deplacer`, { version: moving, vers: `${other.occurrenceId} ${other.start}` })).to,
    ).toBe(`${second}?fait=deplace`);
    const one = async (path: string) =>
      (
        await rows(
          `select state, to_char(starts_at at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI') as start from appointment where id = $1`,
          [path.slice(-36)],
        )
      )[0];
    expect(await one(second)).toEqual({ state: 'planned', start: other.start });
    expect(await one(third)).toEqual({ state: 'cancelledByUsager', start: '2027-03-30T16:30' });
    // Somebody else's appointment is not opened by it, whatever is guessed.
    const stranger = (await book(plain)).to ?? '';
    const [theirs] = await rows<{ id: string }>(
      'select subject_id as id from short_link order by created_at desc limit 1',
    );
    expect(stranger).not.toBe(link);
    for (const id of [theirs?.id ?? '', 'nothing', '00000000-0000-4000-8000-000000000000'])
      expect((await ask(`${link.split('?')[0]}/${id}`)).status).toBe(404);
    // Once its own date is over, it opens the next one.
    await space.owner.query(
      `update appointment set starts_at = '2027-01-01 09:00+01', ends_at = '2027-01-01 09:15+01' where id = $1`,
      [first?.id],
    );
    const next = (await ask(link)).html;
    expect(next).toContain('mardi 12 janvier');
    expect(next).toContain(`action="${second}/confirmer"`);
  });
});
