import { DirectoryModule } from '@app/directory';
import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller';
import { DirectoryController } from './directory.controller';
import { MotifsController } from './motifs.controller';
import { PartnersController } from './partners.controller';
import { RoomsController } from './rooms.controller';
import { SectorsController } from './sectors.controller';
import { SitesController } from './sites.controller';
import { UsagersController } from './usagers.controller';

/** The names of a space and the people served, over HTTP. */
@Module({
  imports: [DirectoryModule],
  controllers: [
    DirectoryController,
    SitesController,
    RoomsController,
    PartnersController,
    AgentsController,
    MotifsController,
    UsagersController,
    SectorsController,
  ],
})
export class DirectoryRoutes {}
