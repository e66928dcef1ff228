import { fileURLToPath } from 'node:url';

/** The folder of this copy of the project, without a trailing slash. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
