import type { ComponentProps } from 'react';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { Checkbox, SelectField, TextField } from '../../ui/field';
import { Many } from '../../ui/many';
import { Segmented } from '../../ui/segmented';
import { type Draft, forPartner, isMeeting, onlyMotif } from './draft';
import { permanenceWords } from './words';

interface WhatFieldsProps {
  draft: Draft;
  onChange(draft: Draft): void;
  errors: Record<string, string>;
  /** A partner's own editor writes for that partner only. */
  ownPartnerId: string | null;
  isStored: boolean;
}

/** Who receives, and for what. */
export function WhatFields({ draft, onChange, errors, ownPartnerId, isStored }: WhatFieldsProps) {
  const words = useWords(permanenceWords);
  const { partners, motifs, partner } = useNames();
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const theirs = motifs.filter(({ partnerId, retired }) => partnerId === draft.partnerId && !retired);
  return (
    <section className="card form">
      <h2>{words.what}</h2>
      {ownPartnerId === null && (
        <SelectField
          label={words.partner}
          placeholder={words.choose}
          value={draft.partnerId}
          isDisabled={isStored}
          error={errors.partnerId}
          onChange={(id) =>
            onChange(
              forPartner(draft, id, {
                before: partner(draft.partnerId)?.name,
                after: partner(id)?.name ?? '',
                motifIds: onlyMotif(motifs, id),
              }),
            )
          }
          options={partners.filter(({ retired }) => !retired).map(({ id, name }) => ({ id, label: name }))}
        />
      )}
      <TextField
        label={words.name}
        hint={words.nameHint}
        value={draft.title}
        onChange={(title) => change({ title })}
        error={errors.title}
        maxLength={120}
        isRequired
      />
      {draft.partnerId !== null &&
        (theirs.length > 0 ? (
          <Many
            label={words.motifs}
            hint={words.motifsHint}
            value={draft.motifIds}
            onChange={(motifIds) => change({ motifIds })}
            options={theirs.map(({ id, label }) => ({ id, label }))}
          />
        ) : (
          <p className="hint">{words.noMotifs}</p>
        ))}
    </section>
  );
}

/** Who sees it, and what of public holidays, closures and school holidays. */
export function TermsFields({ draft, onChange, errors }: Pick<WhatFieldsProps, 'draft' | 'onChange' | 'errors'>) {
  const words = useWords(permanenceWords);
  const { partners } = useNames();
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  return (
    <section className="card form">
      <h2>{words.terms}</h2>
      <SelectField
        label={words.visibilityField}
        value={draft.visibility}
        onChange={(visibility) => change({ visibility: visibility as Draft['visibility'] })}
        options={(['public', 'restricted', 'internal'] as const).map((id) => ({
          id,
          label: words.visibilityOptions[id],
        }))}
      />
      {isMeeting(draft) && (
        <Many
          label={words.invited}
          hint={words.invitedHint}
          error={errors.invitedPartnerIds}
          value={draft.invitedPartnerIds}
          onChange={(invitedPartnerIds) => change({ invitedPartnerIds })}
          options={partners
            .filter(({ id, retired }) => !retired && id !== draft.partnerId)
            .map(({ id, name }) => ({ id, label: name }))}
        />
      )}
      <Checkbox value={draft.confidential} onChange={(confidential) => change({ confidential })}>
        {words.confidential}
      </Checkbox>
      <Choice
        label={words.holidayField}
        value={draft.onHoliday}
        onChange={(onHoliday) => change({ onHoliday })}
        options={(['skip', 'move', 'keep'] as const).map((id) => ({ id, label: words.holidayOptions[id] }))}
      />
      <Choice
        label={words.closureField}
        value={draft.onClosure}
        onChange={(onClosure) => change({ onClosure })}
        options={(['skip', 'move', 'keep'] as const).map((id) => ({ id, label: words.holidayOptions[id] }))}
      />
      <Choice
        label={words.schoolField}
        value={draft.schoolHolidays}
        onChange={(schoolHolidays) => change({ schoolHolidays })}
        options={(['any', 'outside', 'only'] as const).map((id) => ({ id, label: words.schoolOptions[id] }))}
      />
      {draft.visibility === 'public' && (
        <TextField
          label={words.publicNote}
          hint={words.publicNoteHint}
          value={draft.publicNote}
          onChange={(publicNote) => change({ publicNote })}
          error={errors.publicNote}
          maxLength={300}
        />
      )}
    </section>
  );
}

function Choice<Value extends string>(props: ComponentProps<typeof Segmented<Value>>) {
  return (
    <div className="field">
      <b aria-hidden="true">{props.label}</b>
      <div className="slides">
        <Segmented {...props} />
      </div>
    </div>
  );
}
