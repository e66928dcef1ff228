import { BookingModule } from '@app/booking';
import { Module } from '@nestjs/common';
import { Decisions } from './decisions.service';
import { FollowVisit } from './follow-visit.service';
import { JoinQueue } from './join-queue.service';
import { Orient } from './orientation.service';

const SERVICES = [Decisions, FollowVisit, JoinQueue, Orient];

/** From a need to whoever can help, and the queue of those who come without appointment. */
@Module({ imports: [BookingModule], providers: SERVICES, exports: SERVICES })
export class FrontDeskModule {}
