import type { Motif, MotifBody } from '@app/contract';
import { useWords } from '../../i18n/language';
import { Checkbox, NumberField, SelectField, TextField } from '../../ui/field';
import { Many } from '../../ui/many';
import { motifWords } from './motif-words';
import { PartnerField } from './partner-field';
import { listed, ThingPanel } from './thing-panel';
import { settingsWords } from './words';

const LISTS = ['synonyms', 'communes', 'skills', 'equipment'] as const;
const COUNTS = [
  'durationMinutes',
  'pauseBefore',
  'pauseAfter',
  'agentsNeeded',
  'people',
  'publicNoticeHours',
  'publicHorizonDays',
] as const;
type List = (typeof LISTS)[number];
type Count = (typeof COUNTS)[number];

/** A motif while it is typed: some of it may still have to be chosen, and lists are words between commas. */
export type MotifForm = Omit<MotifBody, 'partnerId' | List | Count> & { partnerId: string | null } & Record<
    List,
    string
  > &
  Record<Count, number | null>;

export function formOf({ id: _id, retired: _retired, ...body }: Motif): MotifForm {
  return {
    ...body,
    ...(Object.fromEntries(LISTS.map((list) => [list, body[list].join(', ')])) as Record<List, string>),
  };
}

export function newMotif(partnerId: string | null): MotifForm {
  return {
    partnerId,
    label: '',
    discreetLabel: '',
    durationMinutes: 30,
    booked: 'here',
    phone: null,
    audience: '',
    confidential: false,
    namesService: false,
    synonyms: '',
    urgent: false,
    minAge: null,
    maxAge: null,
    communes: '',
    step: 'accueil',
    meeting: 'any',
    modes: ['on-site'],
    pauseBefore: 0,
    pauseAfter: 0,
    turnMinutes: null,
    agentsNeeded: 1,
    skills: '',
    equipment: '',
    people: 2,
    publicBooking: false,
    publicNoticeHours: 24,
    publicHorizonDays: 42,
    publicCode: true,
  };
}

function toSend(form: MotifForm): unknown {
  return { ...form, ...Object.fromEntries(LISTS.map((list) => [list, listed(form[list])])) };
}

const WAYS = ['here', 'own-number', 'walk-in'] as const;
const STEPS = ['accueil', 'evaluation', 'accompagnement'] as const;
const MEETINGS = ['any', 'first', 'follow-up'] as const;
const MODES = ['on-site', 'phone', 'home', 'video'] as const;

interface Fields {
  body: MotifForm;
  change(part: Partial<MotifForm>): void;
  error(field: string): string | undefined;
}

/** What is asked first is what every motif needs; the rest is folded, and open where something is already said. */
export function MotifPanel({ id, start, onClose }: { id: string | null; start: MotifForm; onClose(): void }) {
  const words = useWords(settingsWords);
  return (
    <ThingPanel
      title={id ? words.edit(start.label) : words.motif.create}
      path="/motifs"
      id={id}
      name={start.label}
      start={start}
      toSend={toSend}
      onClose={onClose}
    >
      {(fields) => (
        <>
          <Essentials {...fields} isNew={id === null} />
          <Whom {...fields} />
          <How {...fields} />
          <Needs {...fields} />
          <Public {...fields} />
        </>
      )}
    </ThingPanel>
  );
}

function Essentials({ body, change, error, isNew }: Fields & { isNew: boolean }) {
  const words = useWords(settingsWords);
  const own = useWords(motifWords);
  return (
    <>
      <PartnerField
        value={body.partnerId}
        onChange={(partnerId) => change({ partnerId })}
        error={error('partnerId')}
        isFixed={!isNew}
      />
      <TextField
        label={words.motif.label}
        value={body.label}
        onChange={(label) => change({ label })}
        error={error('label')}
        autoFocus
        isRequired
        maxLength={120}
      />
      <TextField
        label={own.synonyms}
        hint={own.synonymsHint}
        value={body.synonyms}
        onChange={(synonyms) => change({ synonyms })}
        error={error('synonyms')}
        lines={2}
      />
      <TextField
        label={words.motif.discreet}
        hint={words.motif.discreetHint}
        value={body.discreetLabel}
        onChange={(discreetLabel) => change({ discreetLabel })}
        error={error('discreetLabel')}
        isRequired
        maxLength={60}
      />
      <div className="form-row">
        <NumberField
          label={words.motif.duration}
          value={body.durationMinutes}
          onChange={(durationMinutes) => change({ durationMinutes })}
          error={error('durationMinutes')}
          minValue={5}
          maxValue={480}
          step={5}
        />
        <SelectField
          label={words.motif.booked}
          value={body.booked}
          onChange={(booked) => change({ booked: booked as MotifForm['booked'] })}
          options={WAYS.map((way) => ({ id: way, label: words.motif.bookedIs[way] }))}
        />
      </div>
      {body.booked === 'own-number' && (
        <TextField
          label={words.phone}
          value={body.phone ?? ''}
          onChange={(phone) => change({ phone: phone || null })}
          error={error('phone')}
          type="tel"
          maxLength={30}
        />
      )}
      <Checkbox value={body.urgent} onChange={(urgent) => change({ urgent })}>
        {own.urgent}
      </Checkbox>
    </>
  );
}

function Whom({ body, change, error }: Fields) {
  const words = useWords(settingsWords);
  const own = useWords(motifWords);
  return (
    <details className="folded">
      <summary>{own.whom}</summary>
      <p className="hint">{own.whomHint}</p>
      <TextField
        label={words.audience}
        hint={words.audienceHint}
        value={body.audience}
        onChange={(audience) => change({ audience })}
        error={error('audience')}
        maxLength={200}
      />
      <div className="form-row">
        <NumberField
          label={own.minAge}
          value={body.minAge}
          onChange={(minAge) => change({ minAge })}
          error={error('minAge')}
          minValue={0}
          maxValue={120}
        />
        <NumberField
          label={own.maxAge}
          value={body.maxAge}
          onChange={(maxAge) => change({ maxAge })}
          error={error('maxAge')}
          minValue={0}
          maxValue={120}
        />
      </div>
      <TextField
        label={own.communes}
        hint={own.communesHint}
        value={body.communes}
        onChange={(communes) => change({ communes })}
        error={error('communes')}
      />
      <SelectField
        label={own.step}
        value={body.step}
        onChange={(step) => change({ step: step as MotifForm['step'] })}
        options={STEPS.map((step) => ({ id: step, label: own.steps[step] }))}
      />
      <SelectField
        label={own.meeting}
        value={body.meeting}
        onChange={(meeting) => change({ meeting: meeting as MotifForm['meeting'] })}
        options={MEETINGS.map((meeting) => ({ id: meeting, label: own.meetings[meeting] }))}
      />
    </details>
  );
}

function How({ body, change, error }: Fields) {
  const own = useWords(motifWords);
  return (
    <details className="folded">
      <summary>{own.how}</summary>
      <Many
        label={own.modes}
        value={body.modes}
        onChange={(modes) => change({ modes: modes as MotifForm['modes'] })}
        error={error('modes')}
        options={MODES.map((mode) => ({ id: mode, label: own.modesAre[mode] }))}
      />
      <div className="form-row">
        <NumberField
          label={own.pauseBefore}
          value={body.pauseBefore}
          onChange={(pauseBefore) => change({ pauseBefore })}
          error={error('pauseBefore')}
          minValue={0}
          maxValue={120}
          step={5}
        />
        <NumberField
          label={own.pauseAfter}
          value={body.pauseAfter}
          onChange={(pauseAfter) => change({ pauseAfter })}
          error={error('pauseAfter')}
          minValue={0}
          maxValue={120}
          step={5}
        />
      </div>
      <NumberField
        label={own.turn}
        hint={own.turnHint}
        value={body.turnMinutes}
        onChange={(turnMinutes) => change({ turnMinutes })}
        error={error('turnMinutes')}
        minValue={1}
        maxValue={240}
      />
    </details>
  );
}

function Needs({ body, change, error }: Fields) {
  const own = useWords(motifWords);
  return (
    <details className="folded">
      <summary>{own.needs}</summary>
      <div className="form-row">
        <NumberField
          label={own.agentsNeeded}
          value={body.agentsNeeded}
          onChange={(agentsNeeded) => change({ agentsNeeded })}
          error={error('agentsNeeded')}
          minValue={1}
          maxValue={2}
        />
        <NumberField
          label={own.people}
          value={body.people}
          onChange={(people) => change({ people })}
          error={error('people')}
          minValue={1}
          maxValue={200}
        />
      </div>
      <TextField
        label={own.skills}
        hint={own.skillsHint}
        value={body.skills}
        onChange={(skills) => change({ skills })}
        error={error('skills')}
      />
      <TextField
        label={own.equipment}
        value={body.equipment}
        onChange={(equipment) => change({ equipment })}
        error={error('equipment')}
      />
    </details>
  );
}

function Public({ body, change, error }: Fields) {
  const words = useWords(settingsWords);
  const own = useWords(motifWords);
  return (
    <details className="folded">
      <summary>{own.public}</summary>
      <Checkbox value={body.publicBooking} onChange={(publicBooking) => change({ publicBooking })}>
        {own.publicBooking}
      </Checkbox>
      {body.publicBooking && (
        <>
          <div className="form-row">
            <NumberField
              label={own.notice}
              value={body.publicNoticeHours}
              onChange={(publicNoticeHours) => change({ publicNoticeHours })}
              error={error('publicNoticeHours')}
              minValue={0}
              maxValue={720}
            />
            <NumberField
              label={own.horizon}
              value={body.publicHorizonDays}
              onChange={(publicHorizonDays) => change({ publicHorizonDays })}
              error={error('publicHorizonDays')}
              minValue={1}
              maxValue={366}
            />
          </div>
          <Checkbox value={body.publicCode} onChange={(publicCode) => change({ publicCode })}>
            {own.code}
          </Checkbox>
        </>
      )}
      <Checkbox value={body.namesService} onChange={(namesService) => change({ namesService })}>
        {words.motif.namesService}
      </Checkbox>
      <Checkbox value={body.confidential} onChange={(confidential) => change({ confidential })}>
        {words.confidential}
      </Checkbox>
    </details>
  );
}
