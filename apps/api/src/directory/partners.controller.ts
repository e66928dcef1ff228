import type { Viewer } from '@app/accounts';
import { Created, Id, Partner, PartnerBody } from '@app/contract';
import { Partners, Retirement } from '@app/directory';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey, Roles } from '../http';

@ApiTags('directory')
@Controller('partners')
export class PartnersController {
  constructor(
    @Inject(Partners) private readonly partners: Partners,
    @Inject(Retirement) private readonly retirement: Retirement,
  ) {}

  @Post()
  @Roles('manager', 'administrator')
  @Answers(201, Created)
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: PartnerBody }) body: PartnerBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.partners.create(viewer, body, once));
  }

  @Put(':id')
  @Roles('partner-editor', 'manager', 'administrator')
  @Answers(200, Partner)
  async update(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PartnerBody }) body: PartnerBody,
  ): Promise<Partner> {
    return found('partner', id, await this.partners.update(viewer, id, body));
  }

  /** Retires a partner with its agents and motifs; refused while it has dates ahead or open accounts. */
  @Delete(':id')
  @Roles('manager', 'administrator')
  @Answers(204)
  async retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('partner', id, await this.retirement.retire(viewer, 'partner', id));
  }
}
