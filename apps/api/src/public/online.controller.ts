import { PUBLIC_URL } from '@app/accounts';
import { Id } from '@app/contract';
import { CLOCK, Database } from '@app/persistence';
import {
  FORM_MS,
  OnlineBooking,
  type OnlineMotif,
  type PublicSpace,
  readPerson,
  type TypedPerson,
} from '@app/self-service';
import { type Clock, dateAt, type Language } from '@app/time';
import {
  Body,
  Controller,
  Get,
  Header,
  Inject,
  Ip,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Anyone, cookieOptions, FORM_COOKIE, type PalierRequest } from '../http';
import { dayOf, languageOf, type Said, text } from './asked';
import { type Html, html } from './html';
import { codePage, formPage, link, motifsPage, orDesk, type Place, slotsPage } from './online-pages';
import { ONLINE } from './online-words';
import { publicSpaces } from './public.query';
import { show } from './page-reply';
import { siteNames } from './site-names.query';

interface Here {
  space: PublicSpace;
  place: Place;
  language: Language;
}

const LONGEST = 200;

/** From a need to an appointment, by anyone: no account, no script; a cookie spares doing it twice, and may be refused. */
@Anyone()
@ApiExcludeController()
@Controller({ path: 'public/:slug/rendez-vous' })
export class OnlineController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OnlineBooking) private readonly online: OnlineBooking,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async motifs(@Param('slug') slug: string, @Query() asked: Said, @Res() reply: FastifyReply): Promise<void> {
    const { space, place } = await this.here(slug, asked);
    const words = text(asked.q).slice(0, 100).trim();
    show(reply, motifsPage(place, { words, motifs: await this.online.motifs(space, words) }));
  }

  @Get(':motif')
  @Header('cache-control', 'no-store')
  async slots(
    @Param('slug') slug: string,
    @Param('motif') motifId: string,
    @Query() asked: Said,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.here(slug, asked);
    await this.showSlots(reply, here, await this.motif(here, motifId), { asked });
  }

  /** Name and number, for the hour that was chosen. */
  @Get(':motif/creneau')
  @Header('cache-control', 'no-store')
  async who(
    @Param('slug') slug: string,
    @Param('motif') motifId: string,
    @Query() asked: Said,
    @Req() request: PalierRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.here(slug, asked);
    const motif = await this.motif(here, motifId);
    const kept = text(request.cookies[FORM_COOKIE]);
    const wanted = { motifId, occurrenceId: text(asked.date), start: text(asked.debut) };
    const form = await this.online.form(here.space, wanted, kept);
    if (!form) return this.showSlots(reply, here, motif, { asked: {}, notice: 'gone', status: 409 });
    if (form.browser !== kept) {
      const options = { ...cookieOptions(this.publicUrl, FORM_MS / 1000), path: here.place.path };
      reply.setCookie(FORM_COOKIE, form.browser, options);
    }
    const sites = await siteNames(this.database, here.space.id);
    const { start } = wanted;
    const site = sites.get(form.siteId)?.name ?? null;
    const typed = { firstName: '', lastName: '', phone: '' };
    show(reply, formPage(here.place, { motif, start, site, sealed: form.sealed, typed, errors: {}, notice: null }));
  }

  /** Books, or holds the hour and sends a code. Everything typed is kept when something is wrong. */
  @Post(':motif')
  @Header('cache-control', 'no-store')
  async ask(
    @Param('slug') slug: string,
    @Param('motif') motifId: string,
    @Body() said: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.here(slug, said);
    const motif = await this.motif(here, motifId);
    const form = await this.online.read(text(said?.etat));
    if (form?.motifId !== motifId) {
      return this.showSlots(reply, here, motif, { asked: {}, notice: 'formOld', status: 409 });
    }
    const typed: TypedPerson = {
      firstName: text(said.prenom).slice(0, LONGEST),
      lastName: text(said.nom).slice(0, LONGEST),
      phone: text(said.tel).slice(0, LONGEST),
    };
    const shown = { motif, start: form.start, site: null, sealed: text(said.etat), typed };
    const read = readPerson(typed, motif.byCode);
    if ('errors' in read) {
      return show(reply, formPage(here.place, { ...shown, errors: read.errors, notice: null }), 422);
    }
    const { space, language, place } = here;
    const asked = await this.online.ask({ space, language, address }, form, read.person);
    if (asked.ok) {
      const to = asked.value.is === 'code' ? `${place.path}/code/${asked.value.key}` : `/r/${asked.value.link}`;
      return void reply.redirect(link(to, language, asked.value.is === 'code' ? {} : { fait: 'pris' }), 303);
    }
    if (asked.why === 'slot-gone' || asked.why === 'taken-here') {
      const notice = asked.why === 'taken-here' ? 'takenHere' : 'gone';
      return this.showSlots(reply, here, motif, { asked: {}, notice, status: 409 });
    }
    const words = ONLINE[language];
    const why = {
      'by-phone-only': words.byPhoneOnly,
      'too-many-tries': words.tooMany,
      'sms-failed': words.smsFailed,
    }[asked.why];
    const notice = alert(orDesk(motif.phone, language, why));
    show(reply, formPage(place, { ...shown, errors: {}, notice }), asked.why === 'too-many-tries' ? 429 : 409);
  }

  @Get('code/:key')
  @Header('cache-control', 'no-store')
  async awaitCode(
    @Param('slug') slug: string,
    @Param('key') key: string,
    @Query() asked: Said,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.here(slug, asked);
    await this.showCode(reply, here, key, { notice: asked.encore === 'oui' ? ONLINE[here.language].resent : null });
  }

  @Post('code/:key')
  @Header('cache-control', 'no-store')
  async code(
    @Param('slug') slug: string,
    @Param('key') key: string,
    @Body() said: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.here(slug, said);
    const { space, language } = here;
    const confirmed = await this.online.confirm({ space, language, address }, key, text(said?.code).slice(0, 20));
    if (confirmed.ok) {
      return void reply.redirect(link(`/r/${confirmed.value.link}`, language, { fait: 'pris' }), 303);
    }
    const words = ONLINE[language];
    switch (confirmed.why) {
      case 'wrong-code':
        return this.showCode(reply, here, key, { wrong: true, status: 422 });
      case 'too-many-tries':
        return this.showCode(reply, here, key, { notice: `${words.tooMany}.`, status: 429 });
      case 'slot-gone':
        return this.showOver(reply, here, words.gone);
      case 'code-over':
        return this.showOver(reply, here, words.codeOver);
    }
  }

  @Post('code/:key/encore')
  @Header('cache-control', 'no-store')
  async resend(
    @Param('slug') slug: string,
    @Param('key') key: string,
    @Body() said: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.here(slug, said ?? {});
    const { space, language, place } = here;
    const sent = await this.online.resend({ space, language, address }, key);
    if (sent.ok) return void reply.redirect(link(`${place.path}/code/${key}`, language, { encore: 'oui' }), 303);
    const words = ONLINE[language];
    if (sent.why === 'code-over') return this.showOver(reply, here, words.codeOver);
    const [notice, status] = sent.why === 'too-many-tries' ? [`${words.tooMany}.`, 429] : [`${words.smsFailed}.`, 409];
    await this.showCode(reply, here, key, { notice, status });
  }

  private async showCode(
    reply: FastifyReply,
    here: Here,
    key: string,
    { wrong = false, notice = null, status = 200 }: { wrong?: boolean; notice?: string | null; status?: number },
  ): Promise<void> {
    const awaited = await this.online.awaiting(here.space, key);
    if (!awaited) return this.showOver(reply, here, ONLINE[here.language].codeOver);
    show(reply, codePage(here.place, { key, ...awaited, wrong, notice }), status);
  }

  /** Nothing is left of what was begun: the way in, and why. */
  private async showOver(reply: FastifyReply, { space, place }: Here, notice: string): Promise<void> {
    show(reply, motifsPage(place, { words: '', motifs: await this.online.motifs(space, ''), notice }), 409);
  }

  private async showSlots(
    reply: FastifyReply,
    { space, place }: Here,
    motif: OnlineMotif,
    { asked, notice, status = 200 }: { asked: Said; notice?: 'gone' | 'takenHere' | 'formOld'; status?: number },
  ): Promise<void> {
    const day = dayOf(asked.jour);
    const from = dayOf(asked.apres);
    const { days, next } = await this.online.days(space, motif.id, { from, day });
    const sites = await siteNames(this.database, space.id);
    const words = notice ? ONLINE[place.language][notice] : null;
    show(reply, slotsPage(place, { motif, days, next, day, sites, notice: words }), status);
  }

  private async here(slug: string, asked: Said): Promise<Here> {
    const space = (await publicSpaces(this.database)).find((one) => one.slug === slug);
    if (!space) throw new NotFoundException();
    const language = languageOf(asked?.lang);
    const path = `/public/${space.slug}/rendez-vous`;
    return {
      space,
      language,
      place: { space: space.name, path, language, today: dateAt(this.clock.now(), space.zone) },
    };
  }

  private async motif({ space }: Here, id: string): Promise<OnlineMotif> {
    const motif = Id.safeParse(id).success ? await this.online.motif(space, id) : null;
    if (!motif) throw new NotFoundException();
    return motif;
  }
}

function alert(words: Html): Html {
  return html`<p class="wrong" role="alert">${words}</p>`;
}
