import type { At, Question, QuestionAbout, Warning } from './reading';

const question =
  (about: QuestionAbout, text: string, textEn: string) =>
  (at: At): Question => ({ about, text, textEn, at });

/** Every question that a phrase may leave, in the words the screen shows. */
export const ask = {
  hours: question('times', 'À quelles heures ?', 'At what times?'),
  end: question('times', 'Jusqu’à quelle heure ?', 'Until what time?'),
  start: question('times', 'À partir de quelle heure ?', 'From what time?'),
  unreadableTime: question(
    'times',
    'Cette heure ne se lit pas : laquelle est-ce ?',
    'This time cannot be read: which is it?',
  ),
  approximateTime: question('times', 'À quelle heure exactement ?', 'At what time exactly?'),
  endBeforeStart: question('times', 'Cette plage finit avant de commencer', 'This range ends before it starts'),
  otherHalf: question(
    'times',
    'Ces heures ne vont pas avec « matin » ou « après-midi »',
    'These hours do not match “morning” or “afternoon”',
  ),
  halfOfRange: question(
    'times',
    'Que devient l’autre partie de cette plage ?',
    'What becomes of the rest of this range?',
  ),
  twice: question(
    'times',
    'Deux plages se chevauchent le même jour : lesquelles sont justes ?',
    'Two ranges overlap on the same day: which are right?',
  ),
  otherHours: question(
    'times',
    'Ce jour-là, ces heures remplacent-elles les autres ?',
    'Do these hours replace the others on that day?',
  ),
  dayOrRange: question(
    'days',
    'Ce jour-là, aucune plage, ou seulement pas la dernière ?',
    'On that day no range at all, or only not the last one?',
  ),
  either: question('times', 'L’un ou l’autre, ou les deux ?', 'Either, or both?'),
  eitherDay: question('days', 'L’un ou l’autre de ces jours, ou les deux ?', 'Either of these days, or both?'),
  anchor: question('anchor', 'Quelle est la prochaine date ?', 'Which is the next date?'),
  alternation: question(
    'anchor',
    'À quelle date cette alternance commence-t-elle, et où ?',
    'From which date does this alternate, and where?',
  ),
  days: question('days', 'Quels jours ?', 'On which days?'),
  whichDays: question('days', 'Lesquels exactement ?', 'Which ones exactly?'),
  daysRange: question(
    'days',
    'Tous les jours de l’un à l’autre, ou ces deux jours seulement ?',
    'Every day from one to the other, or only these two?',
  ),
  whichWeeks: question('days', 'Quelles semaines exactement ?', 'Exactly which weeks?'),
  shortMonths: question(
    'days',
    'Quand le mois n’a pas ce jour : aucune date, ou le dernier jour ?',
    'When the month lacks this day: no date, or its last day?',
  ),
  weekdayOfDate: question(
    'days',
    'Ce jour et cette date ne vont pas ensemble',
    'This weekday and this date do not match',
  ),
  notADate: question('days', 'Cette date n’existe pas', 'This date does not exist'),
  mode: question('mode', 'Avec ou sans rendez-vous ?', 'By appointment or walk-in?'),
  notFixed: question('other', 'Est-ce fixé ?', 'Is this settled?'),
  whose: question(
    'other',
    'Deux indications différentes pour les mêmes jours : à quelles heures va chacune ?',
    'Two different indications for the same days: which hours does each go with?',
  ),
  whichLines: question(
    'other',
    'Pour tous les horaires qui précèdent, ou pour les derniers seulement ?',
    'For all the hours before, or for the last ones only?',
  ),
  zone: question('other', 'Quelle zone scolaire : A, B ou C ?', 'Which school zone: A, B or C?'),
  toBook: question(
    'times',
    'Est-ce le moment où l’on reçoit, ou celui où l’on s’inscrit ?',
    'Is this when people are received, or when they book?',
  ),
  otherText: question('other', 'Ceci renvoie à autre chose : à quoi ?', 'This refers to something else: to what?'),
  number: question('other', 'Que veut dire ce nombre ?', 'What does this number mean?'),
  whatClosure: question('other', 'Quelles dates sont exclues ?', 'Which dates are left out?'),
  unread: question(
    'other',
    'Ceci n’a pas été compris : qu’est-ce que cela change ?',
    'This was not understood: what does it change?',
  ),
  nothing: question('other', 'Aucun jour ni aucune heure n’a été trouvé ici', 'No day and no time was found here'),
  tooLong: question(
    'other',
    'Ce texte est trop long : collez une permanence à la fois',
    'This text is too long: paste one permanence at a time',
  ),
};

const warning =
  (text: string, textEn: string) =>
  (at: At): Warning => ({ text, textEn, at });

export const warn = {
  spelling: (at: At, read: string) => warning(`Lu comme « ${read} »`, `Read as “${read}”`)(at),
  minutes: warning('Minutes inhabituelles', 'Unusual minutes'),
  toForAnd: warning('Lu comme « et »', 'Read as “and”'),
  everyDay: warning('Samedi et dimanche compris', 'Saturday and Sunday included'),
  workingWeek: warning('Compris du lundi au vendredi', 'Read as Monday to Friday'),
  dayRange: warning('Compris comme tous les jours de l’un à l’autre', 'Read as every day from one to the other'),
  yearGuessed: (at: At, date: string) =>
    warning(`Année non écrite : compris ${date}`, `No year written: read as ${date}`)(at),
  alsoByAppointment: warning(
    'Rendez-vous possibles en dehors de ces heures',
    'Appointments are possible outside these hours',
  ),
  withOrWithout: warning('Avec ou sans rendez-vous : compris sans', 'With or without appointment: read as walk-in'),
  walkInByContrast: warning(
    'Compris sans rendez-vous, puisque d’autres heures sont sur rendez-vous',
    'Read as walk-in, since other hours are by appointment',
  ),
  forAll: warning('Compris pour tous les horaires qui précèdent', 'Read for all the hours before'),
  forLast: warning('Compris pour les derniers horaires seulement', 'Read for the last hours only'),
  otherEnd: warning('Autre fin pendant les vacances scolaires', 'Another end during school holidays'),
  note: warning('Gardé comme remarque, sans effet sur les dates', 'Kept as a remark, without effect on the dates'),
};
