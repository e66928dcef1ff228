import type { PermanenceBody, RuleBody } from '@app/contract';
import { choicesOf } from './choices';
import type { PlannedPermanence, PlannedRule } from './permanence';

/** A permanence as it is written and read over HTTP; given back unchanged, it changes nothing. */
export function asBody(
  permanence: PlannedPermanence,
): Omit<PermanenceBody, 'rules'> & { rules: (RuleBody & { id: string })[] } {
  const {
    rules,
    partnerId,
    title,
    visibility,
    confidential,
    onHoliday,
    onClosure,
    schoolHolidays,
    publicNote,
    motifIds,
    invitedPartnerIds,
  } = permanence;
  return {
    partnerId,
    title,
    visibility,
    confidential,
    onHoliday,
    onClosure,
    schoolHolidays,
    publicNote,
    motifIds,
    invitedPartnerIds,
    rules: rules.map(asRuleBody),
    // What was decided of the dates of what is published is seen date by date.
    choices: permanence.state === 'draft' ? choicesOf(permanence.exceptions, rules) : [],
  };
}

function asRuleBody(rule: PlannedRule): RuleBody & { id: string } {
  const {
    id,
    rrule,
    dtstart,
    startTime,
    endTime,
    parity,
    mode,
    siteId,
    roomId,
    workstationId,
    agentIds,
    seats,
    assumption,
    excluded,
    onHoliday,
    schoolHolidays,
  } = rule;
  return {
    id,
    rrule,
    from: dtstart,
    start: startTime,
    end: endTime,
    parity,
    mode,
    siteId,
    roomId,
    workstationId,
    agentIds,
    seats,
    assumption,
    excluded,
    onHoliday,
    schoolHolidays: schoolHolidays as RuleBody['schoolHolidays'],
  };
}
