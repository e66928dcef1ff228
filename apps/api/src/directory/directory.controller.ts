import type { Viewer } from '@app/accounts';
import { Directory as DirectoryShape } from '@app/contract';
import { Directory } from '@app/directory';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CurrentViewer } from '../http';

@ApiTags('directory')
@Controller('directory')
export class DirectoryController {
  constructor(@Inject(Directory) private readonly directory: Directory) {}

  /** Everything that has a name: sites, rooms, partners, agents and motifs; retired ones too, since the past names them. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: DirectoryShape })
  async read(@CurrentViewer() viewer: Viewer): Promise<z.infer<typeof DirectoryShape>> {
    return this.directory.read(viewer);
  }
}
