export { type Context, publicContext, type Sight, systemContext } from './context';
export { openDataSource } from './data-source';
export { Database, type Happening, isClaimTaken, isDuplicate, type Once, Transaction } from './database';
export { EventReader, type EventRow } from './event-reader';
export { idInOrder } from './id-in-order';
export { migrate, migrations, missingMigrations } from './migrate';
export { CLOCK, PersistenceModule, type PersistenceOptions } from './persistence.module';
export { done, type Outcome, type Refusal, refuse } from './refusal';
