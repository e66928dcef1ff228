import type { SpaceCalendar } from '@app/contract';
import type { Dictionary } from '../../i18n/language';

type Territory = SpaceCalendar['territory'];

const fr = {
  create: 'Nouvelle fermeture',
  none: 'Aucune fermeture à venir',
  noneHow: 'Un pont, des congés, des travaux : les dates des permanences concernées suivront.',
  space: 'Tout l’espace',
  what: 'Ce qui ferme',
  from: 'Du',
  to: 'Au (inclus)',
  cause: 'Raison',
  causeHint: 'Lue par tous : « pont de l’Ascension », « fermeture d’été ».',
  noCause: 'Fermeture',
  days: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
  edit: (name: string) => `Modifier : ${name}`,
  remove: 'Rouvrir',
  removeTitle: 'Rouvrir ces jours ?',
  removeWhy: 'Les dates que cette fermeture avait écartées sont reprises, là où leur salle est encore libre.',
  saved: 'Enregistré. Les dates suivent.',
  removed: 'Ces jours sont rouverts.',
  looking: 'Palier regarde ce que cela change…',
  nothing: 'Aucune date de permanence, aucun rendez-vous ne change.',
  dates: (count: number) => (count > 1 ? `${count} dates changent` : '1 date change'),
  people: (count: number) =>
    count > 1
      ? `${count} personnes y ont rendez-vous : elles passeront dans « À régler ».`
      : '1 personne y a rendez-vous : elle passera dans « À régler ».',
  others: (count: number) =>
    count > 1 ? `et ${count} dates d’un service confidentiel` : 'et 1 date d’un service confidentiel',
  more: (count: number) => (count > 1 ? `et ${count} autres` : 'et 1 autre'),
  becomes: {
    held: 'a lieu',
    moved: 'a lieu',
    'without-room': 'a lieu, sans bureau : à régler',
    skipped: 'n’a pas lieu',
    cancelled: 'annulée',
  },
  insteadOf: (day: string) => `au lieu du ${day}`,
  booked: (count: number) => (count > 1 ? `${count} personnes` : '1 personne'),
  calendar: 'Jours fériés et vacances scolaires',
  territory: 'Jours fériés',
  sameAsSpace: 'Comme l’espace',
  territoryOf: (site: string) => `Jours fériés, ${site}`,
  schoolZone: 'Zone des vacances scolaires',
  noZone: 'Pas encore dite',
  noZoneHow: 'Tant que la zone n’est pas dite, une date qui dépend des vacances scolaires est marquée « à vérifier ».',
  zone: (zone: string) => `Zone ${zone}`,
  verifiedUntil: (day: string) =>
    `Calendrier officiel jusqu’au ${day}. Au-delà, les dates sont marquées « à vérifier ».`,
  period: (name: string, from: string, to: string | null) => `${name} : ${to ? `${from} – ${to}` : `dès le ${from}`}`,
  toCheck: 'à vérifier',
  territories: {
    metropole: 'France métropolitaine',
    'alsace-moselle': 'Alsace-Moselle',
    guadeloupe: 'Guadeloupe',
    guyane: 'Guyane',
    martinique: 'Martinique',
    mayotte: 'Mayotte',
    reunion: 'La Réunion',
    'saint-barthelemy': 'Saint-Barthélemy',
    'saint-martin': 'Saint-Martin',
  } satisfies Record<Territory, string>,
};

const en: typeof fr = {
  create: 'New closure',
  none: 'No closure to come',
  noneHow: 'A long weekend, holidays, works: the dates of the permanences concerned will follow.',
  space: 'The whole space',
  what: 'What closes',
  from: 'From',
  to: 'To (included)',
  cause: 'Reason',
  causeHint: 'Read by everyone: “Ascension bridge day”, “summer closure”.',
  noCause: 'Closed',
  days: (from, to) => (from === to ? from : `${from} – ${to}`),
  edit: (name) => `Change: ${name}`,
  remove: 'Open again',
  removeTitle: 'Open these days again?',
  removeWhy: 'The dates this closure had set aside are held again, where their room is still free.',
  saved: 'Saved. The dates follow.',
  removed: 'These days are open again.',
  looking: 'Palier is looking at what this changes…',
  nothing: 'No date of a permanence and no appointment changes.',
  dates: (count) => (count > 1 ? `${count} dates change` : '1 date changes'),
  people: (count) =>
    count > 1
      ? `${count} people have an appointment then: they will go to “To settle”.`
      : '1 person has an appointment then and will go to “To settle”.',
  others: (count) =>
    count > 1 ? `and ${count} dates of a confidential service` : 'and 1 date of a confidential service',
  more: (count) => (count > 1 ? `and ${count} others` : 'and 1 other'),
  becomes: {
    held: 'is held',
    moved: 'is held',
    'without-room': 'is held without a room, to be settled',
    skipped: 'is not held',
    cancelled: 'cancelled',
  },
  insteadOf: (day) => `instead of ${day}`,
  booked: (count) => (count > 1 ? `${count} people` : '1 person'),
  calendar: 'Public holidays and school holidays',
  territory: 'Public holidays',
  sameAsSpace: 'As the space',
  territoryOf: (site) => `Public holidays, ${site}`,
  schoolZone: 'Zone of the school holidays',
  noZone: 'Not said yet',
  noZoneHow: 'Until the zone is said, a date that depends on school holidays is marked “to check”.',
  zone: (zone) => `Zone ${zone}`,
  verifiedUntil: (day) => `Official calendar until ${day}. Later dates are marked “to check”.`,
  period: (name, from, to) => `${name}: ${to ? `${from} – ${to}` : `from ${from}`}`,
  toCheck: 'to check',
  territories: {
    metropole: 'Mainland France',
    'alsace-moselle': 'Alsace-Moselle',
    guadeloupe: 'Guadeloupe',
    guyane: 'French Guiana',
    martinique: 'Martinique',
    mayotte: 'Mayotte',
    reunion: 'Réunion',
    'saint-barthelemy': 'Saint Barthélemy',
    'saint-martin': 'Saint Martin',
  },
};

export const closureWords: Dictionary<typeof fr> = { fr, en };
