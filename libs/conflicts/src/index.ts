export { ConflictList } from './conflict-list.query';
export { ConflictsModule } from './conflicts.module';
export { type GiveRoomRefusal, SettleConflict, type SettleRefusal } from './settle-conflict.service';
