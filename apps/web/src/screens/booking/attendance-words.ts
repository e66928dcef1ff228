import type { Dictionary } from '../../i18n/language';

const fr = {
  came: 'Présent·e',
  missed: 'Absent·e',
  excused: 'Excusé·e',
  isExcused: 'excusé·e',
  how: 'Présences : un clic dit, un second reprend.',
  of: (what: string, name: string) => `${what} : ${name}`,
  counts: (came: number, missed: number, excused: number, left: number) =>
    [
      `${came} présent·e${came > 1 ? 's' : ''}`,
      missed > 0 && `${missed} absent·e${missed > 1 ? 's' : ''}`,
      excused > 0 && `${excused} excusé·e${excused > 1 ? 's' : ''}`,
      left > 0 && `${left} à dire`,
    ]
      .filter(Boolean)
      .join(', '),
  print: 'Imprimer la feuille d’émargement',
};

const en: typeof fr = {
  came: 'Present',
  missed: 'Absent',
  excused: 'Excused',
  isExcused: 'excused',
  how: 'Attendance: one click says it, another takes it back.',
  of: (what, name) => `${what}: ${name}`,
  counts: (came, missed, excused, left) =>
    [
      `${came} present`,
      missed > 0 && `${missed} absent`,
      excused > 0 && `${excused} excused`,
      left > 0 && `${left} to be said`,
    ]
      .filter(Boolean)
      .join(', '),
  print: 'Print the attendance sheet',
};

export const attendanceWords: Dictionary<typeof fr> = { fr, en };
