import type { Viewer } from '@app/accounts';
import { AddressBody, Created, Id, Problem, Sector, SectorBody, SectorFound, SectorStreets } from '@app/contract';
import { Sectors } from '@app/directory';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey, Roles } from '../http';

@ApiTags('directory')
@Controller('sectors')
export class SectorsController {
  constructor(@Inject(Sectors) private readonly sectors: Sectors) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(Sector) })
  async list(@CurrentViewer() viewer: Viewer): Promise<Sector[]> {
    return this.sectors.list(viewer);
  }

  /** The sector of "Chevilly-Larue, 12 rue de Verdun". The address is neither kept nor logged. */
  @Post('find')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: SectorFound })
  async find(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: AddressBody }) { address }: z.infer<typeof AddressBody>,
  ): Promise<SectorFound> {
    return { sector: await this.sectors.find(viewer, address) };
  }

  /** Every line of every sector, as it is written and pasted. */
  @Get('streets')
  @ApiResponse({ status: 200, standardSchema: SectorStreets })
  async streets(@CurrentViewer() viewer: Viewer): Promise<SectorStreets> {
    return this.sectors.streets(viewer);
  }

  /** Puts a list in place of the one there is: all of it, or nothing and the lines that cannot be read. */
  @Put('streets')
  @Roles('manager', 'administrator')
  @ApiResponse({ status: 200, standardSchema: z.array(Sector) })
  @ApiResponse({ status: 400, standardSchema: Problem })
  async setStreets(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: SectorStreets }) body: SectorStreets,
  ): Promise<Sector[]> {
    return answer(await this.sectors.setStreets(viewer, body));
  }

  @Post()
  @Roles('manager', 'administrator')
  @Answers(201, Created)
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: SectorBody }) body: SectorBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.sectors.create(viewer, body, once));
  }

  @Put(':id')
  @Roles('manager', 'administrator')
  @Answers(200, Sector)
  async update(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SectorBody }) body: SectorBody,
  ): Promise<Sector> {
    return found('sector', id, await this.sectors.update(viewer, id, body));
  }

  /** Removes a sector and its streets. */
  @Delete(':id')
  @Roles('manager', 'administrator')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async remove(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('sector', id, await this.sectors.remove(viewer, id));
  }
}
