import type { Contact, UsagerBody } from '@app/contract';
import { useWords } from '../../i18n/language';
import { Boxed } from '../../ui/boxed';
import { Button } from '../../ui/button';
import { Checkbox, SelectField, TextField, TimeField } from '../../ui/field';
import { marksWords } from './marks-words';

interface FieldsProps {
  body: UsagerBody;
  errors: Record<string, string>;
  onChange(part: Partial<UsagerBody>): void;
}

const RELATIONS = ['parent', 'guardian', 'educator', 'relative', 'other'] as const;
const NO_CONTACT: Contact = { name: '', relation: 'parent', phone: null, told: false };

/** A parent, a guardian, an éducateur: who may be told in the person's place. */
export function ContactFields({ body, errors, onChange }: FieldsProps) {
  const words = useWords(marksWords);
  const { contact } = body;
  if (!contact)
    return (
      <Button look="quiet" className="start" onPress={() => onChange({ contact: NO_CONTACT })}>
        {words.addContact}
      </Button>
    );
  const change = (part: Partial<Contact>) => onChange({ contact: { ...contact, ...part } });
  return (
    <Boxed legend={words.contact}>
      <p className="hint">{words.contactHint}</p>
      <div className="form-row">
        <TextField
          label={words.contactName}
          value={contact.name}
          onChange={(name) => change({ name })}
          error={errors['contact.name']}
          autoComplete="off"
          maxLength={80}
          isRequired
        />
        <SelectField
          label={words.relation}
          value={contact.relation}
          onChange={(relation) => change({ relation: relation as Contact['relation'] })}
          options={RELATIONS.map((id) => ({ id, label: words.relations[id] }))}
        />
      </div>
      <TextField
        label={words.contactPhone}
        value={contact.phone ?? ''}
        onChange={(phone) => change({ phone: phone.trim() === '' ? null : phone })}
        error={errors['contact.phone']}
        type="tel"
        autoComplete="off"
        maxLength={30}
      />
      <Checkbox value={contact.told} onChange={(told) => change({ told })}>
        {words.contactTold}
      </Checkbox>
      <Button look="quiet" className="start" onPress={() => onChange({ contact: null })}>
        {words.removeContact}
      </Button>
    </Boxed>
  );
}

/** Nothing may be sent to this person; her référent alone may call, at hours that are safe. */
export function SafetyFields({ body, errors, onChange }: FieldsProps) {
  const words = useWords(marksWords);
  const { safeContact, safeHours } = body;
  return (
    <Boxed legend={words.safety}>
      <Checkbox
        value={safeContact}
        onChange={(marked) => onChange({ safeContact: marked, safeHours: marked ? safeHours : null })}
      >
        {words.safeContact}
      </Checkbox>
      {safeContact && (
        <>
          <p className="hint">{words.safeHow}</p>
          <Checkbox
            value={safeHours !== null}
            onChange={(some) => onChange({ safeHours: some ? { from: '09:00', until: '11:00' } : null })}
          >
            {words.safeHours}
          </Checkbox>
        </>
      )}
      {safeContact && safeHours && (
        <div className="form-row">
          <TimeField
            label={words.from}
            value={safeHours.from}
            onChange={(from) => from && onChange({ safeHours: { ...safeHours, from } })}
            error={errors['safeHours.from']}
          />
          <TimeField
            label={words.until}
            value={safeHours.until}
            onChange={(until) => until && onChange({ safeHours: { ...safeHours, until } })}
            error={errors['safeHours.until']}
          />
        </div>
      )}
    </Boxed>
  );
}
