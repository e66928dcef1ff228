import { PermanencesModule } from '@app/permanences';
import { Module } from '@nestjs/common';
import { ClosuresController } from './closures.controller';
import { SpaceCalendarController } from './space-calendar.controller';

/** Closures and calendars over HTTP. */
@Module({ imports: [PermanencesModule], controllers: [ClosuresController, SpaceCalendarController] })
export class ClosuresRoutes {}
