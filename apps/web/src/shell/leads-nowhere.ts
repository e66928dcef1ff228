import { isRouteErrorResponse } from 'react-router';

/**
 * Whether a lost screen is an address that leads nowhere rather than a screen that broke.
 * @param error what useRouteError gave: null, or undefined, when nothing was thrown
 */
export function leadsNowhere(error: unknown): boolean {
  return error === undefined || error === null || (isRouteErrorResponse(error) && error.status === 404);
}
