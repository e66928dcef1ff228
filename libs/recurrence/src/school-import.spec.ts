import { describe, expect, it } from '@jest/globals';
import { SHIPPED_SCHOOL_CALENDAR } from './school-calendar';
import { schoolYears } from './school-closures';
import { readSchoolFile, withNewerYears } from './school-import';

const CSV = `Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire
Vacances d'Hiver;-;2027-02-05T23:00:00+00:00;2027-02-21T23:00:00+00:00;Créteil;Zone C;2026-2027
Vacances d'Hiver;-;2027-02-05T23:00:00+00:00;2027-02-21T23:00:00+00:00;Paris;Zone C;2026-2027
Début des Vacances d'Été;-;2027-07-02T22:00:00+00:00;2027-07-02T22:00:00+00:00;Créteil;Zone C;2026-2027
Vacances d'Été;Élèves;2027-07-02T22:00:00+00:00;2027-08-31T22:00:00+00:00;Créteil;Zone C;2026-2027
Vacances d'Été;Enseignants;2027-07-02T22:00:00+00:00;2027-08-29T22:00:00+00:00;Créteil;Zone C;2026-2027
Vacances de la Toussaint;-;2027-10-22T22:00:00+00:00;2027-11-07T23:00:00+00:00;Créteil;Zone C;2027-2028
Vacances de Carnaval;-;2027-02-05T23:00:00+00:00;2027-02-21T23:00:00+00:00;Guadeloupe;Guadeloupe;2026-2027
`;

describe('a file of school holidays', () => {
  it('the official export gives each stretch once, in local days, without teachers and far academies', () => {
    const read = readSchoolFile(CSV);
    expect(read.ok && read.holidays).toEqual([
      { zone: 'C', name: 'hiver', firstDayOff: '2027-02-06', classesResume: '2027-02-22', verified: true },
      { zone: 'C', name: 'été', firstDayOff: '2027-07-03', classesResume: '2027-09-01', verified: true },
      { zone: 'C', name: 'Toussaint', firstDayOff: '2027-10-23', classesResume: '2027-11-08', verified: true },
    ]);
  });

  it('a summer whose end is not decided is kept without its end', () => {
    const read = readSchoolFile(
      'description,start_date,end_date,zones\n"Début des Vacances d\'Été",2028-07-01,2028-07-01,"Zone A"',
    );
    expect(read.ok && read.holidays).toEqual([
      { zone: 'A', name: 'été', firstDayOff: '2028-07-01', classesResume: null, verified: true },
    ]);
  });

  it('JSON as the programming interface gives it, and one object a line, are read alike', () => {
    const row = { description: 'Vacances de Noël', start_date: '2027-12-18', end_date: '2028-01-03', zones: 'Zone B' };
    const wanted = [
      { zone: 'B', name: 'Noël', firstDayOff: '2027-12-18', classesResume: '2028-01-03', verified: true },
    ];
    for (const text of [
      JSON.stringify([row]),
      JSON.stringify({ total_count: 1, results: [row] }),
      JSON.stringify([{ fields: row }]),
      '{"zone": "B", "name": "Vacances de Noël", "firstDayOff": "2027-12-18", "classesResume": "2028-01-03", "verified": true}\n{}',
    ]) {
      const read = readSchoolFile(text);
      expect(read.ok && read.holidays).toEqual(wanted);
    }
  });

  it.each([
    ['', 'not-a-table'],
    ['Bonjour', 'not-a-table'],
    ['{"a":', 'not-a-table'],
    ['a;b;c\n1;2;3', 'no-such-columns'],
    ['description;start_date;zones\nRentrée;2027-09-01;Zone A', 'no-holidays'],
    ['description;start_date;zones\nVacances de Noël;demain;Zone A', 'no-holidays'],
  ])('%j is refused: %s', (text, why) => {
    expect(readSchoolFile(text)).toEqual({ ok: false, why });
  });

  it('newer years replace what was known of their time, and what was doubtful becomes official', () => {
    const read = readSchoolFile(CSV);
    const calendar = withNewerYears(SHIPPED_SCHOOL_CALENDAR, {
      version: '2027-01-04',
      holidays: read.ok ? read.holidays : [],
    });
    const years = schoolYears('C', calendar);
    expect(years.version).toBe('2027-01-04');
    expect(years.verifiedUntil).toBe('2027-11-07');
    expect(years.periods.filter(({ from }) => from > '2026-12').map(({ name, to }) => [name, to])).toEqual([
      ['Noël', '2027-01-03'],
      ['hiver', '2027-02-21'],
      ['été', '2027-08-31'],
      ['Toussaint', '2027-11-07'],
    ]);
    expect(schoolYears('A', calendar).verifiedUntil).toBe(schoolYears('A').verifiedUntil);
  });
});
