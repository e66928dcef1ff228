import type { Viewer } from '@app/accounts';
import { asShown, Id, ProposalLine, ProposalRefusal, PublicationApproval, Published } from '@app/contract';
import { Proposals } from '@app/permanences';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, CurrentViewer, found, Roles } from '../http';

const Approval = z.object(asShown).meta({ id: 'Approval' });

@ApiTags('permanences')
@Controller('proposals')
export class ProposalsController {
  constructor(@Inject(Proposals) private readonly proposals: Proposals) {}

  /** What partners asked for and nobody answered yet, the oldest first. */
  @Get()
  @Roles('partner-editor', 'manager', 'administrator')
  @ApiResponse({ status: 200, standardSchema: z.array(ProposalLine) })
  async waiting(@CurrentViewer() viewer: Viewer): Promise<ProposalLine[]> {
    return this.proposals.waiting(viewer);
  }

  /** Does what was asked; a dry run shows it, and its token given back as `seen` lets exactly that be done. */
  @Post(':id/approve')
  @HttpCode(200)
  @Roles('manager', 'administrator')
  @Answers(200, Published)
  async approve(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: Approval }) body: z.infer<typeof Approval>,
  ): Promise<Published> {
    return found('proposal', id, await this.proposals.approve(viewer, id, body));
  }

  /** Nothing is published, and the partner reads why. */
  @Post(':id/refuse')
  @Roles('manager', 'administrator')
  @Answers(204)
  async refuse(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ProposalRefusal }) { reason }: ProposalRefusal,
  ): Promise<void> {
    found('proposal', id, await this.proposals.refuse(viewer, id, reason));
  }

  /** Whoever asked thinks again. */
  @Delete(':id')
  @Roles('partner-editor', 'manager', 'administrator')
  @Answers(204)
  async withdraw(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('proposal', id, await this.proposals.withdraw(viewer, id));
  }
}

@ApiTags('permanences')
@Controller('publication-approval')
export class PublicationApprovalController {
  constructor(@Inject(Proposals) private readonly proposals: Proposals) {}

  /** Whether partners' publications wait for the person in charge. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: PublicationApproval })
  async required(@CurrentViewer() viewer: Viewer): Promise<PublicationApproval> {
    return this.proposals.required(viewer);
  }

  /** What waits already keeps waiting for an answer. */
  @Put()
  @HttpCode(204)
  @Roles('manager', 'administrator')
  @ApiResponse({ status: 204 })
  async require(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: PublicationApproval }) body: PublicationApproval,
  ): Promise<void> {
    await this.proposals.require(viewer, body);
  }
}
