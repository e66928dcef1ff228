export interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** The e-mail that carries a reset link: plain text, one link, nothing else to follow. */
export function resetLetter(account: { email: string; language: 'fr' | 'en' }, url: string): Letter {
  if (account.language === 'en') {
    return {
      to: account.email,
      subject: 'Palier: a new password',
      text: `Someone, probably you, asked for a new password for Palier.\n\nChoose it here within the hour; the link works once:\n${url}\n\nIf it was not you, do nothing: your password stays as it is.\n`,
    };
  }
  return {
    to: account.email,
    subject: 'Palier : nouveau mot de passe',
    text: `Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour Palier.\n\nChoisissez-le ici dans l’heure ; le lien ne sert qu’une fois :\n${url}\n\nSi ce n’était pas vous, ne faites rien : votre mot de passe reste le même.\n`,
  };
}
