import type { Viewer } from '@app/accounts';
import { Created, DecisionBody, NeedFound, NeedsQuery, Orientation, OrientationQuery } from '@app/contract';
import { Decisions, Orient } from '@app/front-desk';
import type { Once } from '@app/persistence';
import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey } from '../http';

@ApiTags('front-desk')
@Controller()
export class OrientationController {
  constructor(
    @Inject(Orient) private readonly orientation: Orient,
    @Inject(Decisions) private readonly decisions: Decisions,
  ) {}

  /** From a need in everyday words: which motifs answer and why, who receives now, the next walk-in, the first slots. */
  @Get('orientation')
  @ApiResponse({ status: 200, standardSchema: Orientation })
  async orient(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: OrientationQuery }) query: OrientationQuery,
  ): Promise<Orientation> {
    return found('usager', query.usager ?? '', await this.orientation.answer(viewer, query));
  }

  /** The motifs that answer to everyday words, while they are typed. */
  @Get('needs')
  @ApiResponse({ status: 200, standardSchema: z.array(NeedFound) })
  async needs(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: NeedsQuery }) { q, limit }: z.infer<typeof NeedsQuery>,
  ): Promise<NeedFound[]> {
    return this.orientation.found(viewer, q, limit);
  }

  /** Who signed that accompagnement opens for a person, without an évaluation before. */
  @Post('decisions')
  @Answers(201, Created)
  async decided(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: DecisionBody }) body: DecisionBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.decisions.record(viewer, body, once));
  }
}
