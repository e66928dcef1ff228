import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { Lost } from './shell/lost';
import { Root } from './shell/root';
import { Shell } from './shell/shell';
import { Loading } from './ui/page';

/** Each screen is fetched when it is first opened. */
const screen = (load: () => Promise<ComponentType>) => async () => ({ Component: await load() });

export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: Lost,
    HydrateFallback: Loading,
    children: [
      { path: 'connexion', lazy: screen(async () => (await import('./screens/sign-in/sign-in')).SignIn) },
      { path: 'mot-de-passe', lazy: screen(async () => (await import('./screens/sign-in/new-password')).NewPassword) },
      { path: 'premiers-pas', lazy: screen(async () => (await import('./screens/setup/setup')).Setup) },
      {
        Component: Shell,
        children: [
          {
            ErrorBoundary: Lost,
            children: [
              { index: true, lazy: screen(async () => (await import('./screens/today/today')).Today) },
              { path: 'creneaux', lazy: screen(async () => (await import('./screens/find/find')).Find) },
              { path: 'planning', lazy: screen(async () => (await import('./screens/planning/planning')).Planning) },
              { path: 'a-regler', lazy: screen(async () => (await import('./screens/to-settle/to-settle')).ToSettle) },
              {
                path: 'permanences',
                children: [
                  {
                    index: true,
                    lazy: screen(async () => (await import('./screens/permanences/permanences')).Permanences),
                  },
                  {
                    path: 'nouvelle',
                    lazy: screen(async () => (await import('./screens/permanences/edit')).NewPermanence),
                  },
                  {
                    path: 'nouvelle/calendrier',
                    lazy: screen(async () => (await import('./screens/imports/chosen')).NewFromCalendar),
                  },
                  { path: 'importer', lazy: screen(async () => (await import('./screens/imports/import')).Import) },
                  {
                    path: ':id/calendrier/:subscriptionId',
                    lazy: screen(async () => (await import('./screens/imports/chosen')).TakeUpChange),
                  },
                  {
                    path: ':id',
                    lazy: screen(async () => (await import('./screens/permanences/permanence')).Permanence),
                  },
                  {
                    path: ':id/modifier',
                    lazy: screen(async () => (await import('./screens/permanences/edit')).EditPermanence),
                  },
                ],
              },
              { path: 'feuille', lazy: screen(async () => (await import('./screens/sheet/sheet')).Sheet) },
              { path: 'messages', lazy: screen(async () => (await import('./screens/messages/messages')).Messages) },
              {
                path: 'liste-attente',
                lazy: screen(async () => (await import('./screens/waiting/waiting')).WaitingScreen),
              },
              { path: 'usagers', lazy: screen(async () => (await import('./screens/usagers/usagers')).Usagers) },
              { path: 'usagers/:id', lazy: screen(async () => (await import('./screens/usagers/usager')).Usager) },
              {
                path: 'rendez-vous/:id/imprimer',
                lazy: screen(async () => (await import('./screens/slip/slip')).Slip),
              },
              { path: 'seances/:id/emargement', lazy: screen(async () => (await import('./screens/roll/roll')).Roll) },
              { path: 'reglages/*', lazy: screen(async () => (await import('./screens/settings/settings')).Settings) },
              { path: '*', Component: Lost },
            ],
          },
        ],
      },
    ],
  },
]);
