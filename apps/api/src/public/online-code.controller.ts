import { ConfirmOnline, OnlineOffer } from '@app/self-service';
import { Body, Controller, Get, Header, Inject, Ip, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Anyone } from '../http';
import { type Said, text } from './asked';
import { codePage, link, motifsPage } from './online-pages';
import { type Here, OnlinePlace } from './online-place.service';
import { ONLINE } from './online-words';
import { show } from './page-reply';

/** What is held until the code of an SMS comes back. */
@Anyone()
@ApiExcludeController()
@Controller({ path: 'public/:slug/rendez-vous/code/:key' })
export class OnlineCodeController {
  constructor(
    @Inject(OnlinePlace) private readonly places: OnlinePlace,
    @Inject(OnlineOffer) private readonly offer: OnlineOffer,
    @Inject(ConfirmOnline) private readonly confirming: ConfirmOnline,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async awaitCode(
    @Param('slug') slug: string,
    @Param('key') key: string,
    @Query() asked: Said,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.places.here(slug, asked);
    await this.showCode(reply, here, key, { notice: asked.encore === 'oui' ? ONLINE[here.language].resent : null });
  }

  @Post()
  @Header('cache-control', 'no-store')
  async code(
    @Param('slug') slug: string,
    @Param('key') key: string,
    @Body() said: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.places.here(slug, said);
    const { space, language } = here;
    const confirmed = await this.confirming.confirm({ space, language, address }, key, text(said?.code).slice(0, 20));
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

  @Post('encore')
  @Header('cache-control', 'no-store')
  async resend(
    @Param('slug') slug: string,
    @Param('key') key: string,
    @Body() said: Said,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const here = await this.places.here(slug, said ?? {});
    const { space, language, place } = here;
    const sent = await this.confirming.resend({ space, language, address }, key);
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
    const awaited = await this.confirming.awaiting(here.space, key);
    if (!awaited) return this.showOver(reply, here, ONLINE[here.language].codeOver);
    show(reply, codePage(here.place, { key, ...awaited, wrong, notice }), status);
  }

  /** Nothing is left of what was begun: the way in, and why. */
  private async showOver(reply: FastifyReply, { space, place }: Here, notice: string): Promise<void> {
    show(reply, motifsPage(place, { words: '', motifs: await this.offer.motifs(space, ''), notice }), 409);
  }
}
