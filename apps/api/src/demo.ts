import 'reflect-metadata';
import { AccountsModule } from '@app/accounts';
import { BookingModule } from '@app/booking';
import { DirectoryModule } from '@app/directory';
import { PermanencesModule } from '@app/permanences';
import { Database, PersistenceModule } from '@app/persistence';
import { RoomsModule } from '@app/rooms';
import { systemClock } from '@app/time';
import { WaitingModule } from '@app/waiting';
import { environment } from '@config';
import type { INestApplicationContext } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadAway } from './demo/away-loader';
import { beginningOf, loadAppointments } from './demo/appointments-loader';
import { type DemoFiles, readDemoFiles } from './demo/files';
import { loadSpace, setPasswords } from './demo/space-loader';
import { loadWaiting } from './demo/waiting-loader';
import { ToldClock } from './demo/told-clock';

/**
 * Loads the demonstration into a database without a space; where it is loaded already, gives its accounts the password
 * it is told. Any other space is left alone. Says to its parent which accounts there are.
 */
async function main(): Promise<void> {
  const settings = environment();
  const password = settings.demoPassword;
  if (!settings.databaseAppUrl || !password)
    throw new Error('DATABASE_APP_URL and PALIER_DEMO_PASSWORD are needed here.');
  const now = systemClock(settings.clockOffsetMs).now();
  const clock = new ToldClock(now);

  @Module({
    imports: [
      PersistenceModule.forRoot({
        url: settings.databaseAppUrl,
        clockOffsetMs: 0,
        clock,
        poolSize: 2,
        name: 'palier-demo',
      }),
      AccountsModule.forRoot({ publicUrl: settings.publicUrl, smtpUrl: null, mailFrom: settings.mailFrom }),
      DirectoryModule,
      PermanencesModule,
      BookingModule,
      RoomsModule,
      WaitingModule.forRoot(settings),
    ],
  })
  class DemoModule {}

  const app = await NestFactory.createApplicationContext(DemoModule, { logger: ['error', 'warn'] });
  try {
    const files = await readDemoFiles();
    const [space] = await app
      .get(Database)
      .outside<{ id: string; slug: string; zone: string }>('select * from all_spaces()');
    if (!space) {
      clock.set(beginningOf(now, files.space.zone));
      const loaded = await loadSpace(app, files, password);
      await loadAppointments(app, files, loaded, { clock, now });
      await loadAway(app, files, loaded, now);
      await loadWaiting(app, loaded, { clock, now });
    } else if (space.slug === files.space.slug) await renewPasswords(app, files, space, password);
    else return;
    process.send?.({ accounts: files.accounts.map(({ email, name, role }) => ({ login: email, who: name, role })) });
  } finally {
    await app.close();
  }
}

async function renewPasswords(
  app: INestApplicationContext,
  { space: file, accounts }: DemoFiles,
  space: { id: string; slug: string; zone: string },
  password: string,
): Promise<void> {
  const email = accounts.find(({ role }) => role === 'administrator')?.email ?? '';
  const [account] = await app.get(Database).outside<{ id: string }>('select * from account_for_sign_in($1)', [email]);
  if (!account) return;
  const viewer = {
    accountId: account.id,
    name: file.name,
    role: 'administrator',
    partnerId: null,
    agentId: null,
    language: 'fr',
    space: { ...space, name: file.name },
  } as const;
  await setPasswords(app, viewer, accounts, password);
}

await main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
