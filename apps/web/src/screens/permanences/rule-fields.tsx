import type { Mode } from '@app/contract';
import { newKey } from '../../api/client';
import { useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { Boxed } from '../../ui/boxed';
import { Button } from '../../ui/button';
import { DateField } from '../../ui/date-field';
import { NumberField, SelectField, TimeField } from '../../ui/field';
import { Many } from '../../ui/many';
import { type RuleDraft, sameDaysLater } from './draft';
import { RhythmFields } from './rhythm-fields';
import { RuleExclusions } from './rule-exclusions';
import { permanenceWords } from './words';

const NONE = 'none';

interface RuleFieldsProps {
  rule: RuleDraft;
  place: number;
  isOnly: boolean;
  /** Whose agents may be named. */
  partnerIds: readonly string[];
  errors: Record<string, string>;
  onChange(rule: RuleDraft): void;
  onCopy(rule: RuleDraft): void;
  onRemove(): void;
}

/** One line of a permanence: its days, hours, and place. */
export function RuleFields({ rule, place, isOnly, partnerIds, errors, onChange, onCopy, onRemove }: RuleFieldsProps) {
  const words = useWords(permanenceWords);
  const { agents } = useNames();
  const change = (part: Partial<RuleDraft>) => onChange({ ...rule, ...part });
  const error = (field: string) => errors[`rules.${place}.${field}`];
  const isOnce = rule.rhythm.kind === 'once';
  const colleagues = agents.filter((agent) => partnerIds.includes(agent.partnerId) && !agent.retired);
  return (
    <Boxed legend={words.line(place + 1)} className="form">
      <RhythmFields rhythm={rule.rhythm} error={error('rrule')} onChange={(rhythm) => change({ rhythm })} />
      <div className="hours-row">
        <DateField
          label={isOnce ? words.onDate : words.from}
          hint={rule.rhythm.kind === 'every-n-weeks' ? words.anchor : undefined}
          value={rule.from}
          onChange={(from) => change({ from })}
          error={error('from')}
        />
        <TimeField
          label={words.start}
          value={rule.start}
          onChange={(start) => change({ start })}
          error={error('start')}
        />
        <TimeField label={words.end} value={rule.end} onChange={(end) => change({ end })} error={error('end')} />
      </div>
      <div className="form-row">
        <SelectField
          label={words.mode}
          value={rule.mode}
          onChange={(mode) => change({ mode: mode as Mode })}
          options={(['appointment', 'walk-in', 'group', 'internal'] as const).map((id) => ({
            id,
            label: words.modes[id],
          }))}
        />
        <NumberField
          label={rule.mode === 'group' ? words.seatsGroup : words.seatsField}
          value={rule.seats}
          onChange={(seats) => change({ seats })}
          minValue={1}
          maxValue={200}
          error={error('seats')}
        />
      </div>
      <Where rule={rule} onChange={change} error={error} />
      {colleagues.length > 0 && (
        <Many
          label={words.whoReceives}
          hint={words.whoReceivesHint}
          value={rule.agentIds}
          onChange={(agentIds) => change({ agentIds })}
          options={colleagues.map(({ id, name }) => ({ id, label: name }))}
        />
      )}
      <RuleExclusions rule={rule} onChange={change} error={error} />
      <div className="acts">
        <Button look="quiet" onPress={() => onCopy(sameDaysLater(rule, newKey()))}>
          {words.addRange}
        </Button>
        {!isOnly && (
          <Button look="quiet" aria-label={`${words.removeRule} (${place + 1})`} onPress={onRemove}>
            {words.removeRule}
          </Button>
        )}
      </div>
    </Boxed>
  );
}

interface WhereProps {
  rule: RuleDraft;
  onChange(part: Partial<RuleDraft>): void;
  error(field: string): string | undefined;
}

function Where({ rule, onChange, error }: WhereProps) {
  const words = useWords(permanenceWords);
  const { sites, rooms, room } = useNames();
  const here = rooms.filter(({ siteId, retired }) => siteId === rule.siteId && !retired);
  const desks = room(rule.roomId)?.workstations ?? [];
  return (
    <div className="form-row">
      <SelectField
        label={words.site}
        value={rule.siteId}
        onChange={(siteId) => onChange({ siteId, roomId: null, workstationId: null })}
        error={error('siteId')}
        options={sites.filter(({ retired }) => !retired).map(({ id, name }) => ({ id, label: name }))}
      />
      <SelectField
        label={words.room}
        value={rule.roomId ?? NONE}
        onChange={(id) => onChange({ roomId: id === NONE ? null : id, workstationId: null })}
        error={error('roomId')}
        options={[
          { id: NONE, label: words.anyRoom },
          ...here.map(({ id, name, capacity, equipment }) => ({
            id,
            label: name,
            detail: [words.capacity(capacity), ...equipment].join(', '),
          })),
        ]}
      />
      {desks.length > 0 && (
        <SelectField
          label={words.desk}
          value={rule.workstationId ?? NONE}
          onChange={(id) => onChange({ workstationId: id === NONE ? null : id })}
          error={error('workstationId')}
          options={[{ id: NONE, label: words.wholeRoom }, ...desks.map(({ id, label }) => ({ id, label }))]}
        />
      )}
    </div>
  );
}
