import type { Viewer } from '@app/accounts';
import { Created, Id, Site, SiteBody } from '@app/contract';
import { Sites, Retirement } from '@app/directory';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey, Roles } from '../http';

@ApiTags('directory')
@Controller('sites')
export class SitesController {
  constructor(
    @Inject(Sites) private readonly sites: Sites,
    @Inject(Retirement) private readonly retirement: Retirement,
  ) {}

  @Post()
  @Roles('manager', 'administrator')
  @Answers(201, Created)
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: SiteBody }) body: SiteBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.sites.create(viewer, body, once));
  }

  @Put(':id')
  @Roles('manager', 'administrator')
  @Answers(200, Site)
  async update(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SiteBody }) body: SiteBody,
  ): Promise<Site> {
    return found('site', id, await this.sites.update(viewer, id, body));
  }

  /** Retires a site; refused while it has rooms or dates ahead. */
  @Delete(':id')
  @Roles('manager', 'administrator')
  @Answers(204)
  async retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('site', id, await this.retirement.retire(viewer, 'site', id));
  }
}
