import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Ce que les partenaires publient',
  require: 'Publication soumise à l’accord du responsable',
  how: 'Publier une permanence, changer ce qui est publié ou l’arrêter attend alors votre réponse dans « À régler ». Une date seule se change et s’annule toujours tout de suite ; une permanence confidentielle, que vous ne lisez pas, n’attend pas.',
  isRequired: 'Les partenaires demandent désormais votre accord.',
  isFree: 'Les partenaires publient désormais eux-mêmes.',
};

const en: typeof fr = {
  title: 'What partners publish',
  require: 'Publication needs the approval of the person in charge',
  how: 'Publishing a permanence, changing what is published or ending it then waits for your answer in “To settle”. A single date is still changed and cancelled at once; a confidential permanence, which you do not read, does not wait.',
  isRequired: 'Partners now ask for your approval.',
  isFree: 'Partners now publish by themselves.',
};

export const approvalWords: Dictionary<typeof fr> = { fr, en };
