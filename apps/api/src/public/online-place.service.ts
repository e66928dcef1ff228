import { Id } from '@app/contract';
import { CLOCK, Database } from '@app/persistence';
import { OnlineOffer, type OnlineMotif, type PublicSpace } from '@app/self-service';
import { type Clock, dateAt, type Language } from '@app/time';
import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { languageOf, type Said } from './asked';
import type { Place, SiteNames } from './online-pages';
import { publicSpaces } from './public.query';
import { siteNames } from './site-names.query';

export interface Here {
  space: PublicSpace;
  place: Place;
  language: Language;
}

/** Where an address of the public page leads: a space, and what is booked there. */
@Injectable()
export class OnlinePlace {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(OnlineOffer) private readonly offer: OnlineOffer,
  ) {}

  /** @throws NotFoundException */
  async here(slug: string, asked: Said): Promise<Here> {
    const space = (await publicSpaces(this.database)).find((one) => one.slug === slug);
    if (!space) throw new NotFoundException();
    const language = languageOf(asked?.lang);
    const path = `/public/${space.slug}/rendez-vous`;
    return {
      space,
      language,
      place: { space: space.name, path, language, today: dateAt(this.clock.now(), space.zone) },
    };
  }

  /** @throws NotFoundException */
  async motif({ space }: Here, id: string): Promise<OnlineMotif> {
    const motif = Id.safeParse(id).success ? await this.offer.motif(space, id) : null;
    if (!motif) throw new NotFoundException();
    return motif;
  }

  sites({ space }: Here): Promise<SiteNames> {
    return siteNames(this.database, space.id);
  }
}
