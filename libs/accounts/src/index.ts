export { AccountsModule } from './accounts.module';
export { type OpenSession, Sessions } from './sessions.query';
export { contextOf, sightOf, type Viewer } from './viewer';
