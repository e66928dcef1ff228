import { Attempts, isShortToken } from '@app/accounts';
import { type OpenedLink, openShortLink } from '@app/booking';
import { Id, LocalDateTime } from '@app/contract';
import { CLOCK, Database } from '@app/persistence';
import { type Clock, dateAt, type LocalDateTime as Moment } from '@app/time';
import { AnswerOffer, Invitations, OfferPage } from '@app/waiting';
import { Body, Controller, Get, Header, Headers, Inject, Ip, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Anyone, languageOf } from '../http';
import { dayOf, type Said, text } from '../public/asked';
import { show } from '../public/page-reply';
import { tryLink } from '../public/try-link';
import { LINK_WORDS } from './link-page-words';
import { invitationPage, type LinkPage, noLinkPage, offerPage } from './link-pages';

/**
 * The pages behind the short links of an offer and of an invitation: no account, no script, nothing to guess. Reading changes
 * nothing: telephones read ahead.
 */
@Anyone()
@ApiExcludeController()
@Controller()
export class LinkPagesController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(OfferPage) private readonly offers: OfferPage,
    @Inject(AnswerOffer) private readonly answers: AnswerOffer,
    @Inject(Invitations) private readonly invitations: Invitations,
  ) {}

  @Get('o/:token')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async seeOffer(
    @Param('token') token: string,
    @Headers('accept-language') spoken: string | undefined,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const link = await this.open('offer', token, { address, spoken, reply });
    if (link) await this.showOffer(reply, link, token, null);
  }

  @Post('o/:token')
  @Header('cache-control', 'no-store')
  async answerOffer(
    @Param('token') token: string,
    @Body() body: Said,
    @Headers('accept-language') spoken: string | undefined,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const link = await this.open('offer', token, { address, spoken, reply });
    if (!link) return;
    const said = text(body?.reponse);
    const { space, subjectId } = link;
    const outcome =
      said === 'oui'
        ? await this.answers.acceptByLink(space.id, subjectId)
        : said === 'non' || said === 'fini'
          ? await this.answers.declineByLink(space.id, subjectId, said === 'fini')
          : null;
    if (!outcome || outcome.ok) return void reply.redirect(`/o/${token}`, 303);
    await this.showOffer(reply, link, token, outcome.why);
  }

  @Get('i/:token')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async seeInvitation(
    @Param('token') token: string,
    @Query() asked: Said,
    @Headers('accept-language') spoken: string | undefined,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const link = await this.open('invitation', token, { address, spoken, reply });
    if (link) await this.showInvitation(reply, link, token, { from: dayOf(asked?.apres), refused: null });
  }

  @Post('i/:token')
  @Header('cache-control', 'no-store')
  async choose(
    @Param('token') token: string,
    @Body() body: Said,
    @Headers('accept-language') spoken: string | undefined,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const link = await this.open('invitation', token, { address, spoken, reply });
    if (!link) return;
    const [occurrence, start, agent] = text(body?.creneau).split(' ');
    if (!Id.safeParse(occurrence).success || !LocalDateTime.safeParse(start).success)
      return void reply.redirect(`/i/${token}`, 303);
    const chosen = {
      occurrenceId: occurrence ?? '',
      start: start as Moment,
      agentId: Id.safeParse(agent).success ? (agent ?? null) : null,
    };
    const outcome = await this.invitations.choose(link.space.id, link.subjectId, chosen);
    if (outcome.ok) return void reply.redirect(`/i/${token}`, 303);
    await this.showInvitation(reply, link, token, { from: null, refused: outcome.why });
  }

  private async showOffer(
    reply: FastifyReply,
    { space, subjectId }: OpenedLink,
    token: string,
    refused: string | null,
  ): Promise<void> {
    const offer = await this.offers.read(space.id, subjectId);
    if (!offer) return show(reply, noLinkPage('fr', false), 404);
    const notice = refused && LINK_WORDS[offer.language].over409;
    show(reply, offerPage(this.pageOf(space, `/o/${token}`, notice), offer), refused ? 409 : 200);
  }

  private async showInvitation(
    reply: FastifyReply,
    { space, subjectId }: OpenedLink,
    token: string,
    { from, refused }: { from: ReturnType<typeof dayOf>; refused: string | null },
  ): Promise<void> {
    const invited = await this.invitations.open(space.id, subjectId, from);
    if (!invited) return show(reply, noLinkPage('fr', false), 404);
    const words = LINK_WORDS[invited.language];
    const notice = refused && (refused === 'invitation-over' ? words.over409 : words.gone409);
    show(reply, invitationPage(this.pageOf(space, `/i/${token}`, notice), invited), refused ? 409 : 200);
  }

  private pageOf(space: OpenedLink['space'], path: string, notice: string | null): LinkPage {
    return { space: space.name, path, today: dateAt(this.clock.now(), space.zone), notice };
  }

  private async open(
    kind: OpenedLink['kind'],
    token: string,
    { address, spoken, reply }: { address: string; spoken: string | undefined; reply: FastifyReply },
  ): Promise<OpenedLink | null> {
    const opened = await tryLink(this.attempts, address, async () => {
      const link = isShortToken(token) ? await openShortLink(this.database, token) : null;
      return link?.kind === kind ? link : null;
    });
    if (opened.ok) return opened.value;
    const isTooMany = opened.why === 'too-many-tries';
    show(reply, noLinkPage(languageOf(undefined, spoken), isTooMany), isTooMany ? 429 : 404);
    return null;
  }
}
