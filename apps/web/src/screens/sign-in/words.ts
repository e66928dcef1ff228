import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Connexion',
  tagline: 'Le planning partagé des lieux où plusieurs services reçoivent.',
  email: 'Adresse électronique',
  password: 'Mot de passe',
  enter: 'Se connecter',
  forgotten: 'Mot de passe oublié ?',
  language: 'English',
  hereToday: 'Déjà connecté·e sur ce poste aujourd’hui',
  withPassword: 'Se connecter avec un mot de passe',
  again: 'Votre session est terminée',
  againWhy: 'Reconnectez-vous : vous retrouverez l’écran et votre saisie.',
  ask: 'Mot de passe oublié',
  askWhy:
    'Un lien vous sera envoyé, si cette adresse a un compte. Sans courriel sur ce serveur, la personne qui administre Palier peut vous en remettre un.',
  send: 'Recevoir un lien',
  sent: 'Si un compte existe à cette adresse, un lien vient d’y être envoyé. Il vaut une heure.',
  choose: 'Choisir un mot de passe',
  newPassword: 'Nouveau mot de passe',
  atLeast: 'Douze caractères au moins. Une phrase dont vous vous souvenez convient très bien.',
  chosen: 'Mot de passe enregistré. Vous pouvez vous connecter.',
  toSignIn: 'Aller à la connexion',
  publicPage: 'Qui reçoit, quand, où : la page publique',
};

const en: typeof fr = {
  title: 'Sign in',
  tagline: 'The shared planning of places where several services receive.',
  email: 'E-mail address',
  password: 'Password',
  enter: 'Sign in',
  forgotten: 'Forgotten password?',
  language: 'Français',
  hereToday: 'Already signed in on this workstation today',
  withPassword: 'Sign in with a password',
  again: 'Your session is over',
  againWhy: 'Sign in again: you will find the screen and what you typed.',
  ask: 'Forgotten password',
  askWhy:
    'A link will be sent to you, if this address has an account. Without e-mail on this server, the person who administers Palier can hand you one.',
  send: 'Send me a link',
  sent: 'If an account exists at this address, a link has just been sent there. It is valid for one hour.',
  choose: 'Choose a password',
  newPassword: 'New password',
  atLeast: 'At least twelve characters. A sentence you remember does very well.',
  chosen: 'Password saved. You can sign in.',
  toSignIn: 'Go to sign in',
  publicPage: 'Who receives, when, where: the public page',
};

export const signInWords: Dictionary<typeof fr> = { fr, en };
