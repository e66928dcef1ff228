import { describe, expect, test } from '@jest/globals';
import { plainDate } from '@app/time';
import type { ReadRule } from './reading';
import { readWording } from './read-wording';

const today = plainDate('2027-01-01');

/** A rule in one line: what repeats, its hours, then only what is said besides. */
function inShort(rule: ReadRule): string {
  return [
    rule.rrule?.replace('FREQ=', '').replace('BYDAY=', ''),
    `${rule.start}-${rule.end}`,
    rule.mode === 'unspecified' ? '' : rule.mode,
    rule.parity,
    rule.site && `@${rule.site}`,
    rule.firstDate && `from ${rule.firstDate}`,
    rule.schoolHolidays && `school ${rule.schoolHolidays.effect}`,
    rule.publicHolidays === 'skip' ? '' : `holidays ${rule.publicHolidays}`,
    ...rule.withoutDates.map(({ first, last }) => `without ${first}/${last}`),
  ]
    .filter(Boolean)
    .join(' ');
}

describe('a wording that says everything, read on 1 January 2027', () => {
  test.each<[phrase: string, ...rules: string[]]>([
    ['Le mardi de 9h à 12h', 'WEEKLY;TU 09:00-12:00'],
    ['Permanence tous les jeudis, 14h-17h', 'WEEKLY;TH 14:00-17:00'],
    ['Lun. et jeu. 9h–12h', 'WEEKLY;MO,TH 09:00-12:00'],
    ['lundis & mercredis : 13h30 → 17h', 'WEEKLY;MO,WE 13:30-17:00'],
    ['Le premier et le troisième lundi de chaque mois de 14 h à 16 h 30', 'MONTHLY;1MO,3MO 14:00-16:30'],
    ['1er, 3e et 5e mardis, 10h-12h, sur RDV', 'MONTHLY;1TU,3TU,5TU 10:00-12:00 appointment'],
    ['Le dernier vendredi du mois de midi à 14h', 'MONTHLY;-1FR 12:00-14:00'],
    ["L'avant-dernier mercredi du mois de 9h à 11h", 'MONTHLY;-2WE 09:00-11:00'],
    [
      'Semaines paires : lundi de 9h à 12h. Semaines impaires : jeudi de 14h à 17h.',
      'WEEKLY;MO 09:00-12:00 even',
      'WEEKLY;TH 14:00-17:00 odd',
    ],
    ['Le jeudi des semaines impaires de 9h30 à 12h', 'WEEKLY;TH 09:30-12:00 odd'],
    [
      'En semaine paire, le mardi de 14h à 16h ; en semaine impaire, le vendredi de 10h à 12h',
      'WEEKLY;TU 14:00-16:00 even',
      'WEEKLY;FR 10:00-12:00 odd',
    ],
    ['Un jeudi sur deux à partir du 7 janvier 2027, de 14h à 17h', 'WEEKLY;INTERVAL=2;TH 14:00-17:00 from 2027-01-07'],
    [
      'Un jeudi sur deux (prochaine date : jeudi 7 janvier 2027) de 14h à 17h',
      'WEEKLY;INTERVAL=2;TH 14:00-17:00 from 2027-01-07',
    ],
    [
      'toutes les six semaines le mardi de 10h à 12h à partir du 12 janvier 2027',
      'WEEKLY;INTERVAL=6;TU 10:00-12:00 from 2027-01-12',
    ],
    ['Tous les mardis de 9h à 12h sauf août', 'WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;TU 09:00-12:00'],
    ['Tous les mardis de 9h à 12h, sauf en juillet et août', 'WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;TU 09:00-12:00'],
    ['Tous les mardis de 9h à 12h hors vacances scolaires (zone C)', 'WEEKLY;TU 09:00-12:00 school skip'],
    ['le vendredi 9h-12h, sauf jours fériés', 'WEEKLY;FR 09:00-12:00'],
    ['Le mercredi de 14h à 17h, de septembre à juin', 'WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;WE 14:00-17:00'],
    [
      'le mercredi de 14h à 17h du 15 septembre 2026 au 30 juin 2027',
      'WEEKLY;UNTIL=20270630;WE 14:00-17:00 from 2026-09-16',
    ],
    ['Le mercredi de 14h à 17h à partir du 15 octobre', 'WEEKLY;WE 14:00-17:00 from 2027-10-20'],
    [
      'Les mercredis 13 janvier, 10 février et 10 mars 2027 de 14h à 16h',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=13 14:00-16:00 from 2027-01-13',
      'YEARLY;COUNT=1;BYMONTH=2;BYMONTHDAY=10 14:00-16:00 from 2027-02-10',
      'YEARLY;COUNT=1;BYMONTH=3;BYMONTHDAY=10 14:00-16:00 from 2027-03-10',
    ],
    [
      'Les 12, 19 et 26 janvier 2027 de 9h à 12h',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=12 09:00-12:00 from 2027-01-12',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=19 09:00-12:00 from 2027-01-19',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=26 09:00-12:00 from 2027-01-26',
    ],
    ['le 15 de chaque mois de 9h à 12h', 'MONTHLY;BYMONTHDAY=15 09:00-12:00'],
    ['le 1er et le 15 du mois, de 10h à 11h', 'MONTHLY;BYMONTHDAY=1,15 10:00-11:00'],
    [
      'lundi 9h-12h, mardi 14h-17h, sur rendez-vous',
      'WEEKLY;MO 09:00-12:00 appointment',
      'WEEKLY;TU 14:00-17:00 appointment',
    ],
    [
      'Sur rendez-vous : lundi 9h-12h et jeudi 14h-17h',
      'WEEKLY;MO 09:00-12:00 appointment',
      'WEEKLY;TH 14:00-17:00 appointment',
    ],
    [
      'Lundi 9h-12h (sans rdv), jeudi 14h-17h (sur rdv)',
      'WEEKLY;MO 09:00-12:00 walk-in',
      'WEEKLY;TH 14:00-17:00 appointment',
    ],
    ['tous les jours de 9h à 18h sauf le dimanche', 'WEEKLY;MO,TU,WE,TH,FR,SA 09:00-18:00'],
    ['Du lundi au vendredi de 9h à 17h sauf le mercredi', 'WEEKLY;MO,TU,TH,FR 09:00-17:00'],
    [
      'Du lundi au jeudi de 9h à 12h et de 14h à 17h, le vendredi de 9h à 12h',
      'WEEKLY;MO,TU,WE,TH 09:00-12:00',
      'WEEKLY;MO,TU,WE,TH 14:00-17:00',
      'WEEKLY;FR 09:00-12:00',
    ],
    ['le premier lundi de janvier, avril, juillet et octobre de 9h à 12h', 'MONTHLY;BYMONTH=1,4,7,10;1MO 09:00-12:00'],
    ['Le jeudi suivant le 1er mardi du mois, de 14h à 16h', 'MONTHLY;BYMONTHDAY=3,4,5,6,7,8,9;TH 14:00-16:00'],
    ['Tous les lundis de 9h à 12h à la Maison pour tous', 'WEEKLY;MO 09:00-12:00 @Maison pour tous'],
    [
      'Au CCAS le lundi de 9h à 12h, à la mairie le jeudi de 14h à 17h',
      'WEEKLY;MO 09:00-12:00 @CCAS',
      'WEEKLY;TH 14:00-17:00 @mairie',
    ],
    [
      'Lundi 9h-12h au 3, rue du Béarn ; jeudi 14h-17h, 4 place Nelson Mandela',
      'WEEKLY;MO 09:00-12:00 @3, rue du Béarn',
      'WEEKLY;TH 14:00-17:00 @4 place Nelson Mandela',
    ],
    ['Le jeudi de 9h à 12h, tél. 01 46 87 00 00', 'WEEKLY;TH 09:00-12:00'],
    ['Sur rendez-vous au 01.46.87.12.34, le lundi de 9 h à 12 h', 'WEEKLY;MO 09:00-12:00 appointment'],
    ['mecredi de 9h a 12h', 'WEEKLY;WE 09:00-12:00'],
    ['vendrdi 14h-17h', 'WEEKLY;FR 14:00-17:00'],
    ['Lundi, mardi et jeudi : 9h30/12h30 - 14h/17h', 'WEEKLY;MO,TU,TH 09:30-12:30', 'WEEKLY;MO,TU,TH 14:00-17:00'],
    ['9h-12h le lundi et 14h-17h le jeudi', 'WEEKLY;MO 09:00-12:00', 'WEEKLY;TH 14:00-17:00'],
    ['De 9h à 12h : lundi, mardi, jeudi', 'WEEKLY;MO,TU,TH 09:00-12:00'],
    ['de 9 à 12 h et de 14 à 17 h le mardi', 'WEEKLY;TU 09:00-12:00', 'WEEKLY;TU 14:00-17:00'],
    ['Samedi matin de 9h30 à 12h30, 1er et 3e samedis du mois uniquement', 'MONTHLY;1SA,3SA 09:30-12:30'],
    [
      'Permanence juridique gratuite : 2e et 4e mardi du mois, 17h30-19h30, sans rendez-vous, salle 2',
      'MONTHLY;2TU,4TU 17:30-19:30 walk-in @salle 2',
    ],
    [
      'Point conseil budget, tous les 15 jours le mardi, 9h-12h, dès le 5 janvier 2027',
      'WEEKLY;INTERVAL=2;TU 09:00-12:00 from 2027-01-05',
    ],
    [
      'une semaine sur deux, le lundi et le mardi de 9h à 11h, à compter du 4 janvier 2027',
      'WEEKLY;INTERVAL=2;MO,TU 09:00-11:00 from 2027-01-04',
    ],
    ["Réunion d'information collective le 2e mardi du mois de 17h à 18h30", 'MONTHLY;2TU 17:00-18:30 group'],
    [
      'Lundi : fermé. Mardi au vendredi : 9h-17h. Samedi : 9h-12h.',
      'WEEKLY;TU,WE,TH,FR 09:00-17:00',
      'WEEKLY;SA 09:00-12:00',
    ],
    ['Fermé le lundi, ouvert du mardi au samedi de 10h à 18h', 'WEEKLY;TU,WE,TH,FR,SA 10:00-18:00'],
    [
      'Ouvert du lundi au vendredi de 8h30 à 17h30 sans interruption, fermé les jours fériés',
      'WEEKLY;MO,TU,WE,TH,FR 08:30-17:30',
    ],
    ['le week-end de 10h à 12h', 'WEEKLY;SA,SU 10:00-12:00'],
    ['Lun-Ven 9h-17h', 'WEEKLY;MO,TU,WE,TH,FR 09:00-17:00'],
    ['Mo-Fr 09:00-12:00,14:00-17:00', 'WEEKLY;MO,TU,WE,TH,FR 09:00-12:00', 'WEEKLY;MO,TU,WE,TH,FR 14:00-17:00'],
    ['Jeudi 14h/17h (hors vacances)', 'WEEKLY;TH 14:00-17:00 school skip'],
    [
      'Pendant les vacances scolaires : du lundi au vendredi de 10h à 12h',
      'WEEKLY;MO,TU,WE,TH,FR 10:00-12:00 school only',
    ],
    ['Le 1er lundi du mois de 9h à 12h, reporté au lendemain si férié', 'MONTHLY;1MO 09:00-12:00 holidays move'],
    [
      'le lundi de 9h à 12h sauf le 24 décembre et le 31 décembre',
      'WEEKLY;MO 09:00-12:00 without 2027-12-24/2027-12-24 without 2027-12-31/2027-12-31',
    ],
    ['Le lundi de 9h à 12h, sauf du 1er au 15 août', 'WEEKLY;MO 09:00-12:00 without 2027-08-01/2027-08-15'],
    ['Lundi de 9 heures à 12 heures trente', 'WEEKLY;MO 09:00-12:30'],
    ['mardi de quatorze heures à seize heures', 'WEEKLY;TU 14:00-16:00'],
    ['les lundis et les mercredis, de 9h à midi', 'WEEKLY;MO,WE 09:00-12:00'],
    ['Chaque jeudi après-midi, de 14h à 17h, bureau 12, 2e étage', 'WEEKLY;TH 14:00-17:00'],
    ['Mardi 9h-12h pour les 16-25 ans', 'WEEKLY;TU 09:00-12:00'],
    ['CPAM : mardi 9h-12h ; CAF : jeudi 9h-12h', 'WEEKLY;TU 09:00-12:00 @CPAM', 'WEEKLY;TH 09:00-12:00 @CAF'],
    [
      'Lundi et mardi matin : 9h-12h. Jeudi après-midi : 14h-17h. Sur rendez-vous.',
      'WEEKLY;MO,TU 09:00-12:00 appointment',
      'WEEKLY;TH 14:00-17:00 appointment',
    ],
    [
      'Mercredi 14 h – 17 h (accès libre) et 17 h – 19 h (sur inscription)',
      'WEEKLY;WE 14:00-17:00 walk-in',
      'WEEKLY;WE 17:00-19:00 appointment',
    ],
    [
      'le 12/01/2027 et le 09/02/2027 de 9h à 12h',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=12 09:00-12:00 from 2027-01-12',
      'YEARLY;COUNT=1;BYMONTH=2;BYMONTHDAY=9 09:00-12:00 from 2027-02-09',
    ],
    ['jeudi 20h-22h', 'WEEKLY;TH 20:00-22:00'],
    ['Mardi 8 h 30 à 12 h, mercredi 13 h 30 à 17 h 15', 'WEEKLY;TU 08:30-12:00', 'WEEKLY;WE 13:30-17:15'],
    [
      'Lundi : 9h - 12h , 14h - 17h | Mardi : 9h - 12h',
      'WEEKLY;MO 09:00-12:00',
      'WEEKLY;MO 14:00-17:00',
      'WEEKLY;TU 09:00-12:00',
    ],
    [
      '1er jeudi matin du mois 9h-12h et 3ème jeudi après-midi 14h-17h',
      'MONTHLY;1TH 09:00-12:00',
      'MONTHLY;3TH 14:00-17:00',
    ],
    ['les 1er et 3e lundis et jeudis du mois de 9h à 12h', 'MONTHLY;1MO,1TH,3MO,3TH 09:00-12:00'],
    ['le 1er lundi et le 3e jeudi du mois de 9h à 12h', 'MONTHLY;1MO,3TH 09:00-12:00'],
    ['Toutes les semaines le mardi de 9h à 12h', 'WEEKLY;TU 09:00-12:00'],
    ['Chaque semaine, mardi et jeudi, 10h-12h', 'WEEKLY;TU,TH 10:00-12:00'],
    ['mensuel, le 2e lundi, de 9h à 10h', 'MONTHLY;2MO 09:00-10:00'],
    ['Le mardi de 9h à 12h uniquement en période scolaire', 'WEEKLY;TU 09:00-12:00 school skip'],
    ['le mardi de 9h à 12h, y compris pendant les vacances scolaires', 'WEEKLY;TU 09:00-12:00'],
    ["Le lundi de 9h à 12h jusqu'au 30 juin 2027", 'WEEKLY;UNTIL=20270630;MO 09:00-12:00'],
    ["Le lundi de 9h à 12h jusqu'à fin juin", 'WEEKLY;UNTIL=20270630;MO 09:00-12:00'],
    ['le 2 février 2027 de 14h à 17h', 'YEARLY;COUNT=1;BYMONTH=2;BYMONTHDAY=2 14:00-17:00 from 2027-02-02'],
    [
      'Consultation juridique, jeudi 7 et 21 janvier 2027, 9h-12h',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=7 09:00-12:00 from 2027-01-07',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=21 09:00-12:00 from 2027-01-21',
    ],
    [
      'En semaine paire, le mardi de 14h à 16h, en semaine impaire, le vendredi de 10h à 12h',
      'WEEKLY;TU 14:00-16:00 even',
      'WEEKLY;FR 10:00-12:00 odd',
    ],
    [
      'du lundi au vendredi de 9h à 12h, tous les après-midis de 14h à 17h sur rendez-vous',
      'WEEKLY;MO,TU,WE,TH,FR 09:00-12:00 walk-in',
      'WEEKLY;MO,TU,WE,TH,FR 14:00-17:00 appointment',
    ],
    ['mardi de quatorze heures à seize heures trente', 'WEEKLY;TU 14:00-16:30'],
    ['Mme Martin vous reçoit le mardi de 9h à 12h en mairie', 'WEEKLY;TU 09:00-12:00 @mairie'],
    [
      "L'écrivain public tient sa permanence tous les mercredis matin de 9 h à 11 h 30 à la médiathèque, sans rendez-vous.",
      'WEEKLY;WE 09:00-11:30 walk-in @médiathèque',
    ],
    [
      'Conciliateur de justice : 1er et 3e mercredi du mois, de 14h à 17h, sur rendez-vous au 01 45 60 18 00',
      'MONTHLY;1WE,3WE 14:00-17:00 appointment',
    ],
    [
      'Assistante sociale de la CARSAT : le 2ème jeudi du mois, 9h - 12h, uniquement sur RDV (3646)',
      'MONTHLY;2TH 09:00-12:00 appointment',
    ],
    ['ADIL 94 : 4e mardi de chaque mois, 9h-12h. RDV obligatoire.', 'MONTHLY;4TU 09:00-12:00 appointment'],
    [
      'Mission locale : lundi, mardi, jeudi et vendredi 9h-12h30 / 13h30-17h30 ; mercredi 13h30-17h30',
      'WEEKLY;MO,TU,TH,FR 09:00-12:30',
      'WEEKLY;MO,TU,TH,FR 13:30-17:30',
      'WEEKLY;WE 13:30-17:30',
    ],
    [
      'PIMMS : mardi 9h-12h et 13h30-17h – jeudi 9h-12h',
      'WEEKLY;TU 09:00-12:00',
      'WEEKLY;TU 13:30-17:00',
      'WEEKLY;TH 09:00-12:00',
    ],
    [
      'Croix-Rouge : les mercredis de 14h à 17h (fermé en août)',
      'WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;WE 14:00-17:00',
    ],
    ['Secours populaire : vendredi 14h-17h, fermé pendant les vacances scolaires', 'WEEKLY;FR 14:00-17:00 school skip'],
    [
      'CIDFF : mardi 9h-12h (semaines paires) et jeudi 14h-17h (semaines impaires)',
      'WEEKLY;TU 09:00-12:00 even',
      'WEEKLY;TH 14:00-17:00 odd',
    ],
    [
      'UDAF : premier lundi du mois 14h-17h (sauf juillet et août) sur rdv',
      'MONTHLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;1MO 14:00-17:00 appointment @UDAF',
    ],
    [
      'Resto du coeur : mardi et vendredi, 8h30 à 11h30, de novembre à mars',
      'WEEKLY;BYMONTH=1,2,3,11,12;TU,FR 08:30-11:30',
    ],
    [
      'Ouvert lundi mardi jeudi vendredi 8h30-12h 13h30-17h et mercredi 8h30-12h',
      'WEEKLY;MO,TU,TH,FR 08:30-12:00',
      'WEEKLY;MO,TU,TH,FR 13:30-17:00',
      'WEEKLY;WE 08:30-12:00',
    ],
    [
      'Lundi 08h30-12h00 13h30-17h00, mardi 08h30-12h00, mercredi fermé, jeudi 08h30-12h00 13h30-17h00',
      'WEEKLY;MO 08:30-12:00',
      'WEEKLY;MO 13:30-17:00',
      'WEEKLY;TU 08:30-12:00',
      'WEEKLY;TH 08:30-12:00',
      'WEEKLY;TH 13:30-17:00',
    ],
    ['Lu Ma Je Ve 9h-12h', 'WEEKLY;MO,TU,TH,FR 09:00-12:00'],
    ['lun, mar, jeu : 9:00 – 12:00', 'WEEKLY;MO,TU,TH 09:00-12:00'],
    ['LES 1ERS ET 3EMES MARDIS DU MOIS DE 9H A 12H', 'MONTHLY;1TU,3TU 09:00-12:00'],
    ['Tous les 1ers mardis de 14h00 à 16h00', 'MONTHLY;1TU 14:00-16:00'],
    ['chaque premier samedi du mois, 10h-12h', 'MONTHLY;1SA 10:00-12:00'],
    ['le 1er samedi de chaque mois sauf en août 10h-12h', 'MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;1SA 10:00-12:00'],
    ["Le mardi de 9h à 12h, à l'exception du mois d'août", 'WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;TU 09:00-12:00'],
    [
      'Du mardi au samedi, 10h-12h30 et 14h-18h, fermé le samedi après-midi',
      'WEEKLY;TU,WE,TH,FR,SA 10:00-12:30',
      'WEEKLY;TU,WE,TH,FR 14:00-18:00',
    ],
    [
      'Du lundi au vendredi, 9h-12h et 14h-17h. Fermé le mercredi matin et le vendredi après-midi.',
      'WEEKLY;MO,TU,TH,FR 09:00-12:00',
      'WEEKLY;MO,TU,WE,TH 14:00-17:00',
    ],
    [
      'Le mardi, de 9h à 12h au CCAS et de 14h à 17h à la Maison des services',
      'WEEKLY;TU 09:00-12:00 @CCAS',
      'WEEKLY;TU 14:00-17:00 @Maison des services',
    ],
    [
      'mardi 9h-12h (CCAS), jeudi 14h-17h (Médiathèque)',
      'WEEKLY;TU 09:00-12:00 @CCAS',
      'WEEKLY;TH 14:00-17:00 @Médiathèque',
    ],
    [
      'Lundi : 9h-12h, mairie annexe. Jeudi : 14h-17h, centre social.',
      'WEEKLY;MO 09:00-12:00 @mairie annexe',
      'WEEKLY;TH 14:00-17:00 @centre social',
    ],
    ['Permanence téléphonique le lundi de 9h à 12h', 'WEEKLY;MO 09:00-12:00 @téléphone'],
    ['Le jeudi 14h-17h par téléphone', 'WEEKLY;TH 14:00-17:00 @téléphone'],
    ['Lundi 9h-12h. Tél. : 01 46 87 00 00 - Mail : x@y.fr', 'WEEKLY;MO 09:00-12:00'],
    [
      'les lundis 4, 11 et 18 janvier 2027, 9h-12h',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=4 09:00-12:00 from 2027-01-04',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=11 09:00-12:00 from 2027-01-11',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=18 09:00-12:00 from 2027-01-18',
    ],
    [
      'Mercredi 6 janvier, mercredi 3 février et mercredi 3 mars 2027 de 9h à 12h30',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=6 09:00-12:30 from 2027-01-06',
      'YEARLY;COUNT=1;BYMONTH=2;BYMONTHDAY=3 09:00-12:30 from 2027-02-03',
      'YEARLY;COUNT=1;BYMONTH=3;BYMONTHDAY=3 09:00-12:30 from 2027-03-03',
    ],
    ['Mardi, jeudi 9h-12h/14h-17h', 'WEEKLY;TU,TH 09:00-12:00', 'WEEKLY;TU,TH 14:00-17:00'],
    ['Deuxième et dernier jeudi, 18h-20h', 'MONTHLY;2TH,-1TH 18:00-20:00'],
    ['Le premier et dernier lundi du mois de 9h à 11h', 'MONTHLY;1MO,-1MO 09:00-11:00'],
    ['2e lundi du mois (hors juillet-août) de 17h30 à 19h', 'MONTHLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;2MO 17:30-19:00'],
    [
      '1er lundi 9h-11h, 2e mardi 14h-16h, 3e jeudi 10h-12h',
      'MONTHLY;1MO 09:00-11:00',
      'MONTHLY;2TU 14:00-16:00',
      'MONTHLY;3TH 10:00-12:00',
    ],
    [
      'toutes les 3 semaines, le jeudi, 9h-12h, à partir du 14/01/2027',
      'WEEKLY;INTERVAL=3;TH 09:00-12:00 from 2027-01-14',
    ],
    ['Le mardi 9h-12h en juillet et en août', 'WEEKLY;BYMONTH=7,8;TU 09:00-12:00'],
    ['entre midi et 14h le lundi', 'WEEKLY;MO 12:00-14:00'],
    ['De 17h à 19h les 2e et 4e mardis', 'MONTHLY;2TU,4TU 17:00-19:00'],
    ['vendredi après-midi de 14 à 17 heures', 'WEEKLY;FR 14:00-17:00'],
    ['Lundi 9h30-12h30 & 14h-17h30', 'WEEKLY;MO 09:30-12:30', 'WEEKLY;MO 14:00-17:30'],
    ['Mardi 9H00-12H00//14H00-17H00', 'WEEKLY;TU 09:00-12:00', 'WEEKLY;TU 14:00-17:00'],
    ['Samedi (1er et 3ème) de 9h à 12h', 'MONTHLY;1SA,3SA 09:00-12:00'],
    ['Le 3ème samedi matin de chaque mois de 10h à 12h', 'MONTHLY;3SA 10:00-12:00'],
    [
      'Ouverture : mardi 10h-12h, mercredi 14h-18h, pendant les vacances : mardi 14h-18h',
      'WEEKLY;TU 10:00-12:00',
      'WEEKLY;WE 14:00-18:00',
      'WEEKLY;TU 14:00-18:00 school only',
    ],
    [
      'Le lundi de 9h à 12h. Fermeture annuelle du 1er au 31 août.',
      'WEEKLY;MO 09:00-12:00 without 2027-08-01/2027-08-31',
    ],
    ['Le lundi de 9h à 12h, fermeture annuelle en août', 'WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;MO 09:00-12:00'],
    ['Lundi 9h–12h Mardi — Mercredi 14h–17h', 'WEEKLY;MO 09:00-12:00', 'WEEKLY;TU,WE 14:00-17:00'],
    ['Lundi non-stop de 9h à 18h', 'WEEKLY;MO 09:00-18:00'],
    ['mardi 9h/12h — sur RDV', 'WEEKLY;TU 09:00-12:00 appointment'],
    ['Le 14 juillet tous les ans de 10h à 12h', 'YEARLY;BYMONTH=7;BYMONTHDAY=14 10:00-12:00'],
    ['tous les lundis de janvier à mars 2027 de 9h à 12h', 'WEEKLY;UNTIL=20270331;MO 09:00-12:00 from 2027-01-04'],
    ['À partir de septembre, le mardi de 9h à 12h', 'WEEKLY;TU 09:00-12:00 from 2027-09-07'],
    ["lundis et jeudis 9h-12h jusqu'en juin", 'WEEKLY;UNTIL=20270630;MO,TH 09:00-12:00'],
    ['Tous les lundis matins de 8h45 à 11h45 sans rendez vous', 'WEEKLY;MO 08:45-11:45 walk-in'],
    ['mardis 14h à 16h 30', 'WEEKLY;TU 14:00-16:30'],
    ['Mardi & jeudi - 9 h / 12 h', 'WEEKLY;TU,TH 09:00-12:00'],
    ['le lundi de 9h00 a 12h00 et le mercredi de 13h30 a 16h30', 'WEEKLY;MO 09:00-12:00', 'WEEKLY;WE 13:30-16:30'],
    ['Lundi de 13 H 30 à 17 H 00', 'WEEKLY;MO 13:30-17:00'],
    ['le 1 er mardi du mois de 9h à 11h', 'MONTHLY;1TU 09:00-11:00'],
    ['2eme et 4eme jeudi de 14h30-16h30', 'MONTHLY;2TH,4TH 14:30-16:30'],
    ['1er vendredi de chaque mois : 9 h-11 h 30 (sur rendez-vous)', 'MONTHLY;1FR 09:00-11:30 appointment'],
    ['Le dernier mercredi de chaque mois, 18h30 à 20h, réunion collective', 'MONTHLY;-1WE 18:30-20:00 group'],
    ['permanences : mardi 14h/16h & vendredi 10h/12h', 'WEEKLY;TU 14:00-16:00', 'WEEKLY;FR 10:00-12:00'],
    [
      'du lundi au jeudi : 8h30 - 12h00 / 13h30 - 17h00 ; vendredi : 8h30 - 12h00 / 13h30 - 16h30',
      'WEEKLY;MO,TU,WE,TH 08:30-12:00',
      'WEEKLY;MO,TU,WE,TH 13:30-17:00',
      'WEEKLY;FR 08:30-12:00',
      'WEEKLY;FR 13:30-16:30',
    ],
    [
      'de 8h30 à 12h et de 13h30 à 17h du lundi au vendredi',
      'WEEKLY;MO,TU,WE,TH,FR 08:30-12:00',
      'WEEKLY;MO,TU,WE,TH,FR 13:30-17:00',
    ],
    [
      'sur rendez-vous le mardi de 9h à 12h, sans rendez-vous le jeudi de 14h à 17h',
      'WEEKLY;TU 09:00-12:00 appointment',
      'WEEKLY;TH 14:00-17:00 walk-in',
    ],
    [
      'Le jeudi : sans rendez-vous de 9h à 11h, sur rendez-vous de 14h à 17h',
      'WEEKLY;TH 09:00-11:00 walk-in',
      'WEEKLY;TH 14:00-17:00 appointment',
    ],
    [
      'jeudi 9h-11h sans rendez-vous puis 14h-17h sur rendez-vous',
      'WEEKLY;TH 09:00-11:00 walk-in',
      'WEEKLY;TH 14:00-17:00 appointment',
    ],
    [
      'mercredi 9h-12h hors vacances scolaires et vendredi 14h-17h',
      'WEEKLY;WE 09:00-12:00 school skip',
      'WEEKLY;FR 14:00-17:00',
    ],
    ['le mercredi 9h-12h hors jours fériés et vacances scolaires', 'WEEKLY;WE 09:00-12:00 school skip'],
    ['le mardi de 9h à 12h, sauf vacances scolaires et jours fériés', 'WEEKLY;TU 09:00-12:00 school skip'],
    ['du 4 janvier au 26 mars 2027, le lundi de 9h à 12h', 'WEEKLY;UNTIL=20270326;MO 09:00-12:00 from 2027-01-04'],
    ['le lundi de 9h à 12h à compter du 1er mars 2027', 'WEEKLY;MO 09:00-12:00 from 2027-03-01'],
    [
      '1er et 3e mardi, de septembre à juin, de 17h à 19h',
      'MONTHLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;1TU,3TU 17:00-19:00',
    ],
    ['Semaines impaires seulement : le lundi de 9h à 12h', 'WEEKLY;MO 09:00-12:00 odd'],
    ['Mardi semaine paire 9h-12h / semaine impaire 14h-17h', 'WEEKLY;TU 09:00-12:00 even', 'WEEKLY;TU 14:00-17:00 odd'],
    ['lundi pair 9h-12h', 'WEEKLY;MO 09:00-12:00 even'],
    ['jeudi 7 janvier 2027 puis tous les 15 jours, de 14h à 17h', 'WEEKLY;INTERVAL=2;TH 14:00-17:00 from 2027-01-07'],
    [
      'un mercredi sur trois de 9h à 12h à partir du 6 janvier 2027',
      'WEEKLY;INTERVAL=3;WE 09:00-12:00 from 2027-01-06',
    ],
    ['mardi 9h - 12h30 13h30 - 17h', 'WEEKLY;TU 09:00-12:30', 'WEEKLY;TU 13:30-17:00'],
    ['Lundi 9h.30 à 12h', 'WEEKLY;MO 09:30-12:00'],
    ['Du lundi au vendredi sauf mercredi, 9h-12h', 'WEEKLY;MO,TU,TH,FR 09:00-12:00'],
    ['Jeudi 14 janvier de 9h à 12h', 'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=14 09:00-12:00 from 2027-01-14'],
    ['les jeudis de janvier de 9h à 12h', 'WEEKLY;BYMONTH=1;TH 09:00-12:00'],
    ['tous les jours ouvrés de 9h à 12h', 'WEEKLY;MO,TU,WE,TH,FR 09:00-12:00'],
    ['en semaine de 9h à 18h, le samedi de 9h à 12h', 'WEEKLY;MO,TU,WE,TH,FR 09:00-18:00', 'WEEKLY;SA 09:00-12:00'],
    ['Tous les premiers mardis de chaque mois, 9h00>11h30', 'MONTHLY;1TU 09:00-11:30'],
    [
      'MARDI : 9H/12H SUR RDV - JEUDI : 14H/17H SANS RDV',
      'WEEKLY;TU 09:00-12:00 appointment',
      'WEEKLY;TH 14:00-17:00 walk-in',
    ],
    ['mardi 9h-12h avec ou sans rendez-vous', 'WEEKLY;TU 09:00-12:00 walk-in'],
    ['Mercredi 9h-12h (reprise le 6 janvier 2027)', 'WEEKLY;WE 09:00-12:00 from 2027-01-06'],
    ['le lundi de 9h à 12h au 2e étage de la mairie, bureau 204', 'WEEKLY;MO 09:00-12:00 @mairie'],
    ['Le lundi (hors vacances scolaires zone B) de 9h à 12h', 'WEEKLY;MO 09:00-12:00 school skip'],
    ['les mardis soir de 18h à 20h', 'WEEKLY;TU 18:00-20:00'],
    [
      'Permanence sans rendez-vous le lundi de 9h à 10h30 et de 13h30 à 17h30. Sur rendez-vous les 1er et 5e mercredis de 9h à 12h30.',
      'WEEKLY;MO 09:00-10:30 walk-in',
      'WEEKLY;MO 13:30-17:30 walk-in',
      'MONTHLY;1WE,5WE 09:00-12:30 appointment',
    ],
    ['le Mardi matin (9h-12h) et le Jeudi après-midi (14h-17h)', 'WEEKLY;TU 09:00-12:00', 'WEEKLY;TH 14:00-17:00'],
    [
      'Lundi, Mercredi, Vendredi : 9h - 12h (matin), Mardi, Jeudi : 14h - 18h (après-midi)',
      'WEEKLY;MO,WE,FR 09:00-12:00',
      'WEEKLY;TU,TH 14:00-18:00',
    ],
    [
      'du lundi au vendredi de 9h à 12h et de 14h à 17h sauf le vendredi après-midi (fermé)',
      'WEEKLY;MO,TU,WE,TH,FR 09:00-12:00',
      'WEEKLY;MO,TU,WE,TH 14:00-17:00',
    ],
    ['De 14h à 17h tous les mercredis sauf vacances scolaires', 'WEEKLY;WE 14:00-17:00 school skip'],
    ['Prendre rendez-vous au 01 46 87 00 00. Lundi 9h-12h.', 'WEEKLY;MO 09:00-12:00 appointment'],
    ['Lundi 9h-12h, rdv au 01 46 87 00 00', 'WEEKLY;MO 09:00-12:00 appointment'],
    [
      'lundi 9h-12h - mardi 14h-17h - sur rendez-vous',
      'WEEKLY;MO 09:00-12:00 appointment',
      'WEEKLY;TU 14:00-17:00 appointment',
    ],
    ['Tous les lundis (sauf fériés) de 9h à 12h', 'WEEKLY;MO 09:00-12:00'],
    ['les premier et troisième jeudis, 14h-16h30, salle du conseil, mairie', 'MONTHLY;1TH,3TH 14:00-16:30 @mairie'],
    ['1er samedi : 9h-12h ; 3e samedi : 14h-17h', 'MONTHLY;1SA 09:00-12:00', 'MONTHLY;3SA 14:00-17:00'],
    ['mardi après midi 13h30 17h00', 'WEEKLY;TU 13:30-17:00'],
    ["vendredi de 9h jusqu'à midi", 'WEEKLY;FR 09:00-12:00'],
    [
      'Le 2e et le 4e lundi : 9h-12h. Le 1er mercredi : 14h-17h.',
      'MONTHLY;2MO,4MO 09:00-12:00',
      'MONTHLY;1WE 14:00-17:00',
    ],
    ['mercredi des semaines paires, 14h-17h ; samedi 10h-12h', 'WEEKLY;WE 14:00-17:00 even', 'WEEKLY;SA 10:00-12:00'],
    ['mercredi 14h-17h semaines paires, samedi 10h-12h', 'WEEKLY;WE 14:00-17:00 even', 'WEEKLY;SA 10:00-12:00'],
    [
      'Le lundi de 9h à 12h en semaine paire et de 14h à 17h en semaine impaire',
      'WEEKLY;MO 09:00-12:00 even',
      'WEEKLY;MO 14:00-17:00 odd',
    ],
    [
      'jeudi 14h-17h (1er et 3e jeudi du mois), vendredi 9h-12h',
      'MONTHLY;1TH,3TH 14:00-17:00',
      'WEEKLY;FR 09:00-12:00',
    ],
    ['tous les mardis 14-17h (sauf le 24/12)', 'WEEKLY;TU 14:00-17:00 without 2027-12-24/2027-12-24'],
    ['Jeudis de 9h à 12h du 7 janvier au 25 mars 2027', 'WEEKLY;UNTIL=20270325;TH 09:00-12:00 from 2027-01-07'],
    [
      'La permanence a lieu le dernier lundi du mois, de 9h à 11h30, hors juillet et août.',
      'MONTHLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;-1MO 09:00-11:30',
    ],
    [
      'Prochaines dates : 12 janvier, 9 février, 9 mars 2027 de 14h à 17h',
      'YEARLY;COUNT=1;BYMONTH=1;BYMONTHDAY=12 14:00-17:00 from 2027-01-12',
      'YEARLY;COUNT=1;BYMONTH=2;BYMONTHDAY=9 14:00-17:00 from 2027-02-09',
      'YEARLY;COUNT=1;BYMONTH=3;BYMONTHDAY=9 14:00-17:00 from 2027-03-09',
    ],
    ['Ouvert 7j/7 de 8h à 20h', 'DAILY 08:00-20:00'],
    ['lundi au samedi : 9h-19h / dimanche : 9h-12h30', 'WEEKLY;MO,TU,WE,TH,FR,SA 09:00-19:00', 'WEEKLY;SU 09:00-12:30'],
    ['lundi à jeudi 9h-12h', 'WEEKLY;MO,TU,WE,TH 09:00-12:00'],
    ['Lundi mardi 9h-12h mercredi 14h-17h', 'WEEKLY;MO,TU 09:00-12:00', 'WEEKLY;WE 14:00-17:00'],
    [
      'lundi: 9h00 – 12h00 | 14h00 – 17h00, mardi: fermé, mercredi: 9h00 – 12h00',
      'WEEKLY;MO 09:00-12:00',
      'WEEKLY;MO 14:00-17:00',
      'WEEKLY;WE 09:00-12:00',
    ],
    ['horaires : lu-ve 9h-17h', 'WEEKLY;MO,TU,WE,TH,FR 09:00-17:00'],
    ['Lu-Ve 9h-17h', 'WEEKLY;MO,TU,WE,TH,FR 09:00-17:00'],
    ['Mo-Th 09:00-17:00; Fr 09:00-12:00; PH off', 'WEEKLY;MO,TU,WE,TH 09:00-17:00', 'WEEKLY;FR 09:00-12:00'],
    ['Tu,Th 14:00-18:00; SH off', 'WEEKLY;TU,TH 14:00-18:00 school skip'],
    ["le lundi à partir de 9h jusqu'à 12h", 'WEEKLY;MO 09:00-12:00'],
    [
      'entre 9h et 12h et entre 14h et 17h, le lundi et le mardi',
      'WEEKLY;MO,TU 09:00-12:00',
      'WEEKLY;MO,TU 14:00-17:00',
    ],
    ['lundi 9h à 12 h 14 h à 17 h', 'WEEKLY;MO 09:00-12:00', 'WEEKLY;MO 14:00-17:00'],
    ['lundi 9h 12h', 'WEEKLY;MO 09:00-12:00'],
    ['mi-temps le lundi 9h-12h', 'WEEKLY;MO 09:00-12:00'],
    [
      'De septembre à juin : le mardi de 9h à 12h. Juillet et août : le mardi de 9h à 11h.',
      'WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;TU 09:00-12:00',
      'WEEKLY;BYMONTH=7,8;TU 09:00-11:00',
    ],
  ])('%s', (phrase, ...rules) => {
    const reading = readWording(phrase, today);
    expect({ verdict: reading.verdict, rules: reading.rules.map(inShort) }).toEqual({ verdict: 'exact', rules });
  });
});

describe('a wording that leaves something to ask', () => {
  test.each<[phrase: string, ...about: string[]]>([
    ['le 31 du mois de 9h à 12h', 'days'],
    ['Le matin du lundi au vendredi', 'times'],
    ['mardi matin', 'times'],
    ['Du lundi au vendredi 8h30-12h et 13h30-17h (16h30 le vendredi)', 'times'],
    ['2 mercredis par mois de 9h à 12h', 'days'],
    ['deux fois par mois le lundi', 'days', 'times'],
    ['un mardi par mois de 14h à 16h', 'days'],
    ['1er mardi du trimestre de 9h à 12h', 'days'],
    ['Nouvelles Voies : un jeudi sur deux à partir de 14h, les autres jeudis à la Maison pour tous', 'anchor', 'times'],
    ['mardi 9-12', 'times'],
    ["Lundi de 9h à 12h et l'après-midi sur rendez-vous", 'times'],
    ['Mardi 13h030-15h', 'times'],
    ['Lundi 25h-26h', 'times'],
    ['lundi de 14h à 12h', 'times'],
    ['le samedi de 9h à 12h (sauf le 1er du mois)', 'other'],
    ['Tous les deux jeudis de 9h à 12h', 'anchor'],
    ['un mois sur deux, le 1er lundi, de 9h à 12h', 'anchor'],
    ['Lun – Mer : 9h-12h', 'days'],
    ['du lundi au vendredi de 9h à 12h, tous les après-midis sur rendez-vous', 'times'],
    ['lundi 9h12h', 'times'],
    ['Tous les matins de 9h à 12h', 'days'],
    ['Lundi S1 9h-12h', 'times'],
    ['le lundi des semaines 1 et 3 de 9h à 12h', 'days'],
    ['lundi 9h-12h ou 14h-17h', 'times'],
    ['Lundi de 9h à environ 12h', 'times'],
    ['En principe le lundi de 9h à 12h', 'other'],
    ['mardi 13 janvier 2027 de 14h à 17h', 'days'],
    ['lundi ou mardi 9h-12h', 'days'],
    ['Avocat : un samedi sur deux, 9h30-12h, sans RDV', 'anchor'],
    ['Permanence CAF mardi matin de 9h à 12h et jeudi toute la journée', 'times'],
    ['Tous les jeudis à 14h', 'times'],
    ['Tous les jeudis dès 14h', 'times'],
    ["le jeudi jusqu'à 17h", 'times'],
    ['1er vendredi du mois, le matin', 'times'],
    ['Mardi et jeudi de 9h à 12h, mercredi sur rendez-vous', 'times'],
    ['mardi : 9h - 12h et 14h - 17h (sauf vacances scolaires : 9h - 12h)', 'times'],
    ['lundi au vendredi, 9h-17h, sauf le mardi (14h-17h)', 'times'],
    ['Le lundi et le jeudi, matin et après-midi', 'times'],
    ['Tous les lundis, sauf le premier du mois, de 9h à 12h', 'other'],
    ["mardi de 9h à 12h et de 14h à 16h30 uniquement sur rendez-vous l'après-midi", 'times'],
    ['1 mercredi sur 2 de 9h à 12h', 'anchor'],
    ['1 semaine/2 le mardi 9h-12h', 'anchor'],
    ['du 1er au 15 de chaque mois, le lundi de 9h à 12h', 'times'],
    ['tous les trois mois le premier mardi de 9h à 12h', 'anchor'],
    ['lundi midi', 'times'],
    ['Tous les samedis matins sauf le dernier du mois de 10h à 12h', 'other'],
    ['une permanence le mardi', 'times'],
    ['mardi 9h à 12h et jeudi idem', 'other', 'times'],
    ['un vendredi sur 2 14h-17h', 'anchor'],
    ['une semaine sur 2 : mardi 9h-12h', 'anchor'],
    ['tous les quinze jours le lundi de 9h à 12h', 'anchor'],
    ['3 fois par semaine de 9h à 12h', 'days'],
    ['plusieurs mardis par mois de 9h à 12h', 'days', 'other'],
    ['première semaine du mois, le mardi 9h-12h', 'days'],
    ['mardi 9h-12h sauf exception', 'other'],
    ['le mardi vers 14h', 'times'],
    ['mardi 9h30 - ?', 'times'],
    ['Lundi : 9h-12h/14h-17h, Mardi : 9h-12h, Mercredi : -, Jeudi : 14h-17h', 'times'],
    ['Lundi 09.30-12.30', 'other', 'times'],
    ['lundi, 9h à 12h et 13h à 16h ; mardi idem', 'other', 'times'],
    ['le 1er mardi et le 3e jeudi du mois, respectivement de 9h à 12h et de 14h à 17h', 'other'],
    ['le mardi et un jeudi sur deux de 9h à 12h', 'anchor'],
    ['samedi 10h-12h tous les mois', 'days'],
    ['Lundi 24h/24', 'times'],
    ['24h/24 7j/7', 'times'],
    ['lundi 9h-12h et 11h-14h', 'times'],
    ['lundi 8h30 - 12h00 et 13h30 - 17h00 sauf le 1er lundi du mois', 'other'],
    ['nuit du lundi au mardi 22h-6h', 'times'],
    ['du lundi au vendredi de 9h à 12h, et de 14h à 17h sauf le vendredi', 'days'],
    ['RDV possibles le mardi de 9h à 12h', 'mode'],
    ['Deux lundis par mois, de 9h à 12h : les 1er et 3e', 'days'],
    ['1 fois par mois, le 2e jeudi, de 14h à 17h', 'days'],
    ['du mardi 9h au jeudi 17h', 'times'],
    ['Mardi 12 janvier 2027 à 17h', 'times'],
    ['sauf le lundi, de 9h à 12h', 'days'],
    ['Le lundi à 9h et à 14h', 'times'],
    ['lundi 14h 16h 18h', 'times'],
    ['mardi 18h30/20h30 tous les 15j', 'anchor'],
    ['chaque quinzaine le mardi 9h-12h', 'anchor'],
    ['un samedi par mois', 'days', 'times'],
    ['Lundi de 9h à 12h (dernière entrée 11h30)', 'days', 'times'],
    ['Lundi de 9h à 12h, arrivée avant 11h30', 'times'],
    ["Accueil social : lundi 9h-12h, durée de l'entretien 1h", 'times'],
    ['Hiver : mardi 9h-12h', 'other'],
    ['été : mardi 9h-12h', 'other'],
    ['tous les mardis de 9h à 12h pendant le ramadan', 'other'],
    ['le mardi suivant de 9h à 12h', 'other'],
    ['lundi prochain 9h-12h', 'other'],
  ])('%s', (phrase, ...about) => {
    const { verdict, questions } = readWording(phrase, today);
    expect(verdict).toBe('question');
    expect([...new Set(questions.map((question) => question.about as string))].sort()).toEqual(about);
  });

  test('a question points at the place, as typed', () => {
    const phrase = 'Les deuxième et quatrième jeudis du mois de 13h030 à 15h00';
    const { questions, rules } = readWording(phrase, today);
    expect(questions.map(({ about, at }) => [about, phrase.slice(...at)])).toEqual([['times', '13h030']]);
    expect(rules.map(inShort)).toEqual(['MONTHLY;2TH,4TH null-15:00']);
  });

  test('accents typed apart do not shift the place', () => {
    const phrase = 'Me\u0301diathe\u0300que, lundi de h30 à 12h';
    const { questions } = readWording(phrase, today);
    expect(questions.map(({ at }) => phrase.slice(...at))).toEqual(['h30']);
  });

  test.each<[phrase: string, ...rules: string[]]>([
    [
      'Le mardi de 9h à 12h. Le jeudi de 14h à 17h. Fermé en août.',
      'WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;TU 09:00-12:00',
      'WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;TH 14:00-17:00',
    ],
    [
      'Mardi 9h-12h ; jeudi 14h-17h ; pas de permanence pendant les vacances scolaires',
      'WEEKLY;TU 09:00-12:00 school skip',
      'WEEKLY;TH 14:00-17:00 school skip',
    ],
    [
      'Mardi 9h-12h. Fermé en août. Jeudi 14h-17h. Fermé en juillet.',
      'WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;TU 09:00-12:00',
      'WEEKLY;BYMONTH=1,2,3,4,5,6,8,9,10,11,12;TH 14:00-17:00',
    ],
    [
      "Mardi 9h-12h d'octobre à mars, 14h-17h d'avril à septembre",
      'WEEKLY;BYMONTH=1,2,3,10,11,12;TU 09:00-12:00',
      'WEEKLY;BYMONTH=4,5,6,7,8,9;TU 14:00-17:00',
    ],
    ['Mardi 9h-12h 12 avenue du 14 Juillet', 'WEEKLY;TU 09:00-12:00 @12 avenue du 14 Juillet'],
    ['Atelier, mardi 14h-16h 10 participants', 'WEEKLY;TU 14:00-16:00'],
    ['Mardi 9h-12h CCAS / jeudi 14h-17h EDS', 'WEEKLY;TU 09:00-12:00 @CCAS', 'WEEKLY;TH 14:00-17:00 @EDS'],
    ['Mercredi 9h-12h, 10 séances à partir du 13 janvier 2027', 'WEEKLY;COUNT=10;WE 09:00-12:00 from 2027-01-13'],
    ['Le I er mardi du mois 9h-12h', 'MONTHLY;1TU 09:00-12:00'],
    ['ADIL : le 3ème mercredi des mois impairs de 14h à 17h', 'MONTHLY;BYMONTH=1,3,5,7,9,11;3WE 14:00-17:00'],
    ['les mardi, jeudi & vend. 9h->12h', 'WEEKLY;TU,TH,FR 09:00-12:00'],
    ['Mercredi 9h-17h sans interruption', 'WEEKLY;WE 09:00-17:00'],
    [
      "Mardi 9h-12h jusqu'au 31 mars 2027, puis jeudi 14h-17h à partir du 1er avril 2027",
      'WEEKLY;UNTIL=20270331;TU 09:00-12:00',
      'WEEKLY;TH 14:00-17:00 from 2027-04-01',
    ],
    [
      'Tous les 15 jours, mardi 9h-11h, prochaine permanence le 12 janvier',
      'WEEKLY;INTERVAL=2;TU 09:00-11:00 from 2027-01-12',
    ],
    ['mardi 9 h - 12 h 30 place Nelson Mandela', 'WEEKLY;TU 09:00-12:30'],
    [
      'mardi 9h-12h hors vacances scolaires, zone A, et jeudi 14h-17h',
      'WEEKLY;TU 09:00-12:00 school skip',
      'WEEKLY;TH 14:00-17:00',
    ],
    ['mardi 9h-12h hors vacances scolaires, zone industrielle des Bruyères', 'WEEKLY;TU 09:00-12:00 school skip'],
    ['mardi 9h-12h hors vacances scolaires zone C, à la mairie', 'WEEKLY;TU 09:00-12:00 @mairie school skip'],
    [
      'Tous les 15 jours, mardi 14h-16h, prochaine réunion le 12 janvier 2027',
      'WEEKLY;INTERVAL=2;TU 14:00-16:00 group from 2027-01-12',
    ],
    [
      'Tous les 15 jours, mardi 14h-16h sur rendez-vous, prochaine réunion le 12 janvier 2027',
      'WEEKLY;INTERVAL=2;TU 14:00-16:00 appointment from 2027-01-12',
    ],
    [
      'mardi 9h-12h, un jeudi sur deux 14h-17h à partir du 7 janvier 2027',
      'WEEKLY;TU 09:00-12:00',
      'WEEKLY;INTERVAL=2;TH 14:00-17:00 from 2027-01-07',
    ],
    [
      'mardi 9h-12h, un jeudi sur deux 14h-17h, prochaine date le 7 janvier 2027',
      'WEEKLY;TU 09:00-12:00',
      'WEEKLY;INTERVAL=2;TH 14:00-17:00 from 2027-01-07',
    ],
    [
      'mardi 9h-12h, jeudi 14h-17h à partir du 7 janvier 2027',
      'WEEKLY;TU 09:00-12:00 from 2027-01-12',
      'WEEKLY;TH 14:00-17:00 from 2027-01-07',
    ],
  ])('what is said apart, in its clause or of its hours only: %s', (phrase, ...rules) => {
    const read = readWording(phrase, today);
    expect({ verdict: read.verdict, rules: read.rules.map(inShort) }).toEqual({ verdict: 'exact', rules });
  });

  test.each([
    ["Mardi d'octobre à mars 9h-12h, d'avril à septembre 14h-17h", "d'avril à septembre"],
    ['Mardi 9h-12h du 4 janvier au 30 mars 2027, 14h-17h du 1er avril au 30 juin 2027', 'du 1er avril au 30 juin 2027'],
    ['Mardi 9h-12h, prise de rendez-vous le lundi de 14h à 17h', 'prise de rendez-vous'],
    ['Atelier mardi 9h-12h, inscriptions le lundi de 14h à 17h', 'inscriptions'],
    ['Le premier lundi ouvré du mois 9h-12h', 'ouvré'],
    ['mardi 9h-12h 30 rue du Béarn', '12h 30'],
    ['Jours impairs 9h-12h', '9h-12h'],
    ['mardi 9h-12h hors vacances scolaires, zone Z', 'zone Z'],
    ['mardi 9h-12h hors vacances scolaires (zone Corse), sur rendez-vous', 'zone Corse'],
    ['mardi 9h-12h hors vacances scolaires (zones A et B)', 'zones A et B'],
    ['mardi 9h-12h hors vacances scolaires zone A et B', 'zone A et B'],
    ['mardi 9h-12h, un jeudi sur deux 14h-17h, à partir du 7 janvier', 'à partir du 7 janvier'],
    ['mardi 9h-12h, un jeudi sur deux 14h-17h du 7 janvier au 30 juin', 'du 7 janvier au 30 juin'],
    ['1er mardi de chaque mois, 9h-12h, prochaine date le 6 janvier', '1er mardi de chaque mois, 9h-12h'],
  ])('what could be read two ways is asked where it stands: %s', (phrase, where) => {
    const { verdict, questions } = readWording(phrase, today);
    expect(verdict).toBe('question');
    expect(questions.map(({ at }) => phrase.slice(...at))).toContain(where);
  });

  test.each<[phrase: string, warned: string, ...rules: string[]]>([
    [
      'mardi 9h-12h, jeudi 14h-17h, semaines paires',
      'Compris pour tous les horaires qui précèdent',
      'WEEKLY;TU 09:00-12:00 even',
      'WEEKLY;TH 14:00-17:00 even',
    ],
    [
      'mardi 9h-12h, jeudi 14h-17h, semaines paires, sauf le jeudi 7 janvier',
      'Compris pour tous les horaires qui précèdent',
      'WEEKLY;TU 09:00-12:00 even without 2027-01-07/2027-01-07',
      'WEEKLY;TH 14:00-17:00 even without 2027-01-07/2027-01-07',
    ],
    [
      'mardi 9h-12h, jeudi 14h-17h, une semaine sur deux à partir du 5 janvier 2027',
      'Compris pour tous les horaires qui précèdent',
      'WEEKLY;INTERVAL=2;TU 09:00-12:00 from 2027-01-05',
      'WEEKLY;INTERVAL=2;TH 14:00-17:00 from 2027-01-07',
    ],
    [
      'mardi 9h-12h et jeudi 14h-17h les semaines paires',
      'Compris pour les derniers horaires seulement',
      'WEEKLY;TU 09:00-12:00',
      'WEEKLY;TH 14:00-17:00 even',
    ],
  ])('a rhythm at the end of a list is never put on its last line in silence: %s', (phrase, warned, ...rules) => {
    const read = readWording(phrase, today);
    expect({ verdict: read.verdict, rules: read.rules.map(inShort) }).toEqual({ verdict: 'exact', rules });
    expect(read.warnings.map(({ text }) => text)).toContain(warned);
  });

  test('a rhythm in the middle of a list, or in parentheses, is of the days it follows', () => {
    for (const phrase of [
      'jeudi 14h-17h, semaines paires, mardi 9h-12h',
      'mardi 9h-12h, jeudi 14h-17h (semaines paires)',
    ])
      expect(readWording(phrase, today).rules.map(({ rrule, parity }) => [rrule, parity])).toEqual(
        expect.arrayContaining([
          ['FREQ=WEEKLY;BYDAY=TH', 'even'],
          ['FREQ=WEEKLY;BYDAY=TU', null],
        ]),
      );
  });

  test('the town of each dated stop is its place', () => {
    const said =
      'La caravane s’arrête le 12 janvier à Vanves, le 19 janvier à L’Haÿ-les-Roses, de 14h à 17h, sans rendez-vous';
    expect(readWording(said, today).rules.map(({ site }) => site)).toEqual(['Vanves', 'L’Haÿ-les-Roses']);
    const all = readWording('les 12 et 19 janvier de 14h à 17h à Clamart, sans rendez-vous', today);
    expect(all.rules.map(({ site }) => site)).toEqual(['Clamart', 'Clamart']);
  });

  test.each([
    'Permanence de Noël à Pâques, le lundi de 9h à 12h',
    'LE LUNDI DE 9H À 12H À PARTIR DU 4 JANVIER',
    'le lundi de 9h à Midi',
  ])('no town in: %s', (phrase) => {
    expect(readWording(phrase, today).rules.every(({ site }) => site === null)).toBe(true);
  });

  test('a rhythm without a day is a question, not a refusal', () => {
    const { verdict, rules } = readWording('Une fois par mois à la demande', today);
    expect({ verdict, rules }).toEqual({ verdict: 'question', rules: [] });
  });

  test('what says neither days nor hours is refused', () => {
    expect(readWording('Bonjour, je voudrais savoir', today).verdict).toBe('refused');
    expect(readWording('', today).verdict).toBe('refused');
  });
});
