import { PUBLIC_URL } from '@app/accounts';
import {
  FORM_MS,
  AskOnline,
  OnlineForms,
  type OnlineMotif,
  OnlineOffer,
  readPerson,
  type TypedPerson,
} from '@app/self-service';
import { Body, Controller, Get, Header, Inject, Ip, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Anyone, cookieOptions, FORM_COOKIE, type PalierRequest } from '../http';
import { dayOf, type Said, text } from './asked';
import { type Html, html } from './html';
import { formPage, link, motifsPage, orDesk, slotsPage } from './online-pages';
import { type Here, OnlinePlace } from './online-place.service';
import { ONLINE } from './online-words';
import { show } from './page-reply';

const LONGEST = 200;

/** From a need to an appointment, by anyone: no account, no script; a cookie spares doing it twice, and may be refused. */
@Anyone()
@ApiExcludeController()
@Controller({ path: 'public/:slug/rendez-vous' })
export class OnlineController {
  constructor(
    @Inject(OnlinePlace) private readonly places: OnlinePlace,
    @Inject(OnlineOffer) private readonly offer: OnlineOffer,
    @Inject(OnlineForms) private readonly forms: OnlineForms,
    @Inject(AskOnline) private readonly asking: AskOnline,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async motifs(@Param('slug') slug: string, @Query() asked: Said, @Res() reply: FastifyReply): Promise<void> {
    const { space, place } = await this.places.here(slug, asked);
    const words = text(asked.q).slice(0, 100).trim();
    show(reply, motifsPage(place, { words, motifs: await this.offer.motifs(space, words) }));
  }

  @Get(':motif')
  @Header('cache-control', 'no-store')
  async slots(
    @Param('slug') slug: string,
    @Param('motif') motifId: string,
    @Query() asked: Said,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.places.here(slug, asked);
    await this.showSlots(reply, here, await this.places.motif(here, motifId), { asked });
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
    const here = await this.places.here(slug, asked);
    const motif = await this.places.motif(here, motifId);
    const kept = text(request.cookies[FORM_COOKIE]);
    const wanted = { motifId, occurrenceId: text(asked.date), start: text(asked.debut) };
    const form = await this.forms.give(here.space, wanted, kept);
    if (!form) return this.showSlots(reply, here, motif, { asked: {}, notice: 'gone', status: 409 });
    if (form.browser !== kept) {
      const options = { ...cookieOptions(this.publicUrl, FORM_MS / 1000), path: here.place.path };
      reply.setCookie(FORM_COOKIE, form.browser, options);
    }
    const sites = await this.places.sites(here);
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
    const here = await this.places.here(slug, said);
    const motif = await this.places.motif(here, motifId);
    const form = await this.forms.read(text(said?.etat));
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
    const asked = await this.asking.ask({ space, language, address }, form, read.person);
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

  private async showSlots(
    reply: FastifyReply,
    here: Here,
    motif: OnlineMotif,
    { asked, notice, status = 200 }: { asked: Said; notice?: 'gone' | 'takenHere' | 'formOld'; status?: number },
  ): Promise<void> {
    const day = dayOf(asked.jour);
    const from = dayOf(asked.apres);
    const { days, next } = await this.offer.days(here.space, motif.id, { from, day });
    const sites = await this.places.sites(here);
    const words = notice ? ONLINE[here.language][notice] : null;
    show(reply, slotsPage(here.place, { motif, days, next, day, sites, notice: words }), status);
  }
}

function alert(words: Html): Html {
  return html`<p class="wrong" role="alert">${words}</p>`;
}
