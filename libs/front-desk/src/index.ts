export { Decisions } from './decisions.service';
export { FollowVisit } from './follow-visit.service';
export { FrontDeskModule } from './front-desk.module';
export { JoinQueue } from './join-queue.service';
export { Orient } from './orientation.service';
