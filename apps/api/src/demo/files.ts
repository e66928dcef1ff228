import { readFile } from 'node:fs/promises';
import {
  AgentBody,
  MotifBody,
  PartnerBody,
  PermanenceBody,
  RoomBody,
  RuleBody,
  SiteBody,
  SpaceCalendarBody,
  UsagerBody,
} from '@app/contract';
import { z } from 'zod';

/** The shapes of the demonstration's files: what the screens would send, with names in place of ids. */

const Room = RoomBody.omit({ siteId: true, residentPartnerId: true, residentAgentIds: true }).extend({
  resident: z.string().optional(),
  /** Who sits there, by name. */
  seated: z.array(z.string()).default([]),
});
const SpaceFile = z.object({
  name: z.string(),
  slug: z.string(),
  zone: z.string(),
  territory: SpaceCalendarBody.shape.territory,
  schoolZone: SpaceCalendarBody.shape.schoolZone,
  openings: z.object({ days: z.array(z.int()), opens: z.string(), closes: z.string() }),
  sites: z.array(SiteBody.omit({ openings: true }).extend({ rooms: z.array(Room) })).min(1),
});
const PartnersFile = z.object({
  partners: z.array(
    PartnerBody.extend({
      agents: z.array(AgentBody.omit({ partnerId: true })).default([]),
      motifs: z.array(MotifBody.omit({ partnerId: true }).extend({ key: z.string() })),
    }),
  ),
});
const PermanencesFile = z.object({
  permanences: z.array(
    PermanenceBody.omit({ partnerId: true, motifIds: true, invitedPartnerIds: true, rules: true }).extend({
      partner: z.string(),
      motifs: z.array(z.string()),
      /** The partners of an internal meeting. */
      with: z.array(z.string()).default([]),
      published: z.string(),
      /** What someone types instead, where what is published names neither day nor hour. */
      written: z.string().optional(),
      /** Which site is meant by a name that is no site's ("" where none is named). */
      sites: z.record(z.string(), z.string()).default({}),
      /** What the words leave open, line by line. */
      lines: z.array(
        RuleBody.pick({ mode: true, from: true, start: true, end: true })
          .partial()
          .extend({
            seats: RuleBody.shape.seats,
            assumption: RuleBody.shape.assumption,
            room: z.string(),
            workstation: z.string().optional(),
            agents: z.array(z.string()).default([]),
          }),
      ),
    }),
  ),
});
const AccountsFile = z.object({
  accounts: z.array(
    z.object({
      email: z.email(),
      name: z.string(),
      role: z.enum(['desk', 'agent', 'partner-editor', 'manager', 'administrator']),
      partner: z.string().optional(),
      agent: z.string().optional(),
      code: z.string().optional(),
    }),
  ),
});

/** What a few of the usagers have besides their line, and who follows them. */
const Named = { lastName: z.string(), firstName: z.string() };
const MarksFile = z.object({
  marks: z.array(z.looseObject(Named)),
  referents: z.array(z.object({ ...Named, partner: z.string(), agent: z.string() })),
});
const SectorsFile = z.object({
  commune: z.string(),
  lines: z.array(z.string()),
  agents: z.record(z.string(), z.array(z.string())),
});

const When = { weeks: z.int(), weekday: z.int().min(1).max(7), start: z.string(), end: z.string() };
const AwayFile = z.object({
  absences: z.array(z.object({ agent: z.string(), label: z.string(), ...When })),
  loans: z.array(z.object({ room: z.string(), to: z.string(), ...When })),
});

export type SpaceFile = z.infer<typeof SpaceFile>;
export type PartnersFile = z.infer<typeof PartnersFile>;
export type PermanencesFile = z.infer<typeof PermanencesFile>;
export type DemoAccount = z.infer<typeof AccountsFile>['accounts'][number];

export interface DemoFiles {
  space: SpaceFile;
  partners: PartnersFile['partners'];
  permanences: PermanencesFile['permanences'];
  accounts: DemoAccount[];
  usagers: z.infer<typeof UsagerBody>[];
  referents: z.infer<typeof MarksFile>['referents'];
  sectors: z.infer<typeof SectorsFile>;
  away: z.infer<typeof AwayFile>;
  /** Those whom only the confidential service has met. */
  usagersOfStaff: z.infer<typeof UsagerBody>[];
}

/** @throws when a file does not have its shape. */
export async function readDemoFiles(folder = new URL('./chevilly-larue/', import.meta.url)): Promise<DemoFiles> {
  const text = (name: string) => readFile(new URL(name, folder), 'utf8');
  const json = async (name: string): Promise<unknown> => JSON.parse(await text(name));
  const { marks, referents } = MarksFile.parse(await json('marks.json'));
  return {
    space: SpaceFile.parse(await json('space.json')),
    partners: PartnersFile.parse(await json('partners.json')).partners,
    permanences: PermanencesFile.parse(await json('permanences.json')).permanences,
    accounts: AccountsFile.parse(await json('accounts.json')).accounts,
    usagers: usagersOf(await text('usagers.csv'), marks),
    referents,
    sectors: SectorsFile.parse(await json('sectors.json')),
    away: AwayFile.parse(await json('away.json')),
    usagersOfStaff: usagersOf(await text('usagers-personnel.csv'), []),
  };
}

/** Lines of usagers.csv; no field holds a comma or a quote. */
function usagersOf(csv: string, marks: z.infer<typeof MarksFile>['marks']): z.infer<typeof UsagerBody>[] {
  const [, ...lines] = csv.trim().split('\n');
  return lines.map((line) => {
    const [lastName, firstName, phone, phoneShared, language, birthYear, toldBy, note] = line.split(',');
    const mark = marks.find((one) => one.lastName === lastName && one.firstName === firstName);
    return UsagerBody.parse({
      lastName,
      firstName,
      phone: phone || null,
      phoneShared: phoneShared === 'oui',
      language,
      birthYear: birthYear ? Number(birthYear) : null,
      toldBy,
      note,
      ...mark,
    });
  });
}
