import { createHash } from 'node:crypto';
import { ReadCalendar } from '@app/calendars';
import { Controller, Get, Headers, Inject, NotFoundException, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Anyone } from '../http';

/** What calendar programs read: the secret in the address is all they show. */
@Anyone()
@ApiExcludeController()
@Controller('calendriers')
export class CalendarFeedController {
  constructor(@Inject(ReadCalendar) private readonly calendars: ReadCalendar) {}

  @Get(':secret.ics')
  async read(
    @Param('secret') secret: string,
    @Query() asked: { forme?: unknown; lang?: unknown },
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = asked.lang === 'en' ? 'en' : 'fr';
    const text = await this.calendars.read(secret, { language, repeating: asked.forme === 'regles' });
    // Never was, renewed or revoked: all the same to whoever asks.
    if (text === null) throw new NotFoundException();
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
    reply
      .header('etag', etag)
      .header('cache-control', 'private, no-cache')
      .header('x-robots-tag', 'noindex')
      .header('content-disposition', 'inline; filename="palier.ics"');
    // A proxy or our own compression may have made the tag a weak one.
    if (known?.replace(/^W\//, '') === etag) return void reply.code(304).send();
    reply.type('text/calendar; charset=utf-8').send(text);
  }
}
