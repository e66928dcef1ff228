import { z } from 'zod';
import { Id, Note, PlainTime, Text } from './common';
import { isLanguage } from './names';

const phone = z.string().trim().max(30).nullable().default(null);

export const Opening = z.object({ weekday: z.int().min(1).max(7), opens: PlainTime, closes: PlainTime });
export const SiteBody = z
  .object({ name: Text(80), address: Note(200), phone, openings: z.array(Opening).max(21).default([]) })
  .meta({ id: 'SiteBody' });
export const Site = SiteBody.extend({ id: Id, retired: z.boolean() }).meta({ id: 'Site' });
export type SiteBody = z.infer<typeof SiteBody>;
export type Site = z.infer<typeof Site>;

export const Workstation = z.object({ id: Id, label: z.string() });
export const RoomBody = z
  .object({
    siteId: Id,
    name: Text(80),
    floor: Note(40),
    capacity: z.int().min(1).max(500),
    accessible: z.boolean().default(false),
    equipment: z.array(Text(60)).max(30).default([]),
    residentPartnerId: Id.nullable().default(null),
    /** Who sits there, of one partner or of several that share it; none: whoever of the resident partner. */
    residentAgentIds: z.array(Id).max(20).default([]),
    /** Labels of the desks or stations that can be held one by one; none: the room is held whole. */
    workstations: z.array(Text(40)).max(50).default([]),
  })
  .meta({ id: 'RoomBody' });
export const Room = RoomBody.extend({ id: Id, retired: z.boolean(), workstations: z.array(Workstation) }).meta({
  id: 'Room',
});
export type RoomBody = z.infer<typeof RoomBody>;
export type Room = z.infer<typeof Room>;

export const PartnerBody = z
  .object({
    name: Text(120),
    shortName: Text(30),
    mark: z.string().trim().min(1).max(3),
    hue: z.int().min(0).max(359),
    phone,
    description: Note(500),
    audience: Note(200),
    confidential: z.boolean().default(false),
    onPublicPage: z.boolean().default(true),
  })
  .meta({ id: 'PartnerBody' });
export const Partner = PartnerBody.extend({ id: Id, retired: z.boolean() }).meta({ id: 'Partner' });
export type PartnerBody = z.infer<typeof PartnerBody>;
export type Partner = z.infer<typeof Partner>;

export const AgentBody = z
  .object({
    partnerId: Id,
    name: Text(120),
    profession: Note(120),
    languages: z
      .array(z.string().refine(isLanguage, { params: { why: 'no-such-language' } }))
      .max(20)
      .default(['fr']),
    /** What she or he knows how to do, and some motifs ask for: "LSF", "surendettement". */
    skills: z.array(Text(60)).max(30).default([]),
  })
  .meta({ id: 'AgentBody' });
export const Agent = AgentBody.extend({ id: Id, retired: z.boolean() }).meta({ id: 'Agent' });
export type AgentBody = z.infer<typeof AgentBody>;
export type Agent = z.infer<typeof Agent>;

export const MotifBody = z
  .object({
    partnerId: Id,
    label: Text(120),
    discreetLabel: Text(60),
    durationMinutes: z.int().min(5).max(480),
    booked: z.enum(['here', 'own-number', 'walk-in']).default('here'),
    phone,
    audience: Note(200),
    confidential: z.boolean().default(false),
    namesService: z.boolean().default(false),
    /** What people call it: "facture EDF", "porter plainte". */
    synonyms: z.array(Text(80)).max(60).default([]),
    /** Comes first in answers, and passes the queue. */
    urgent: z.boolean().default(false),
    /** Whom it is for: a note for whoever orients, never a closed door. */
    minAge: z.int().min(0).max(120).nullable().default(null),
    maxAge: z.int().min(0).max(120).nullable().default(null),
    communes: z.array(Text(80)).max(60).default([]),
    step: z.enum(['accueil', 'evaluation', 'accompagnement']).default('accueil'),
    meeting: z.enum(['any', 'first', 'follow-up']).default('any'),
    modes: z
      .array(z.enum(['on-site', 'phone', 'home', 'video']))
      .min(1)
      .max(4)
      .default(['on-site']),
    /** Minutes the agent keeps free around it. */
    pauseBefore: z.int().min(0).max(120).default(0),
    pauseAfter: z.int().min(0).max(120).default(0),
    /** The usual length of a turn without appointment; null: the motif's duration. */
    turnMinutes: z.int().min(1).max(240).nullable().default(null),
    agentsNeeded: z.int().min(1).max(2).default(1),
    skills: z.array(Text(60)).max(30).default([]),
    equipment: z.array(Text(60)).max(30).default([]),
    /** How many sit in the room. */
    people: z.int().min(1).max(200).default(2),
    publicBooking: z.boolean().default(false),
    publicNoticeHours: z.int().min(0).max(720).default(24),
    publicHorizonDays: z.int().min(1).max(366).default(42),
    /** A code sent by SMS confirms a public booking. */
    publicCode: z.boolean().default(true),
  })
  .meta({ id: 'MotifBody' });
export const Motif = MotifBody.extend({ id: Id, retired: z.boolean() }).meta({ id: 'Motif' });
export type MotifBody = z.infer<typeof MotifBody>;
export type Motif = z.infer<typeof Motif>;

/** Everything the screens need to name things, in one answer. */
export const Directory = z
  .object({
    sites: z.array(Site),
    rooms: z.array(Room),
    partners: z.array(Partner),
    agents: z.array(Agent),
    motifs: z.array(Motif),
  })
  .meta({ id: 'Directory' });
export type Directory = z.infer<typeof Directory>;

/** Somebody else who may be the one to tell. */
export const Contact = z.object({
  name: Text(80),
  relation: z.enum(['parent', 'guardian', 'educator', 'relative', 'other']),
  phone: z.string().trim().max(30).nullable().default(null),
  /** Messages go to the contact, and not to the person. */
  told: z.boolean().default(false),
});
export type Contact = z.infer<typeof Contact>;

export const UsagerBody = z
  .object({
    firstName: z.string().trim().max(80).default(''),
    lastName: Text(80),
    /** As dialled or in international form; kept as E.164. */
    phone: z.string().trim().max(30).nullable().default(null),
    phoneShared: z.boolean().default(false),
    language: z.string().min(2).max(20).default('fr'),
    /** An interview then lasts twice as long. */
    interpreter: z.boolean().default(false),
    birthYear: z.int().min(1900).max(2100).nullable().default(null),
    toldBy: z.enum(['sms', 'call', 'letter', 'nobody']).default('sms'),
    contact: Contact.nullable().default(null),
    /** A message could put the person in danger: nothing is sent nor said; a task for the référent takes its place. */
    safeContact: z.boolean().default(false),
    /** When the référent may call all the same, the times of any day; null: never. */
    safeHours: z.object({ from: PlainTime, until: PlainTime }).nullable().default(null),
    /** Of where the person lives; the address itself is never kept. */
    sectorId: Id.nullable().default(null),
    note: Note(80),
  })
  .meta({ id: 'UsagerBody' });
export type UsagerBody = z.infer<typeof UsagerBody>;
export const Referent = z.object({ partnerId: Id, agentId: Id }).meta({ id: 'Referent' });
export type Referent = z.infer<typeof Referent>;
/** The agent of a partner who follows a person; null: nobody any more. */
export const ReferentBody = z.object({ partnerId: Id, agentId: Id.nullable() }).meta({ id: 'ReferentBody' });
export type ReferentBody = z.infer<typeof ReferentBody>;
export const Usager = UsagerBody.extend({
  /** Another one than was asked for when two records were merged: the one that was kept. */
  id: Id,
  phoneKind: z.enum(['mobile', 'landline']).nullable(),
  /** Those of the partners the viewer may know of. */
  referents: z.array(Referent),
  version: z.int(),
}).meta({ id: 'Usager' });
export type Usager = z.infer<typeof Usager>;
export const UsagerFound = z
  .object({
    id: Id,
    firstName: z.string(),
    lastName: z.string(),
    birthYear: z.int().nullable(),
    phone: z.string().nullable(),
    phoneShared: z.boolean(),
    /** A caller is told nothing of this person. */
    safeContact: z.boolean(),
  })
  .meta({ id: 'UsagerFound' });
export type UsagerFound = z.infer<typeof UsagerFound>;

/** What is typed of a person so far: who of those already known may it be? */
export const UsagerTyped = UsagerBody.pick({ firstName: true, phone: true, birthYear: true })
  .extend({ lastName: z.string().trim().max(80).default('') })
  .meta({ id: 'UsagerTyped' });
export type UsagerTyped = z.infer<typeof UsagerTyped>;
export const UsagerAlike = UsagerFound.extend({
  /** What speaks for it. */
  same: z.array(z.enum(['name', 'phone', 'birth-year'])),
}).meta({ id: 'UsagerAlike' });
export type UsagerAlike = z.infer<typeof UsagerAlike>;

const MERGED_FIELDS = [
  'firstName',
  'lastName',
  'phone',
  'language',
  'birthYear',
  'toldBy',
  'contact',
  'sectorId',
  'note',
] as const;
export const MergedField = z.enum(MERGED_FIELDS);
export type MergedField = z.infer<typeof MergedField>;
/** Two records of one person: the other's go to the one of the address, which keeps its own fields save those taken. */
export const MergeBody = z
  .object({
    usagerId: Id,
    take: z.array(MergedField).max(MERGED_FIELDS.length).default([]),
    /** Of both records as they were shown. */
    version: z.int(),
    otherVersion: z.int(),
    dryRun: z.boolean(),
  })
  .meta({ id: 'MergeBody' });
export type MergeBody = z.infer<typeof MergeBody>;
export const Merged = z
  .object({
    /** The record as it is, or would be, once the two are one. */
    usager: Usager,
    other: Usager,
    /** Fields that both hold, and differently. */
    differ: z.array(MergedField),
    /** What goes over to the kept record, as far as the viewer may see. */
    moves: z.object({ upcoming: z.int(), past: z.int(), messages: z.int(), partnerIds: z.array(Id) }),
  })
  .meta({ id: 'Merged' });
export type Merged = z.infer<typeof Merged>;

export const SectorBody = z
  .object({ name: Text(80), agentIds: z.array(Id).max(50).default([]) })
  .meta({ id: 'SectorBody' });
export type SectorBody = z.infer<typeof SectorBody>;
export const Sector = SectorBody.extend({ id: Id, streets: z.int() }).meta({ id: 'Sector' });
export type Sector = z.infer<typeof Sector>;
/** Lines of "commune;rue;pairs|impairs|tous;2-48;secteur", the commune left out where it is `commune`. */
export const SectorStreets = z
  .object({ commune: Note(80), lines: z.string().max(500_000) })
  .meta({ id: 'SectorStreets' });
export type SectorStreets = z.infer<typeof SectorStreets>;
/** Commune, street and number: looked up and forgotten. */
export const AddressBody = z.object({ address: Text(200) }).meta({ id: 'AddressBody' });
export const SectorFound = z.object({ sector: Sector.nullable() }).meta({ id: 'SectorFound' });
export type SectorFound = z.infer<typeof SectorFound>;
