import type { Environment } from '@config';
import { type DynamicModule, Global, Module } from '@nestjs/common';

/** `@Inject(ENVIRONMENT) environment: Environment` — the settings, parsed once. */
export const ENVIRONMENT = Symbol('environment');

@Global()
@Module({})
export class EnvironmentModule {
  static of(environment: Environment): DynamicModule {
    return {
      module: EnvironmentModule,
      providers: [{ provide: ENVIRONMENT, useValue: environment }],
      exports: [ENVIRONMENT],
    };
  }
}
