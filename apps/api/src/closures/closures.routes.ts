import { PermanencesModule } from '@app/permanences';
import { Module } from '@nestjs/common';
import { AbsencesController } from './absences.controller';
import { ClosuresController } from './closures.controller';
import { SpaceCalendarController } from './space-calendar.controller';

/** Absences, closures and calendars over HTTP. */
@Module({
  imports: [PermanencesModule],
  controllers: [AbsencesController, ClosuresController, SpaceCalendarController],
})
export class ClosuresRoutes {}
