import { Attempts, PUBLIC_URL } from '@app/accounts';
import { type OpenedLink, openShortLink } from '@app/booking';
import { Id } from '@app/contract';
import { CLOCK, Database } from '@app/persistence';
import { type ChangeRefusal, type OwnAppointment, OwnAppointments } from '@app/self-service';
import { type Clock, dateAt, type Language } from '@app/time';
import { Body, Controller, Get, Header, Inject, Ip, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Anyone } from '../http';
import { dayOf, languageOf, type Said, text } from './asked';
import { link as pageLink } from './online-pages';
import { ONLINE } from './online-words';
import { cancelPage, doneOf, movePage, type OwnPlace, ownPage, unknownPage } from './own-pages';
import { show } from './page-reply';
import { siteNames } from './site-names.query';
import { tryLink } from './try-link';

/** A date other than the link's own is named by its id. */
interface Address {
  token: string;
  date?: string;
}

interface Opened {
  link: OpenedLink;
  own: OwnAppointment;
  place: OwnPlace;
}

/** The address of one appointment, and of the dates of its series: to see, confirm, move or cancel them. Reading changes nothing: telephones read ahead. */
@Anyone()
@ApiExcludeController()
@Controller({ path: ['r/:token', 'r/:token/:date'] })
export class OwnAppointmentController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OwnAppointments) private readonly appointments: OwnAppointments,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async see(
    @Param() { token, date }: Address,
    @Query() asked: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = await this.open(reply, { token, date, asked, address });
    if (!opened) return;
    const { own, place, link } = opened;
    const done = doneOf(asked.fait, own);
    const again = pageLink(`/public/${link.space.slug}/rendez-vous`, place.language);
    show(reply, ownPage(place, { own, done, address: `${this.publicUrl}${place.whole}`, again }));
  }

  @Post('confirmer')
  @Header('cache-control', 'no-store')
  async confirm(
    @Param() { token, date }: Address,
    @Body() said: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = await this.open(reply, { token, date, asked: said, address });
    if (!opened) return;
    const confirmed = await this.appointments.confirm(opened.link, opened.place.language);
    goBack(reply, opened, confirmed.ok ? 'confirme' : 'change');
  }

  @Get('annuler')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async askToCancel(
    @Param() { token, date }: Address,
    @Query() asked: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = await this.open(reply, { token, date, asked, address });
    if (!opened) return;
    if (!opened.own.mayChange) return goBack(reply, opened, 'change');
    show(reply, cancelPage(opened.place, opened.own));
  }

  @Post('annuler')
  @Header('cache-control', 'no-store')
  async cancel(
    @Param() { token, date }: Address,
    @Body() said: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = await this.open(reply, { token, date, asked: said, address });
    if (!opened) return;
    const cancelled = await this.appointments.cancel(opened.link, opened.place.language, Number(said?.version));
    goBack(reply, opened, cancelled.ok ? 'annule' : 'change');
  }

  @Get('deplacer')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async otherTimes(
    @Param() { token, date }: Address,
    @Query() asked: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = await this.open(reply, { token, date, asked, address });
    if (!opened) return;
    if (!opened.own.mayChange) return goBack(reply, opened, 'change');
    await this.showTimes(reply, opened, asked, null);
  }

  @Post('deplacer')
  @Header('cache-control', 'no-store')
  async move(
    @Param() { token, date }: Address,
    @Body() said: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = await this.open(reply, { token, date, asked: said, address });
    if (!opened) return;
    const [occurrenceId = '', start = ''] = text(said?.vers).split(' ');
    const to = { occurrenceId, start, version: Number(said?.version) };
    const moved = await this.appointments.move(opened.link, opened.place.language, to);
    const why: ChangeRefusal | null = moved.ok ? null : moved.why;
    if (why === 'slot-gone') return this.showTimes(reply, opened, {}, ONLINE[opened.place.language].gone);
    goBack(reply, opened, why ? 'change' : 'deplace');
  }

  private async showTimes(
    reply: FastifyReply,
    { link, own, place }: Opened,
    asked: Said,
    notice: string | null,
  ): Promise<void> {
    const day = dayOf(asked.jour);
    const { days, next } = await this.appointments.days(link, own, { from: dayOf(asked.apres), day });
    const sites = await siteNames(this.database, link.space.id);
    show(reply, movePage(place, { own, days, next, day, sites, notice }), notice ? 409 : 200);
  }

  private async open(
    reply: FastifyReply,
    { token, date, asked, address }: Address & { asked: Said; address: string },
  ): Promise<Opened | null> {
    const language: Language = languageOf(asked?.lang);
    const opened = await tryLink(this.attempts, address, async () => {
      const link = await openShortLink(this.database, token);
      if (link?.kind !== 'appointment' || (date !== undefined && !Id.safeParse(date).success)) return null;
      const own = await this.appointments.read(link, date);
      return own && { link: { ...link, subjectId: own.id }, own, first: link.subjectId };
    });
    if (!opened.ok) {
      const isTooMany = opened.why === 'too-many-tries';
      show(reply, unknownPage('Palier', language, isTooMany), isTooMany ? 429 : 404);
      return null;
    }
    const { link, own, first } = opened.value;
    const now = this.clock.now();
    const whole = `/r/${token}`;
    // What is done of a date is done of that one, whichever the link opens by then.
    const path = own.id === first ? whole : `${whole}/${own.id}`;
    return {
      link,
      own,
      place: { space: link.space.name, path, whole, language, now, today: dateAt(now, link.space.zone) },
    };
  }
}

function goBack(reply: FastifyReply, { place }: Opened, done: string): void {
  reply.redirect(pageLink(place.path, place.language, { fait: done }), 303);
}
