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
            children: [
              { index: true, lazy: screen(async () => (await import('./screens/today/today')).Today) },
              { path: 'creneaux', lazy: screen(async () => (await import('./screens/find/find')).Find) },
              { path: 'a-regler', lazy: screen(async () => (await import('./screens/to-settle/to-settle')).ToSettle) },
              { path: '*', Component: Lost },
            ],
          },
        ],
      },
    ],
  },
]);
