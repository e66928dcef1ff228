import { contextOf, type Viewer } from '@app/accounts';
import type { PermanenceReading, WordsBody } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { readWording } from '@app/recurrence';
import { dateOf, type PlainDate, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { readPartner, readPlace } from './permanence.query';
import { asRule, inTermAndHolidays, policiesOf } from './reading';
import { refusalToWrite } from './rights';
import { roomsOfPartner, usualSite, withRooms } from './room-proposal.query';

export type ReadRefusal = 'not-found' | 'not-yours';

/** Reads a permanence as its partner prints it, against the sites and rooms of the space. Nothing is written. */
@Injectable()
export class ReadPermanence {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** What the words say, what they leave to ask, and a room for each rule; everything in the viewer's language. */
  async read(
    viewer: Viewer,
    { words, partnerId, from, sites }: WordsBody,
  ): Promise<Outcome<PermanenceReading, ReadRefusal>> {
    const { language } = viewer;
    return this.database.command<PermanenceReading, ReadRefusal>(contextOf(viewer), async (tx) => {
      if (partnerId) {
        const partner = await readPartner(tx, partnerId);
        if (!partner) return refuse('not-found');
        const refusal = refusalToWrite(tx.context, partnerId, partner.confidential, language);
        if (refusal) return refusal;
      }
      const place = await readPlace(tx);
      const first = (from as PlainDate | undefined) ?? dateOf(toLocal(tx.now, place.zone));
      const rooms = await roomsOfPartner(tx, partnerId ?? null);
      const inUse = [...place.sites].filter(([, site]) => !site.retired).map(([id, { name }]) => ({ id, name }));
      const read = readWording(words, first);
      const against = {
        from: first,
        sites: inUse,
        meant: new Map(sites.map(({ name, siteId }) => [name, siteId])),
        usualSiteId: inUse.length === 1 ? (inUse[0]?.id ?? null) : usualSite(rooms),
        language,
      };
      const lines = read.rules.flatMap(inTermAndHolidays);
      const { perLine, onHoliday, schoolHolidays } = policiesOf(lines);
      const rules = lines.map((rule) => asRule(rule, against, perLine));
      const inWords = <Remark extends { text: string; textEn: string; at: readonly number[] }>({
        text,
        textEn,
        at,
        ...rest
      }: Remark) => ({
        ...rest,
        text: language === 'fr' ? text : textEn,
        at: [...at],
      });
      return done({
        verdict: read.verdict,
        questions: read.questions.map(inWords),
        warnings: read.warnings.map(inWords),
        rules: await withRooms(tx, rules, rooms, first, place.zone),
        onHoliday,
        schoolHolidays,
      });
    });
  }
}
