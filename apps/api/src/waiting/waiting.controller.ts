import type { Viewer } from '@app/accounts';
import {
  Created,
  Id,
  Invitation,
  InvitationBody,
  InvitationLink,
  InvitationSaved,
  InvitationsQuery,
  WaitingBody,
  WaitingList as List,
  WaitingQuery,
  WaitingUndone,
  WaitingUndoQuery,
} from '@app/contract';
import type { Once } from '@app/persistence';
import { AnswerOffer, Invitations, UndoWaiting, WaitingList } from '@app/waiting';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey } from '../http';

@ApiTags('waiting')
@Controller()
export class WaitingController {
  constructor(
    @Inject(WaitingList) private readonly waiting: WaitingList,
    @Inject(AnswerOffer) private readonly offers: AnswerOffer,
    @Inject(UndoWaiting) private readonly undoing: UndoWaiting,
    @Inject(Invitations) private readonly invitations: Invitations,
  ) {}

  /** Those who wait or have an offer, longest first; of one person (`usager`), those that ended as well. */
  @Get('waiting')
  @ApiResponse({ status: 200, standardSchema: List })
  async list(@CurrentViewer() viewer: Viewer, @Query({ schema: WaitingQuery }) query: WaitingQuery): Promise<List> {
    return this.waiting.list(viewer, query);
  }

  /** Nothing suits her: she is told, in turn, what becomes free. */
  @Post('waiting')
  @Answers(201, Created)
  async join(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: WaitingBody }) body: WaitingBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.waiting.join(viewer, body, once));
  }

  /** She waits no longer; a slot kept for her goes to the next in turn. */
  @Delete('waiting/:id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async leave(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('waiting', id, await this.waiting.leave(viewer, id));
  }

  /** For some seconds, by whoever said it: that she can't come, or waits no longer. A place given on meanwhile stays so. */
  @Post('waiting/:id/undo')
  @Answers(200, WaitingUndone)
  async undo(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: WaitingUndoQuery }) { what }: WaitingUndoQuery,
  ): Promise<WaitingUndone> {
    return found('waiting', id, await this.undoing.undo(viewer, id, what));
  }

  /** The desk asked her, and she comes: the slot kept for her is booked. */
  @Post('offers/:id/accept')
  @Answers(201, Created)
  async accept(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
  ): Promise<z.infer<typeof Created>> {
    return found('offer', id, await this.offers.accept(viewer, id));
  }

  /** She can't: the slot goes to the next in turn, and she goes on waiting. */
  @Post('offers/:id/decline')
  @Answers(204)
  async decline(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('offer', id, await this.offers.decline(viewer, id));
  }

  /** A person's invitations to choose a slot, the latest first. */
  @Get('invitations')
  @ApiResponse({ status: 200, standardSchema: z.array(Invitation) })
  async invited(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: InvitationsQuery }) { usager }: z.infer<typeof InvitationsQuery>,
  ): Promise<Invitation[]> {
    return this.invitations.of(viewer, usager);
  }

  /** "Choose your slot": by SMS where she reads them, else by a link to print or to read out. */
  @Post('invitations')
  @Answers(201, InvitationSaved)
  async invite(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: InvitationBody }) body: InvitationBody,
    @OnceKey() once: Once | null,
  ): Promise<InvitationSaved> {
    return answer(await this.invitations.invite(viewer, body, once));
  }

  /** A new link of this invitation, to print or to read out; it is told this once. */
  @Post('invitations/:id/link')
  @Answers(201, InvitationLink)
  async link(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<InvitationLink> {
    return found('invitation', id, await this.invitations.link(viewer, id));
  }

  /** Its links answer no more. */
  @Delete('invitations/:id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async withdraw(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('invitation', id, await this.invitations.withdraw(viewer, id));
  }
}
