import { expect, it } from '@jest/globals';
import { sayUses } from './wording';

it('what still uses a room is named when it is published, counted otherwise', () => {
  const uses = [
    { what: 'permanence' as const, name: 'Point conseil budget', howMany: 1 },
    { what: 'permanence' as const, name: null, howMany: 2 },
    { what: 'appointment' as const, name: null, howMany: 1 },
  ];
  expect(sayUses(uses, 'fr')).toBe(
    'Encore utilisé par : la permanence « Point conseil budget », 2 permanences, 1 rendez-vous à venir.',
  );
  expect(sayUses(uses, 'en')).toBe(
    'Still used by: the session “Point conseil budget”, 2 sessions, 1 appointment to come.',
  );
});
