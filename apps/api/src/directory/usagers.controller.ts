import type { Viewer } from '@app/accounts';
import {
  Created,
  Id,
  MergeBody,
  Merged,
  Problem,
  ReferentBody,
  Usager,
  UsagerAlike,
  UsagerBody,
  UsagerFound,
  UsagerTyped,
} from '@app/contract';
import { MergeUsagers, Usagers } from '@app/directory';
import type { Once } from '@app/persistence';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, answer, CurrentViewer, found, notFound, OnceKey, Roles } from '../http';

const UsagersQuery = z
  .object({ q: z.string().trim().max(100).default(''), limit: z.coerce.number().int().min(1).max(50).default(10) })
  .meta({ id: 'UsagersQuery' });
const Rectification = UsagerBody.extend({ version: z.int() }).meta({ id: 'UsagerRectification' });

@ApiTags('directory')
@Controller('usagers')
export class UsagersController {
  constructor(
    @Inject(Usagers) private readonly usagers: Usagers,
    @Inject(MergeUsagers) private readonly merging: MergeUsagers,
  ) {}

  /** People the viewer serves, by words of the name (accents, order and typos forgiven), phone digits or birth year. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(UsagerFound) })
  async search(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: UsagersQuery }) { q, limit }: z.infer<typeof UsagersQuery>,
  ): Promise<UsagerFound[]> {
    return this.usagers.search(viewer, q, limit);
  }

  /** Who, of those the viewer serves, the person being typed may be: by how the name sounds, the phone, the birth year. */
  @Post('alike')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: z.array(UsagerAlike) })
  async alike(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: UsagerTyped }) typed: UsagerTyped,
  ): Promise<UsagerAlike[]> {
    return this.usagers.alike(viewer, typed);
  }

  @Post()
  @ApiResponse({ status: 201, standardSchema: Created })
  @ApiResponse({ status: 400, standardSchema: Problem })
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: UsagerBody }) body: UsagerBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.usagers.create(viewer, body, once));
  }

  /** A person's record, or the one it was merged into: its own id then differs. Each reading is kept in the audit. */
  @Get(':id')
  @ApiResponse({ status: 200, standardSchema: Usager })
  async read(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<Usager> {
    return (await this.usagers.read(viewer, id)) ?? notFound('usager', id);
  }

  /** Puts a record right; `version` is the one that was read. */
  @Put(':id')
  @Answers(200, Usager)
  async rectify(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: Rectification }) { version, ...body }: z.infer<typeof Rectification>,
  ): Promise<Usager> {
    return found('usager', id, await this.usagers.rectify(viewer, id, body, version));
  }

  /** Says which agent of a partner follows this person. */
  @Put(':id/referents')
  @ApiResponse({ status: 200, standardSchema: Usager })
  @ApiResponse({ status: 403, standardSchema: Problem })
  async follow(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ReferentBody }) body: ReferentBody,
  ): Promise<Usager> {
    return found('usager', id, await this.usagers.follow(viewer, id, body));
  }

  /** Makes one record of two; with `dryRun`, says what would move and which fields differ. Cannot be taken back. */
  @Post(':id/merge')
  @Roles('desk', 'manager', 'administrator')
  @Answers(200, Merged)
  async merge(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MergeBody }) body: MergeBody,
  ): Promise<Merged> {
    return found('usager', id, await this.merging.merge(viewer, id, body));
  }
}
