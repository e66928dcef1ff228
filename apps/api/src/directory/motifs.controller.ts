import type { Viewer } from '@app/accounts';
import { Created, Id, Motif, MotifBody } from '@app/contract';
import { Motifs, Retirement } from '@app/directory';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey, Roles } from '../http';

@ApiTags('directory')
@Controller('motifs')
export class MotifsController {
  constructor(
    @Inject(Motifs) private readonly motifs: Motifs,
    @Inject(Retirement) private readonly retirement: Retirement,
  ) {}

  @Post()
  @Roles('partner-editor', 'manager', 'administrator')
  @Answers(201, Created)
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: MotifBody }) body: MotifBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.motifs.create(viewer, body, once));
  }

  @Put(':id')
  @Roles('partner-editor', 'manager', 'administrator')
  @Answers(200, Motif)
  async update(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MotifBody }) body: MotifBody,
  ): Promise<Motif> {
    return found('motif', id, await this.motifs.update(viewer, id, body));
  }

  /** Retires a motif; refused while appointments or permanences need it. */
  @Delete(':id')
  @Roles('partner-editor', 'manager', 'administrator')
  @Answers(204)
  async retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('motif', id, await this.retirement.retire(viewer, 'motif', id));
  }
}
