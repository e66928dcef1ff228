import { FrontDeskModule } from '@app/front-desk';
import { Module } from '@nestjs/common';
import { OrientationController } from './orientation.controller';
import { VisitsController } from './visits.controller';

/** Orientation and the queue over HTTP. */
@Module({ imports: [FrontDeskModule], controllers: [OrientationController, VisitsController] })
export class FrontDeskRoutes {}
