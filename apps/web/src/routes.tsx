import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { Lost } from './shell/lost';
import { Root } from './shell/root';
import { Shell } from './shell/shell';

/** Each screen is fetched when it is first opened. */
const screen = (load: () => Promise<ComponentType>) => async () => ({ Component: await load() });

export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: Lost,
    children: [
      { path: 'connexion', lazy: screen(async () => (await import('./screens/sign-in/sign-in')).SignIn) },
      { path: 'mot-de-passe', lazy: screen(async () => (await import('./screens/sign-in/new-password')).NewPassword) },
      {
        Component: Shell,
        children: [
          {
            ErrorBoundary: Lost,
            children: [{ path: '*', Component: Lost }],
          },
        ],
      },
    ],
  },
]);
