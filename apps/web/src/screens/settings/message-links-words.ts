import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Un lien dans les SMS',
  allow: 'Les SMS portent l’adresse du rendez-vous',
  how: 'La personne y voit son rendez-vous, dit qu’elle vient, change d’heure ou annule, sans compte. Sans cela, les SMS restent de simples phrases : beaucoup se méfient d’un lien. L’adresse peut toujours être imprimée sur le papier remis.',
  areAllowed: 'Les SMS porteront désormais un lien.',
  areNot: 'Les SMS ne portent plus de lien.',
};

const en: typeof fr = {
  title: 'A link in SMS',
  allow: 'SMS carry the address of the appointment',
  how: 'There the person sees the appointment, says that she comes, changes the time or cancels, without an account. Otherwise SMS stay plain sentences: many people distrust a link. The address can always be printed on the slip.',
  areAllowed: 'SMS will carry a link from now on.',
  areNot: 'SMS carry no link any more.',
};

export const messageLinksWords: Dictionary<typeof fr> = { fr, en };
