import type { Role } from '@app/contract';
import { SetMetadata } from '@nestjs/common';

export const ROLES = 'palier:roles';
export const ANYONE = 'palier:anyone';

/** `@Roles('manager', 'administrator')` — only these; without it, whoever is signed in. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES, roles);

/** `@Anyone()` — no session is asked for. */
export const Anyone = () => SetMetadata(ANYONE, true);
