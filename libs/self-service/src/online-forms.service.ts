import { randomBytes } from 'node:crypto';
import { Database } from '@app/persistence';
import { Inject, Injectable } from '@nestjs/common';
import { answerKey, type FormState, openBrowser, openForm, sealBrowser, sealForm } from './form-state';
import { OnlineOffer } from './online-offer.service';
import { takenHere } from './online-request.query';
import type { KnownPerson } from './typed-person';
import type { PublicSpace } from './visitor';

/** The forms of the public page, signed as they leave and known as they come back. */
@Injectable()
export class OnlineForms {
  private known: Promise<Buffer> | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OnlineOffer) private readonly offer: OnlineOffer,
  ) {}

  /**
   * A form for a slot that is offered now, or that its browser has already, signed; null when it is neither. `browser`:
   * what its browser kept of the form before, and is to keep.
   */
  async give(
    space: PublicSpace,
    wanted: Omit<FormState, 'key' | 'givenAt'>,
    browser: string,
  ): Promise<{ siteId: string; sealed: string; browser: string } | null> {
    const [secret, givenAt] = [await this.secret(), this.database.now()];
    const known = openBrowser(browser, secret, givenAt);
    const { motifId, occurrenceId, start } = wanted;
    const key = known?.key ?? randomBytes(16).toString('base64url');
    const form = { key, motifId, occurrenceId, start, givenAt };
    const slot = (await this.offer.slot(space, wanted)) ?? (known && (await takenHere(this.database, space, form)));
    if (!slot) return null;
    const sealed = sealForm(form, secret);
    return { siteId: slot.siteId, sealed, browser: known ? browser : sealBrowser({ key, givenAt }, secret) };
  }

  /** What a form that comes back is about; null when it is none of ours, or too old. */
  async read(sealed: string): Promise<FormState | null> {
    return openForm(sealed, await this.secret(), this.database.now());
  }

  /** What the same form for the same person is known by. */
  async answerKey(form: FormState, person: KnownPerson): Promise<string> {
    return answerKey(form, person, await this.secret());
  }

  private secret(): Promise<Buffer> {
    this.known ??= this.database
      .outside<{ secret: Buffer }>('select form_secret() as secret')
      .then(([row]) => row?.secret ?? Promise.reject(new Error('Forms have no secret to be signed with.')));
    return this.known;
  }
}
