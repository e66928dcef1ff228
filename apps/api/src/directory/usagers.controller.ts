import type { Viewer } from '@app/accounts';
import { Created, Id, Problem, Usager, UsagerBody, UsagerFound } from '@app/contract';
import { Usagers } from '@app/directory';
import type { Once } from '@app/persistence';
import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { answer, CurrentViewer, found, notFound, OnceKey } from '../http';

const UsagersQuery = z
  .object({ q: z.string().trim().max(100).default(''), limit: z.coerce.number().int().min(1).max(50).default(10) })
  .meta({ id: 'UsagersQuery' });
const Rectification = UsagerBody.extend({ version: z.int() }).meta({ id: 'UsagerRectification' });

@ApiTags('directory')
@Controller('usagers')
export class UsagersController {
  constructor(@Inject(Usagers) private readonly usagers: Usagers) {}

  /** People the viewer serves, by words of the name (accents, order and typos forgiven), phone digits or birth year. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(UsagerFound) })
  async search(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: UsagersQuery }) { q, limit }: z.infer<typeof UsagersQuery>,
  ): Promise<UsagerFound[]> {
    return this.usagers.search(viewer, q, limit);
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

  /** A person's record. Each reading is kept in the audit. */
  @Get(':id')
  @ApiResponse({ status: 200, standardSchema: Usager })
  async read(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<Usager> {
    return (await this.usagers.read(viewer, id)) ?? notFound('usager', id);
  }

  /** Puts a record right; `version` is the one that was read. */
  @Put(':id')
  @ApiResponse({ status: 200, standardSchema: Usager })
  @ApiResponse({ status: 409, standardSchema: Problem })
  async rectify(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: Rectification }) { version, ...body }: z.infer<typeof Rectification>,
  ): Promise<Usager> {
    return found('usager', id, await this.usagers.rectify(viewer, id, body, version));
  }
}
