import type { Permanence } from '@app/contract';
import { useMemo, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { newKey } from '../../api/client';
import { useNames } from '../../api/queries';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { usePlace } from '../../shell/place';
import { Button, ButtonLink } from '../../ui/button';
import { Answer, Empty, Loading, Page } from '../../ui/page';
import { fieldErrors, ProblemNote } from '../../ui/problem';
import { useSettled } from '../../ui/settled';
import { withReading } from './answers';
import { BehindActs } from './behind-acts';
import { choose, chosenFor } from './date-choices';
import { bodyOf, type Draft, draftOf, invitedOf, newRule, onlyMotif, saidBy } from './draft';
import { HolidayQuestion } from './holiday-question';
import { PreviewCard } from './preview';
import { proposalWords } from './proposal-words';
import { useAsksFirst, usePermanence, usePreview } from './queries';
import { isBehind, Review } from './review';
import { RuleFields } from './rule-fields';
import { type Stored, useSaving } from './saving';
import { useWriting } from './use-writing';
import { TermsFields, WhatFields } from './what-fields';
import { permanenceWords } from './words';
import { useHindrance, WritingCards } from './writing';
import { writingWords } from './writing-words';
import './permanences.css';

export function NewPermanence() {
  const { partners, motifs } = useNames();
  const { account } = useMe();
  const { siteId, today } = usePlace();
  const words = useWords(permanenceWords);
  // The form starts with what is known: it waits for the names.
  if (!siteId) return <Loading />;
  if (!partners.some(({ retired }) => !retired))
    return (
      <Page title={words.newTitle}>
        <Empty title={words.noPartner}>
          <ButtonLink look="primary" href="/reglages/partenaires">
            {words.toPartners}
          </ButtonLink>
        </Empty>
      </Page>
    );
  const own = partners.find(({ id }) => id === account.partnerId);
  return (
    <PermanenceForm
      stored={null}
      start={{
        partnerId: own?.id ?? null,
        title: own?.name ?? '',
        visibility: 'public',
        confidential: own?.confidential ?? false,
        onHoliday: 'skip',
        onClosure: 'skip',
        schoolHolidays: 'any',
        publicNote: '',
        motifIds: own ? onlyMotif(motifs, own.id) : [],
        invitedPartnerIds: [],
        rules: [newRule(newKey(), today, siteId)],
        choices: [],
      }}
    />
  );
}

export function EditPermanence() {
  const query = usePermanence(useParams().id);
  // What is being written stays what it was when opened: a colleague's change is told when saving.
  const opened = useRef<Permanence | undefined>(undefined);
  if (!query.isFetching) opened.current ??= query.data;
  return (
    <Answer query={{ ...query, data: opened.current }} isScreen>
      {(permanence) => <PermanenceForm stored={permanence} start={draftOf(permanence)} />}
    </Answer>
  );
}

interface PermanenceFormProps {
  stored: Stored | null;
  start: Draft;
  /** What it starts with comes from a calendar: told as soon as something is stored. */
  onImported?(permanenceId: string): Promise<void>;
}

export function PermanenceForm({ stored: known, start, onImported }: PermanenceFormProps) {
  const words = useWords(permanenceWords);
  const names = useNames();
  const { today } = useSay();
  const { account } = useMe();
  const writingSaid = useWords(writingWords);
  const [written, setWritten] = useState(start);
  const [inWords, setInWords] = useState(known === null && !onImported);
  const [byHand, setByHand] = useState(onImported !== undefined);
  const writing = useWriting(known === null, written.partnerId);
  const { reading, answers } = writing;
  // The sentence and the form write one draft: lines changed in the form stand until the sentence is taken up again.
  const draft = useMemo(
    () => (reading && !byHand ? withReading(written, reading, answers) : written),
    [written, reading, answers, byHand],
  );
  const setDraft = (next: Draft) => {
    if (next.onHoliday !== draft.onHoliday) writing.answer({ onHoliday: next.onHoliday });
    const changesLines = next.rules !== draft.rules || next.schoolHolidays !== draft.schoolHolidays;
    if (changesLines && next.partnerId === draft.partnerId) setByHand(true);
    setWritten(next);
  };
  const [stored, setStored] = useState(known);
  const [tried, setTried] = useState(false);
  const result = useMemo(() => bodyOf(draft), [draft]);
  const shown = useMemo(() => {
    const titled = bodyOf({ ...draft, title: draft.title.trim() || words.newTitle });
    return titled.missing ? null : titled.body;
  }, [draft, words]);
  const settled = useSettled(shown);
  const preview = usePreview(settled, stored?.id ?? null);

  const saving = useSaving(stored, (now) => {
    setStored(now);
    if (onImported) void onImported(now.id);
    else writing.forget();
  });
  const isPublished = stored?.state === 'published';
  const asking = useWords(proposalWords);
  const asksFirst = useAsksFirst(draft.confidential);
  const [reviews, setReviews] = useState(false);
  const hindrance = useHindrance(writing, inWords);
  const hindered = known || byHand ? null : hindrance;
  const save = (publishes: boolean, over = false) => {
    setTried(true);
    if (hindered || result.missing) return;
    // What is published is looked at once more: dates, and people, hang on it.
    if (isPublished) setReviews(true);
    else saving.mutate({ body: result.body, publishes, over });
  };

  const errors = useMemo(() => {
    const missing = tried ? (result.missing ?? []) : [];
    return {
      ...Object.fromEntries(missing.map((at) => [at, words.missing])),
      ...inside(fieldErrors(preview.error)),
      ...inside(fieldErrors(saving.error)),
    };
  }, [tried, result, words, preview.error, saving.error]);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const partner = names.partner(draft.partnerId);
  return (
    <Page
      title={known ? words.editTitle(start.title) : words.newTitle}
      lead={partner?.name}
      acts={
        <>
          {!known && (
            <Button onPress={() => setInWords(!inWords)}>
              {inWords ? writingSaid.detailed : writingSaid.sentence}
            </Button>
          )}
          {!isPublished && (
            <Button isPending={saving.isPending} onPress={() => save(false)}>
              {words.saveDraft}
            </Button>
          )}
          <Button look="primary" isPending={saving.isPending} onPress={() => save(true)}>
            {isPublished ? words.saveChange : asksFirst ? asking.askPublish : words.publish}
          </Button>
        </>
      }
    >
      {tried && (hindered || result.missing) && (
        <p className="note" role="alert">
          {hindered ?? words.missingAll}
        </p>
      )}
      <NotSaved
        error={reviews ? null : saving.error}
        storedId={stored?.id ?? null}
        isPending={saving.isPending}
        onOver={() => save(saving.variables?.publishes ?? false, true)}
      />
      {reviews && stored && !result.missing && (
        <Review
          body={result.body}
          stored={stored}
          saving={saving}
          onStored={setStored}
          onClose={() => setReviews(false)}
        />
      )}
      <div className="beside">
        <div>
          {inWords && (
            <WritingCards writing={writing} isByHand={byHand} onAgain={() => setByHand(false)}>
              {!byHand && reading && (
                <HolidayQuestion
                  dates={preview.data?.dates ?? []}
                  value={draft.onHoliday}
                  onChange={(onHoliday) => change({ onHoliday })}
                />
              )}
            </WritingCards>
          )}
          <WhatFields
            draft={draft}
            onChange={setDraft}
            errors={errors}
            ownPartnerId={account.role === 'partner-editor' ? account.partnerId : null}
            isStored={stored !== null}
          />
          {!inWords && (
            <>
              <section className="card form">
                <h2>{words.when}</h2>
                {draft.rules.map((rule, index) => (
                  <RuleFields
                    key={rule.key}
                    rule={rule}
                    place={index}
                    isOnly={draft.rules.length === 1}
                    partnerIds={[...(draft.partnerId ? [draft.partnerId] : []), ...invitedOf(draft)]}
                    errors={errors}
                    onChange={(changed) => change({ rules: draft.rules.map((one) => (one === rule ? changed : one)) })}
                    onCopy={(copy) =>
                      change({ rules: [...draft.rules.slice(0, index + 1), copy, ...draft.rules.slice(index + 1)] })
                    }
                    onRemove={() => change({ rules: draft.rules.filter((one) => one !== rule) })}
                  />
                ))}
                <div className="acts">
                  <Button
                    onPress={() =>
                      change({ rules: [...draft.rules, newRule(newKey(), today, draft.rules.at(-1)?.siteId ?? null)] })
                    }
                  >
                    {words.addRule}
                  </Button>
                </div>
              </section>
              <TermsFields draft={draft} onChange={setDraft} errors={errors} />
            </>
          )}
        </div>
        <PreviewCard
          query={preview}
          isAsked={settled !== null}
          isOld={settled !== shown || preview.isPlaceholderData}
          chosen={(date) => chosenFor(draft.choices, date)}
          onChoose={(date, choice) => change({ choices: choose(draft.choices, date, choice, saidBy(draft)) })}
        />
      </div>
    </Page>
  );
}

/** The server names fields from the whole of what it was sent: "permanence.rules.0.rrule". */
function inside(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([at, message]) => [at.replace(/^permanence\./, ''), message]));
}

interface NotSavedProps {
  error: Error | null;
  storedId: string | null;
  isPending: boolean;
  onOver(): void;
}

/** Why it was not saved. Someone else's change in between: theirs can be seen, ours can be kept. */
function NotSaved({ error, storedId, isPending, onOver }: NotSavedProps) {
  return (
    <ProblemNote error={error}>
      {isBehind(error) && storedId !== null && <BehindActs id={storedId} isPending={isPending} onOver={onOver} />}
    </ProblemNote>
  );
}
