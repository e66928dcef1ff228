import { AccountsModule } from '@app/accounts';
import { CalendarsModule } from '@app/calendars';
import { PersistenceModule } from '@app/persistence';
import { WaitingModule } from '@app/waiting';
import { BadSettings, type Environment } from '@config';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccountsRoutes } from './accounts/accounts.routes';
import { BookingRoutes } from './booking/booking.routes';
import { ClosuresRoutes } from './closures/closures.routes';
import { CalendarsRoutes } from './calendars/calendars.routes';
import { ConflictsRoutes } from './conflicts/conflicts.routes';
import { DirectoryRoutes } from './directory/directory.routes';
import { EnvironmentModule } from './environment.module';
import { FrontDeskRoutes } from './front-desk/front-desk.routes';
import { HealthRoutes } from './health/health.routes';
import { ProblemFilter } from './http/problem.filter';
import { SessionGuard } from './http/session.guard';
import { ValidationPipe } from './http/validation.pipe';
import { LiveRoutes } from './live/live.routes';
import { PermanencesRoutes } from './permanences/permanences.routes';
import { PublicRoutes } from './public/public.routes';
import { RemindersRoutes } from './reminders/reminders.routes';
import { RoomsRoutes } from './rooms/rooms.routes';
import { SelfServiceRoutes } from './self-service/self-service.routes';
import { SetupRoutes } from './setup/setup.routes';
import { WaitingRoutes } from './waiting/waiting.routes';

/** The routes of each area, on one line each. */
const ROUTES: NonNullable<DynamicModule['imports']> = [
  AccountsRoutes,
  BookingRoutes,
  CalendarsRoutes,
  ClosuresRoutes,
  ConflictsRoutes,
  DirectoryRoutes,
  FrontDeskRoutes,
  HealthRoutes,
  LiveRoutes,
  PermanencesRoutes,
  PublicRoutes,
  RemindersRoutes,
  RoomsRoutes,
  SelfServiceRoutes,
  SetupRoutes,
  WaitingRoutes,
];

@Module({})
export class AppModule {
  /** @throws BadSettings without DATABASE_APP_URL */
  static of(environment: Environment): DynamicModule {
    if (!environment.databaseAppUrl) {
      throw new BadSettings([
        {
          fr: 'DATABASE_APP_URL manque : l’api s’y connecte.',
          en: 'DATABASE_APP_URL is missing: the api connects to it.',
        },
      ]);
    }
    return {
      module: AppModule,
      imports: [
        EnvironmentModule.of(environment),
        PersistenceModule.forRoot({
          url: environment.databaseAppUrl,
          clockOffsetMs: environment.clockOffsetMs,
          name: 'palier-api',
        }),
        AccountsModule.forRoot(environment),
        CalendarsModule.forRoot(environment),
        WaitingModule.forRoot(environment),
        ...ROUTES,
      ],
      providers: [
        { provide: APP_GUARD, useClass: SessionGuard },
        { provide: APP_PIPE, useClass: ValidationPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
