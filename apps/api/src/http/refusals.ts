import type { Refusal } from '@app/persistence';
import { type Language, parseLocalDateTime, sayTime, timeOf } from '@app/time';

/** How a refusal is told: its HTTP status (409 unless said otherwise) and its title in both languages. */
export interface Wording {
  status?: number;
  fr: string;
  en: string;
  /** What follows the title when the service added nothing of its own. */
  detail?: (refusal: Pick<Refusal, 'until'>, language: Language) => string | undefined;
}

/** One line per `why`. A refusal's own `detail` follows the title. */
export const REFUSALS: Record<string, Wording> = {
  // getting in
  'signed-out': { status: 401, fr: 'Vous n’êtes pas connecté.', en: 'You are not signed in.' },
  'wrong-credentials': {
    status: 401,
    fr: 'Adresse ou mot de passe inconnus.',
    en: 'Unknown address or password.',
  },
  'wrong-password': { status: 403, fr: 'Le mot de passe n’est pas le bon.', en: 'This is not the right password.' },
  'wrong-code': { status: 401, fr: 'Le code n’est pas le bon.', en: 'This is not the right code.' },
  'sign-in-fully': {
    status: 401,
    fr: 'Connectez-vous avec votre mot de passe : le code ne suffit plus sur ce poste.',
    en: 'Sign in with your password: the code is no longer enough on this workstation.',
  },
  'too-many-attempts': {
    status: 429,
    fr: 'Trop d’essais. Attendez avant de recommencer.',
    en: 'Too many attempts. Wait before trying again.',
    detail: ({ until }, language) => {
      const time = parseLocalDateTime(until ?? '');
      if (!time) return undefined;
      const said = sayTime(timeOf(time), language);
      return language === 'fr' ? `Réessayez à ${said}.` : `Try again at ${said}.`;
    },
  },
  'link-used': {
    status: 410,
    fr: 'Ce lien a déjà servi ou n’est plus valable. Demandez-en un autre.',
    en: 'This link was already used or has expired. Ask for another.',
  },
  'cross-site': {
    status: 403,
    fr: 'Cette demande vient d’une autre page que Palier.',
    en: 'This request comes from a page other than Palier.',
  },
  'easy-code': {
    status: 400,
    fr: 'Ce code est trop facile à deviner.',
    en: 'This code is too easy to guess.',
  },
  'too-many-screens': {
    status: 429,
    fr: 'Trop d’écrans sont ouverts avec ce compte.',
    en: 'Too many screens are open with this account.',
  },
  csrf: {
    status: 403,
    fr: 'La page a vieilli : rechargez-la et recommencez.',
    en: 'This page is out of date: reload it and try again.',
  },
  'not-your-role': { status: 403, fr: 'Votre rôle ne le permet pas.', en: 'Your role does not allow this.' },
  'not-yours': {
    status: 403,
    fr: 'Cela appartient à un autre partenaire.',
    en: 'This belongs to another partner.',
  },
  'wrong-setup-code': {
    status: 403,
    fr: 'Le code d’installation n’est pas le bon.',
    en: 'This is not the setup code.',
  },
  'already-founded': { fr: 'L’espace existe déjà.', en: 'The space already exists.' },
  // accounts
  'email-taken': { fr: 'Un compte utilise déjà cette adresse.', en: 'An account already uses this address.' },
  'not-yourself': {
    fr: 'Vous ne pouvez pas désactiver votre compte ni changer votre propre rôle.',
    en: 'You cannot disable your own account or change your own role.',
  },
  'same-usager': {
    status: 400,
    fr: 'C’est la même fiche : choisissez l’autre.',
    en: 'This is the same record: choose the other one.',
  },
  'confidential-only': {
    fr: 'L’une de ces fiches n’est connue que d’un service confidentiel : lui seul peut dire que c’est la même personne.',
    en: 'One of these records is known to a confidential service alone: only that service can tell they are one person.',
  },
  'partner-needed': {
    status: 400,
    fr: 'Ce rôle demande un partenaire.',
    en: 'This role needs a partner.',
  },
  'agent-elsewhere': {
    status: 400,
    fr: 'Cet agent n’est pas de ce partenaire.',
    en: 'This agent does not belong to this partner.',
  },
  // any request
  invalid: { status: 400, fr: 'Des informations manquent ou sont inexactes.', en: 'Something is missing or wrong.' },
  'bad-once-key': {
    status: 400,
    fr: 'L’en-tête Idempotency-Key doit avoir de 8 à 200 caractères.',
    en: 'The Idempotency-Key header must have 8 to 200 characters.',
  },
  'key-reused': {
    fr: 'Cette clé a déjà servi pour une autre demande.',
    en: 'This key was already used for another request.',
  },
  'not-found': { status: 404, fr: 'Introuvable.', en: 'Not found.' },
  'no-such-reference': {
    fr: 'Cette demande nomme quelque chose qui n’existe pas.',
    en: 'This request names something that does not exist.',
  },
  version: {
    fr: 'Quelqu’un l’a changé entre-temps : relisez avant de recommencer.',
    en: 'Someone changed it in the meantime: read it again before retrying.',
  },
  failed: {
    status: 500,
    fr: 'Une erreur a empêché de l’enregistrer : rien n’en est écrit. Réessayez.',
    en: 'An error kept it from being saved: nothing of it is written. Try again.',
  },
  'already-there': { fr: 'Cela existe déjà.', en: 'This already exists.' },
  'wrong-hours': {
    status: 400,
    fr: 'La fin doit suivre le début, le même jour.',
    en: 'The end must follow the start, on the same day.',
  },
  'one-usager': {
    status: 400,
    fr: 'Donnez une personne connue (usagerId) ou une nouvelle (usager), l’une des deux.',
    en: 'Give a known person (usagerId) or a new one (usager), one of the two.',
  },
  'no-such-day': { status: 400, fr: 'Cette date n’existe pas.', en: 'This date does not exist.' },
  'no-such-time': { status: 400, fr: 'Cette heure n’existe pas.', en: 'This time does not exist.' },
  'no-such-moment': {
    status: 400,
    fr: 'Cette date ou cette heure n’existe pas.',
    en: 'This date or time does not exist.',
  },
  unreadable: {
    status: 400,
    fr: 'Un texte contient un caractère qui ne peut pas être gardé.',
    en: 'A text holds a character that cannot be kept.',
  },
  nir: {
    status: 400,
    fr: 'Ce texte ressemble à un numéro de sécurité sociale : il n’est jamais enregistré ici.',
    en: 'This looks like a social security number: it is never stored here.',
  },
  'no-such-language': {
    status: 400,
    fr: 'Choisissez une langue de la liste.',
    en: 'Choose a language of the list.',
  },
  'nir-kept': {
    fr: 'Cette fiche garde, d’avant, ce qui ressemble à un numéro de sécurité sociale.',
    en: 'This record still holds what looks like a social security number.',
  },
  'wrong-days': { status: 400, fr: 'Le dernier jour suit le premier.', en: 'The last day follows the first.' },
  'wrong-moments': { status: 400, fr: 'La fin suit le début.', en: 'The end comes after the start.' },
  'one-closed': {
    status: 400,
    fr: 'Une fermeture est celle de l’espace, ou d’un lieu, d’un bureau ou d’un partenaire : un seul.',
    en: 'A closure is of the space, or of one site, room or partner.',
  },
  'not-a-table': {
    status: 400,
    fr: 'Ce fichier n’est ni un tableau (CSV) ni du JSON : prenez l’export du calendrier scolaire officiel.',
    en: 'This file is neither a table (CSV) nor JSON: take the export of the official school calendar.',
  },
  'no-such-columns': {
    status: 400,
    fr: 'Ce fichier n’a pas les colonnes du calendrier scolaire officiel : description, date de début, date de fin, zones.',
    en: 'This file lacks the columns of the official school calendar: description, start date, end date, zones.',
  },
  'no-holidays': {
    status: 400,
    fr: 'Ce fichier ne nomme aucune vacance des zones A, B ou C.',
    en: 'This file names no holiday of zones A, B or C.',
  },
  'too-long': {
    status: 400,
    fr: 'Ce fichier est trop long : exportez seulement les années qui manquent.',
    en: 'This file is too long: export only the missing years.',
  },
  closed: { fr: 'C’est fermé ce jour-là.', en: 'It is closed that day.' },
  'name-taken': { fr: 'Ce nom est déjà pris.', en: 'This name is already taken.' },
  'partner-fixed': {
    fr: 'Un agent ou un motif ne change pas de partenaire : retirez-le et créez-en un autre.',
    en: 'An agent or a reason does not change partner: retire it and create another.',
  },
  'in-use': { fr: 'C’est encore utilisé.', en: 'This is still in use.' },
  // who holds what
  taken: { fr: 'C’est pris.', en: 'This is taken.' },
  'room-taken': { fr: 'La salle est prise.', en: 'The room is taken.' },
  'office-kept': { fr: 'C’est le bureau de quelqu’un.', en: 'This is someone’s own office.' },
  'not-an-office': {
    fr: 'Ce bureau n’est à personne : il se réserve, il ne se prête pas.',
    en: 'This room is nobody’s own: it is booked, not lent.',
  },
  'confidential-elsewhere': {
    status: 403,
    fr: 'Cette réservation est confidentielle.',
    en: 'This booking is confidential.',
  },
  'agent-taken': { fr: 'L’agent est pris à ce moment.', en: 'The agent is taken at that time.' },
  'agent-unfit': {
    fr: 'Cette personne ne reçoit pas pour ce motif :',
    en: 'This person does not receive for this reason:',
  },
  'two-agents': {
    fr: 'Ce motif ne se reçoit pas avec ce nombre d’agents : nommez-en un, ou les deux qu’il demande.',
    en: 'This reason is not received by that many agents: name one, or the two it takes.',
  },
  'room-unfit': {
    fr: 'Aucune salle ouverte ce jour-là ne convient (places, équipement, bureau attitré) : changez de salle, de lieu ou de mode.',
    en: 'No room open that day suits (people, equipment, someone’s own office): change the room, the place or the mode.',
  },
  'agents-apart': {
    fr: 'Les deux agents ne sont pas libres ensemble à cette heure. Pris ou absent alors :',
    en: 'The two agents are not free together at that hour. Taken or away then:',
  },
  'slot-taken': { fr: 'Ce créneau vient d’être pris.', en: 'This slot has just been taken.' },
  'slot-held': {
    fr: 'Ce créneau est en cours de réservation.',
    en: 'This slot is being booked.',
    detail: ({ until }, language) => {
      const time = parseLocalDateTime(until ?? '');
      if (!time) return undefined;
      const said = sayTime(timeOf(time), language);
      return language === 'fr'
        ? `Jusqu’à ${said} : ensuite il est pris, ou libre à nouveau.`
        : `Until ${said}: then it is taken, or free again.`;
    },
  },
  'agent-away': {
    fr: 'Qui reçoit est absent·e à ce moment.',
    en: 'Whoever receives is away at that time.',
  },
  'not-offered': {
    fr: 'Cette heure couperait la journée en morceaux inutilisables : prenez l’une des plus proches, ou demandez « à cette heure précise ».',
    en: 'This hour would cut the day into pieces nobody can use: take one of the nearest, or ask for “at this very hour”.',
  },
  'too-late-to-undo': {
    fr: 'Il est trop tard pour revenir en arrière : les dix secondes sont passées, ou quelqu’un l’a changé depuis.',
    en: 'It is too late to take it back: the ten seconds have passed, or someone changed it since.',
  },
  'series-full': {
    fr: 'Cette série est déjà longue : prenez la suite à partir d’un nouveau rendez-vous.',
    en: 'This series is long already: go on from a new appointment.',
  },
  'not-a-series': {
    fr: 'Ce rendez-vous ne se répète pas.',
    en: 'This appointment is not repeated.',
  },
  'occurrence-changed': { fr: 'Cette permanence a changé.', en: 'This session has changed.' },
  'occurrence-cancelled': { fr: 'Cette date est annulée.', en: 'This date is cancelled.' },
  'site-closed': {
    fr: 'Le lieu est fermé ce jour-là.',
    en: 'The place is closed that day.',
  },
  'partner-closed': {
    fr: 'Ce service ne reçoit pas ce jour-là.',
    en: 'This service does not receive that day.',
  },
  'too-far': {
    fr: 'C’est dans plus de trois ans : vérifiez l’année.',
    en: 'It is more than three years ahead: check the year.',
  },
  'hour-skipped': {
    fr: 'Cette heure n’existe pas ce jour-là : on passe à l’heure d’été.',
    en: 'This hour does not exist that day: the clocks go forward.',
  },
  'over-midnight': {
    fr: 'Il finirait le lendemain : écourtez-le, ou commencez plus tôt.',
    en: 'It would end on the next day: make it shorter, or begin earlier.',
  },
  'already-booked': {
    fr: 'Cette personne est déjà inscrite à cette séance, à cette heure.',
    en: 'This person is already booked in this session at that hour.',
  },
  full: { fr: 'C’est complet.', en: 'It is full.' },
  past: { fr: 'Cette heure est passée.', en: 'This time is past.' },
  'not-bookable-here': {
    fr: 'Ce motif ne se réserve pas ici.',
    en: 'This cannot be booked here.',
  },
  'already-waiting': {
    fr: 'Cette personne attend déjà pour ce motif ces jours-là : sa ligne est sur sa page.',
    en: 'This person already waits for this on those days: it is on her page.',
  },
  'places-left': {
    fr: 'Cette séance a encore de la place.',
    en: 'This session has places left.',
  },
  'session-begun': {
    fr: 'Cette séance a commencé ou est passée : on ne s’y inscrit plus.',
    en: 'This session has begun or is over: nobody is booked into it any more.',
  },
  over: { fr: 'Le dernier jour demandé est passé.', en: 'The last day asked for has passed.' },
  'offer-over': {
    fr: 'Cette proposition a déjà sa réponse, ou le délai est passé : la place va au suivant.',
    en: 'This offer was answered already, or its time has passed: the slot goes to the next in turn.',
  },
  'invitation-over': {
    fr: 'Cette invitation ne vaut plus : invitez de nouveau la personne.',
    en: 'This invitation no longer holds: invite the person again.',
  },
  'not-a-task': {
    fr: 'Ce message n’attend rien de personne.',
    en: 'This message is not waiting for anyone.',
  },
  'not-that-day': {
    fr: 'Cette heure n’est pas passée, ou ce n’est pas le jour du rendez-vous : écrivez l’heure où la personne est venue, ce jour-là.',
    en: 'That hour is still to come, or it is not the day of the appointment: write the hour the person came, on that day.',
  },
  'too-early': {
    fr: 'C’est trop tôt pour le dire : attendez le jour, et l’heure pour une absence.',
    en: 'It is too early to say so: wait for the day, and for the hour for an absence.',
  },
  // calendars
  'calendar-not-read': {
    status: 400,
    fr: 'Ce calendrier n’a pas pu être lu.',
    en: 'This calendar could not be read.',
  },
  'not-an-address': {
    status: 400,
    fr: 'Ce n’est pas l’adresse d’un calendrier : elle commence par https://, http:// ou webcal://, sans mot de passe.',
    en: 'This is not the address of a calendar: it begins with https://, http:// or webcal://, without a password.',
  },
  // permanences
  'not-published': { fr: 'Cette permanence n’est pas publiée.', en: 'This permanence is not published.' },
  'no-such-date': {
    fr: 'Cette permanence n’a pas de date à ce moment.',
    en: 'This permanence has no date at that time.',
  },
  'not-as-shown': {
    fr: 'Ce n’est plus ce qui vous a été montré : relisez avant d’enregistrer.',
    en: 'This is no longer what you were shown: read it again before saving.',
  },
  'other-partner': {
    fr: 'Ces deux dates sont de partenaires différents : un tour s’échange entre collègues.',
    en: 'These two dates are of different partners: turns are swapped between colleagues.',
  },
  'nothing-to-swap': {
    fr: 'Ces deux dates n’ont pas de tours à échanger.',
    en: 'These two dates have no turns to swap.',
  },
  'already-settled': { fr: 'C’est déjà réglé.', en: 'This is already settled.' },
  'room-elsewhere': {
    fr: 'Cette salle n’est pas de ce lieu, ou n’est plus utilisée.',
    en: 'This room is not of this site, or is no longer used.',
  },
  'cannot-become': {
    fr: 'Le rendez-vous ne peut pas passer dans cet état.',
    en: 'The appointment cannot change to this state.',
  },
  // the queue
  'what-for': {
    status: 400,
    fr: 'Dites pour quoi la personne attend : une permanence ou un motif.',
    en: 'Say what the person waits for: a session or a reason.',
  },
  'first-answer': {
    status: 400,
    fr: 'Personne ne repart sans une première réponse : dites laquelle.',
    en: 'Nobody leaves without a first answer: say which.',
  },
  'queue-full': {
    fr: 'La file est complète avant la fermeture.',
    en: 'The queue is full before it closes.',
  },
  'queue-closed': {
    fr: 'La dernière entrée a été dite.',
    en: 'The last entry was said.',
  },
  'not-walk-in': {
    fr: 'On n’y vient que sur rendez-vous.',
    en: 'It is by appointment only.',
  },
  'queue-over': { fr: 'Cette permanence est finie.', en: 'This session is over.' },
  'not-its-day': {
    status: 400,
    fr: 'L’heure d’arrivée n’est pas du jour de cette permanence : une arrivée s’inscrit le jour où la personne est venue.',
    en: 'The hour of arrival is not on the day of this session: an arrival is entered on the day the person came.',
  },
  'not-yet': {
    status: 400,
    fr: 'Cette heure n’est pas encore venue.',
    en: 'That time has not come yet.',
  },
  'before-arrival': {
    status: 400,
    fr: 'Cette heure est avant l’arrivée de la personne.',
    en: 'That time is before the person arrived.',
  },
  'visit-changed': {
    fr: 'Quelqu’un s’est occupé de cette personne entre-temps.',
    en: 'Someone took care of this person in the meantime.',
  },
};
