import type { DecisionBody } from '@app/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useOnce } from '../../api/once';
import { keys, useNames, useOrientation } from '../../api/queries';
import { queryClient } from '../../api/query-client';
import { type Dictionary, useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { say as tell } from '../../ui/toasts';

const fr = {
  title: 'Accompagnement sans évaluation',
  how: 'Il s’ouvre aussi par une décision : qui l’a signée ? Le rendez-vous est pris de toute façon.',
  signedBy: 'Décision signée par',
  keep: 'Noter la décision',
  kept: (by: string) => `Décision notée, signée par ${by}.`,
};
const en: typeof fr = {
  title: 'Support without an assessment',
  how: 'A decision opens it too: who signed? The appointment is made in any case.',
  signedBy: 'Decision signed by',
  keep: 'Record the decision',
  kept: (by: string) => `Decision recorded, signed by ${by}.`,
};
const decisionWords: Dictionary<typeof fr> = { fr, en };

/** After a booking of accompagnement that nothing opened yet: who signed for it. Nothing otherwise. */
export function DecisionAsk({ motifId, usagerId }: { motifId: string; usagerId: string }) {
  const names = useNames();
  const motif = names.motif(motifId);
  if (motif?.step !== 'accompagnement') return null;
  return <Ask motifId={motifId} usagerId={usagerId} partnerId={motif.partnerId} />;
}

function Ask({ motifId, usagerId, partnerId }: { motifId: string; usagerId: string; partnerId: string }) {
  const words = useWords(decisionWords);
  const say = useSay();
  const once = useOnce();
  const [signedBy, setSignedBy] = useState('');
  const { data } = useOrientation({ motif: motifId, usager: usagerId });
  const deciding = useMutation({
    mutationFn: () => {
      const body: DecisionBody = { usagerId, partnerId, signedBy: signedBy.trim(), signedOn: say.today };
      return once('/decisions', body);
    },
    onSuccess: () => {
      tell(words.kept(signedBy.trim()));
      void queryClient.invalidateQueries({ queryKey: keys.orientation });
    },
  });
  if (!data?.needs[0]?.needsDecision) return null;
  return (
    <Form
      className="note form"
      onSubmit={(event) => {
        event.preventDefault();
        if (signedBy.trim()) deciding.mutate();
      }}
    >
      <b>{words.title}</b>
      <p>{words.how}</p>
      <TextField
        label={words.signedBy}
        value={signedBy}
        onChange={setSignedBy}
        error={fieldErrors(deciding.error).signedBy}
        maxLength={120}
      />
      <ProblemNote error={deciding.error} />
      <Button type="submit" className="start" isDisabled={!signedBy.trim()} isPending={deciding.isPending}>
        {words.keep}
      </Button>
    </Form>
  );
}
