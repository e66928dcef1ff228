import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Premiers pas',
  lead: 'Donnez un nom à l’espace, à son premier lieu, et créez le compte qui l’administre. Le reste se règle ensuite.',
  code: 'Code d’installation',
  codeHint: 'Affiché par « npm start », ou écrit dans le journal du serveur.',
  spaceName: 'Nom de l’espace',
  spaceHint: 'Par exemple : Espace commun des solidarités.',
  siteName: 'Premier lieu',
  siteHint: 'Par exemple : 3 rue du Béarn.',
  siteAddress: 'Adresse (facultative)',
  you: 'Vous, qui administrez Palier',
  name: 'Votre nom',
  email: 'Adresse électronique',
  password: 'Mot de passe',
  passwordHint: 'Douze caractères au moins. Une phrase dont vous vous souvenez convient très bien.',
  found: 'Créer l’espace',
  already: 'Cet espace existe déjà.',
  toSignIn: 'Aller à la connexion',
};

const en: typeof fr = {
  title: 'First steps',
  lead: 'Name the space and its first site, and create the account that administers it. The rest can be set later.',
  code: 'Setup code',
  codeHint: 'Printed by “npm start”, or written in the server’s log.',
  spaceName: 'Name of the space',
  spaceHint: 'For example: Common solidarity space.',
  siteName: 'First site',
  siteHint: 'For example: 3 rue du Béarn.',
  siteAddress: 'Address (optional)',
  you: 'You, who administer Palier',
  name: 'Your name',
  email: 'E-mail address',
  password: 'Password',
  passwordHint: 'At least twelve characters. A sentence you remember does very well.',
  found: 'Create the space',
  already: 'This space already exists.',
  toSignIn: 'Go to sign in',
};

export const setupWords: Dictionary<typeof fr> = { fr, en };
