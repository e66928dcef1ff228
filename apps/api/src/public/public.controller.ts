import { createHash } from 'node:crypto';
import { CLOCK, Database } from '@app/persistence';
import { addMinutes, type Clock, dateAt, dayBounds, type Language } from '@app/time';
import { Controller, Get, Header, Headers, Inject, NotFoundException, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Anyone } from '../http';
import { OnlineOffer } from '@app/self-service';
import { dayOf, languageOf, text } from './asked';
import { PAGE_SCRIPT } from './frame';
import { listingFor } from './listing';
import { type PageFacts, publicPage } from './page';
import { PUBLIC_CSS } from './page-style';
import { type PublicSite, type PublicSpace, publicPresences, publicSpaces } from './public.query';

// Enough to see a monthly date beyond a holiday that takes one away.
const HORIZON_MINUTES = 125 * 24 * 60;
const DATES_PER_RULE = 4;
const DATES_OF_A_DAY = 8;

interface Asked {
  q?: string;
  lieu?: string;
  jour?: string;
  lang?: string;
}

@Anyone()
@ApiExcludeController()
@Controller({ path: 'public' })
export class PublicController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OnlineOffer) private readonly offer: OnlineOffer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('page.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  style(): string {
    return PUBLIC_CSS;
  }

  @Get('page.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  script(): string {
    return PAGE_SCRIPT;
  }

  @Get()
  async first(
    @Query() asked: Asked,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [space] = await publicSpaces(this.database);
    // Nothing founded yet: the first-run page is where to go.
    if (!space) return void reply.redirect('/premiers-pas', 302);
    await this.answer(space, '/public', asked, known, reply);
  }

  @Get(':slug')
  async ofSpace(
    @Param('slug') slug: string,
    @Query() asked: Asked,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const space = (await publicSpaces(this.database)).find((one) => one.slug === slug);
    if (!space) throw new NotFoundException();
    await this.answer(space, `/public/${space.slug}`, asked, known, reply);
  }

  private async answer(
    space: PublicSpace,
    path: string,
    asked: Asked,
    known: string | undefined,
    reply: FastifyReply,
  ): Promise<void> {
    const page = await this.page(space, path, asked);
    const etag = `"${createHash('sha256').update(page).digest('base64url').slice(0, 22)}"`;
    reply.header('etag', etag).header('cache-control', 'no-cache');
    if (known === etag) return void reply.code(304).send();
    reply.type('text/html; charset=utf-8').send(page);
  }

  private async page(space: PublicSpace, path: string, asked: Asked): Promise<string> {
    const language: Language = languageOf(asked.lang);
    const now = this.clock.now();
    const today = dateAt(now, space.zone);
    const day = dayOf(asked.jour);
    const bounds = day ? dayBounds(day, space.zone) : null;
    const window =
      bounds && day !== today
        ? { from: bounds.start, to: bounds.end, perRule: DATES_OF_A_DAY }
        : { from: now, to: bounds?.end ?? addMinutes(now, HORIZON_MINUTES), perRule: DATES_PER_RULE };
    const { presences, sites } = await publicPresences(this.database, space, { ...window, language });
    const site = sites.find((one) => one.id === asked.lieu) ?? null;
    const words = text(asked.q).slice(0, 100).trim();
    const bookable = await this.offer.motifs(space, words);
    const facts: PageFacts = {
      space: { name: space.name, zone: space.zone, path },
      language,
      now,
      listing: listingFor(presences, { words, site: site?.name ?? null, day: bounds }, now),
      published: presences.length,
      sites,
      openings: openingsOf(sites),
      online: bookable.length ? `/public/${space.slug}/rendez-vous` : null,
      wish: { words, siteId: site?.id ?? null, day },
    };
    return publicPage(facts);
  }
}

/** The hours all sites share; nothing when they differ (each would need its own line). */
function openingsOf(sites: PublicSite[]): PageFacts['openings'] {
  const [first] = sites;
  const same = first && sites.every((site) => JSON.stringify(site.openings) === JSON.stringify(first.openings));
  if (!same || !first.openings.length) return [];
  const hours = [...new Set(first.openings.map(({ opens, closes }) => `${opens}/${closes}`))];
  return hours.map((range) => {
    const [opens, closes] = range.split('/') as [string, string];
    return {
      opens,
      closes,
      weekdays: first.openings.filter((one) => one.opens === opens && one.closes === closes).map((one) => one.weekday),
    };
  });
}
