/** Requests made from an OpenAPI document alone: what a route takes is read there, never written twice. */

export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  minLength?: number;
  maxLength?: number;
}

export interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

export interface ApiDescription {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** Kinds of things that have an id. */
export type Kind =
  | 'absence'
  | 'account'
  | 'agent'
  | 'appointment'
  | 'closure'
  | 'calendar'
  | 'calendar-subscription'
  | 'conflict'
  | 'given-seat'
  | 'hold'
  | 'invitation'
  | 'message'
  | 'motif'
  | 'occurrence'
  | 'offer'
  | 'office-loan'
  | 'partner'
  | 'permanence'
  | 'proposal'
  | 'room'
  | 'room-booking'
  | 'rule'
  | 'sector'
  | 'series'
  | 'site'
  | 'usager'
  | 'visit'
  | 'waiting'
  | 'workstation';

const KIND_OF_PROPERTY: Record<string, Kind> = {
  accountId: 'account',
  appointmentId: 'appointment',
  agent: 'agent',
  agentId: 'agent',
  agentIds: 'agent',
  holdId: 'hold',
  invitedPartnerIds: 'partner',
  // the one body that carries a bare id is a rule's, kept from a previous reading
  id: 'rule',
  motif: 'motif',
  motifId: 'motif',
  motifIds: 'motif',
  occurrenceId: 'occurrence',
  partner: 'partner',
  partnerId: 'partner',
  permanenceId: 'permanence',
  residentPartnerId: 'partner',
  residentAgentIds: 'agent',
  toPartnerId: 'partner',
  roomId: 'room',
  ruleId: 'rule',
  site: 'site',
  siteId: 'site',
  secondAgentId: 'agent',
  sectorId: 'sector',
  usager: 'usager',
  usagerId: 'usager',
  within: 'site',
  workstationId: 'workstation',
};

const KIND_OF_SEGMENT: Record<string, Kind> = {
  absences: 'absence',
  accounts: 'account',
  agents: 'agent',
  appointments: 'appointment',
  closures: 'closure',
  calendars: 'calendar',
  'calendar-subscriptions': 'calendar-subscription',
  conflicts: 'conflict',
  'given-seats': 'given-seat',
  holds: 'hold',
  invitations: 'invitation',
  messages: 'message',
  motifs: 'motif',
  occurrences: 'occurrence',
  offers: 'offer',
  'office-loans': 'office-loan',
  partners: 'partner',
  permanences: 'permanence',
  proposals: 'proposal',
  'room-bookings': 'room-booking',
  rooms: 'room',
  sites: 'site',
  sectors: 'sector',
  series: 'series',
  usagers: 'usager',
  visits: 'visit',
  waiting: 'waiting',
};

/** What a request is filled with. */
export interface Filling {
  id(kind: Kind): string;
  /** A kind whose ids are left out where a body may do without. */
  without?: Kind;
  version: number;
  email: string;
  /** What one would type in a search box. */
  words: string;
  /** Which of several possibilities is taken where there is a choice. */
  variant: number;
}

const SAID: Record<string, string> = {
  // nobody's: these routes must refuse it, and never sign this test in as somebody else
  password: 'la phrase de personne',
  current: 'la phrase de personne',
  phone: '01 99 00 00 01',
  address: 'https://127.0.0.1/agenda.ics',
  rrule: 'FREQ=WEEKLY;BYDAY=MO',
  language: 'fr',
  languages: 'fr',
};

const BY_PATTERN: { pattern: RegExp; start: string; end: string }[] = [
  { pattern: /^\^\\d\{4\}-\\d\{2\}-\\d\{2\}T/, start: '2027-01-11T11:00', end: '2027-01-11T11:30' },
  { pattern: /^\^\\d\{4\}-\\d\{2\}-\\d\{2\}\$/, start: '2027-01-11', end: '2027-02-11' },
  { pattern: /^\^\(\[01\]\\d/, start: '09:00', end: '09:30' },
  { pattern: /^\^\\d\{4,8\}/, start: '2580', end: '2580' },
];

/** Two properties of which a body holds one: the choice is a variant. */
const EITHER: Record<string, [string, string]> = { BookBody: ['usagerId', 'usager'] };

/** Whether a field of a refused body (`rules.0.agentIds.0`) holds an id. */
export function holdsAnId(at: string): boolean {
  return (at.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '') in KIND_OF_PROPERTY;
}

export class RequestsOf {
  constructor(private readonly description: ApiDescription) {}

  /** What `{id}` stands for in a path. @throws for a route nobody taught this about */
  kindOfPath(path: string): Kind | null {
    const parameters = [...path.matchAll(/\/([^/]+)\/\{(\w+)\}/g)];
    const [first, ...others] = parameters;
    if (!first) return null;
    const kind = KIND_OF_SEGMENT[first[1] ?? ''];
    if (!kind || others.length) throw new Error(`${path}: teach this test what its parameters stand for`);
    return kind;
  }

  /** The kinds of ids a request to this route may carry. */
  kindsOf(path: string, operation: Operation): Kind[] {
    const kinds = new Set<Kind>();
    const kind = this.kindOfPath(path);
    if (kind) kinds.add(kind);
    const noted = (one: Kind) => {
      kinds.add(one);
      return '';
    };
    const note = { ...NOTHING, id: noted };
    for (const variant of [0, 1, 2, 3]) this.request(path, operation, { ...note, variant });
    return [...kinds];
  }

  /** How many requests show every choice a route offers, up to four. */
  variantsOf(operation: Operation): number {
    const inside = (given: Schema): number => {
      const { schema, ref } = this.resolved(given);
      const choices = schema.anyOf ?? schema.oneOf ?? schema.enum ?? [];
      const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...Object.values(schema.properties ?? {})];
      if (schema.items) parts.push(schema.items);
      return Math.max(1, choices.length, ref in EITHER ? 2 : 1, ...parts.map(inside));
    };
    const json = operation.requestBody?.content['application/json'];
    const given = [...(json ? [json.schema] : []), ...(operation.parameters ?? []).map(({ schema }) => schema)];
    return Math.min(4, Math.max(1, ...given.map(inside)));
  }

  /** The address and the body of one request. @throws for what it can't fill in */
  request(path: string, operation: Operation, filling: Filling): { path: string; body: unknown } {
    const kind = this.kindOfPath(path);
    const query = new URLSearchParams();
    for (const { name, in: where, required, schema } of operation.parameters ?? []) {
      if (where !== 'query') continue;
      const takes = required || name in KIND_OF_PROPERTY || name === 'q' || schema.enum;
      if (takes) query.set(name, name === 'q' ? filling.words : String(this.value(schema, name, filling, path)));
    }
    const json = operation.requestBody?.content['application/json'];
    return {
      path: (kind ? path.replace(/\{\w+\}/, filling.id(kind)) : path) + (query.size ? `?${query}` : ''),
      body: json ? this.value(json.schema, '', filling, path) : undefined,
    };
  }

  private value(given: Schema, name: string, filling: Filling, path: string): unknown {
    const { schema, ref } = this.resolved(given);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return this.value(choices[filling.variant % choices.length] ?? {}, name, filling, path);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[filling.variant % schema.enum.length];
    if (schema.properties) {
      const left = EITHER[ref]?.[filling.variant % 2];
      const entries = Object.entries(schema.properties).filter(
        ([property]) => property !== left && (!filling.without || KIND_OF_PROPERTY[property] !== filling.without),
      );
      return Object.fromEntries(
        entries.map(([property, inner]) => [property, this.value(inner, property, filling, `${path} ${property}`)]),
      );
    }
    switch (schema.type) {
      case 'array':
        return [this.value(schema.items ?? {}, name, filling, path)];
      case 'boolean':
        return false;
      case 'integer':
      case 'number':
        return name === 'version' ? filling.version : name === 'birthYear' ? 1980 : Math.max(schema.minimum ?? 1, 1);
      case 'string':
        return this.text(schema, name, filling, path);
      default:
        throw new Error(`${path}: teach this test how to fill in ${JSON.stringify(schema)}`);
    }
  }

  private text(schema: Schema, name: string, filling: Filling, path: string): string {
    if (schema.format === 'uuid') {
      const kind = KIND_OF_PROPERTY[name];
      if (!kind) throw new Error(`${path}: teach this test what the id "${name}" stands for`);
      return filling.id(kind);
    }
    if (schema.description === 'Ids between commas') return filling.id(KIND_OF_PROPERTY[name] ?? 'motif');
    if (schema.format === 'email') return filling.email;
    if (schema.pattern) {
      const known = BY_PATTERN.find(({ pattern }) => pattern.test(schema.pattern ?? ''));
      if (!known) throw new Error(`${path}: teach this test a text like ${schema.pattern}`);
      return name === 'end' || name === 'until' ? known.end : known.start;
    }
    const said = SAID[name] ?? 'Texte';
    return said.padEnd(schema.minLength ?? 0, 'x').slice(0, schema.maxLength ?? said.length + 100);
  }

  private resolved(schema: Schema): { schema: Schema; ref: string } {
    if (schema.$ref) {
      const ref = schema.$ref.split('/').at(-1) ?? '';
      const found = this.description.components.schemas[ref];
      if (!found) throw new Error(`The description names ${ref} and does not hold it.`);
      return { schema: this.resolved(found).schema, ref };
    }
    const [only] = schema.allOf ?? [];
    return only ? this.resolved(only) : { schema, ref: '' };
  }
}

const NOTHING: Filling = { id: () => '', version: 1, email: 'x@y.example', words: 'x', variant: 0 };
