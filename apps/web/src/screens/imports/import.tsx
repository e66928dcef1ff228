import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { DropZone, FileTrigger, Form, isFileDropItem } from 'react-aria-components';
import { useSearchParams } from 'react-router';
import { sendFile } from '../../api/client';
import { useOnce } from '../../api/once';
import { useNames } from '../../api/queries';
import { useMe } from '../../api/session';
import { useWords } from '../../i18n/language';
import { Button } from '../../ui/button';
import { SelectField, TextField } from '../../ui/field';
import { Page } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Segmented } from '../../ui/segmented';
import { keepRead, keptRead, type Read, readSubscription, subscriptionsAgain, useSubscriptions } from './queries';
import { Reading } from './reading';
import { importWords } from './words';
import './imports.css';

const LONGEST = 2_000_000;

/** A calendar kept elsewhere, from a file or at an address, looked at before anything of it is kept. */
export function Import() {
  const words = useWords(importWords);
  const { partners } = useNames();
  const { account } = useMe();
  const [asked] = useSearchParams();
  const followedId = asked.get('abonnement');
  const [read, setRead] = useState<Read | null>(() => {
    const before = keptRead();
    return (before?.subscription?.id ?? null) === followedId ? before : null;
  });
  const show = (next: Read | null) => {
    keepRead(next);
    setRead(next);
  };
  const [chosen, setChosen] = useState<string | null>(read?.partnerId ?? null);
  const mine = partners.filter(
    ({ retired, id, confidential }) => !retired && (!confidential || id === account.partnerId),
  );
  const [only, ...others] = mine;
  const own = account.role === 'partner-editor' ? account.partnerId : null;
  const partnerId = own ?? chosen ?? (others.length === 0 ? (only?.id ?? null) : null);
  return (
    <Page title={words.title} lead={words.lead}>
      {followedId ? (
        <Followed id={followedId} onRead={show} isRead={read !== null} />
      ) : (
        <section className="card form">
          {own === null && others.length > 0 && (
            <SelectField
              label={words.partner}
              placeholder={words.choose}
              value={partnerId}
              onChange={(id) => {
                setChosen(id);
                show(null);
              }}
              options={mine.map(({ id, name }) => ({ id, label: name }))}
            />
          )}
          {partnerId && <Source key={partnerId} partnerId={partnerId} onRead={show} />}
        </section>
      )}
      {read && <Reading key={JSON.stringify(read.content)} read={read} />}
    </Page>
  );
}

interface SourceProps {
  partnerId: string;
  onRead(read: Read | null): void;
}

function Source({ partnerId, onRead }: SourceProps) {
  const words = useWords(importWords);
  const [kind, setKind] = useState<'file' | 'address'>('file');
  return (
    <>
      <div>
        <Segmented
          label={words.from}
          value={kind}
          onChange={setKind}
          options={(['file', 'address'] as const).map((id) => ({ id, label: words[id] }))}
        />
      </div>
      {kind === 'file' ? (
        <FromFile partnerId={partnerId} onRead={onRead} />
      ) : (
        <FromAddress partnerId={partnerId} onRead={onRead} />
      )}
    </>
  );
}

function FromFile({ partnerId, onRead }: SourceProps) {
  const words = useWords(importWords);
  const [isTooLarge, setTooLarge] = useState(false);
  const reading = useMutation({
    mutationFn: (file: Blob) =>
      sendFile<Read['content']>(`/calendar-files/read?partnerId=${partnerId}`, 'text/calendar', file),
    onSuccess: (content) => onRead({ partnerId, subscription: null, content }),
    onError: () => onRead(null),
  });
  const take = (file: File | null | undefined) => {
    if (!file) return;
    setTooLarge(file.size > LONGEST);
    if (file.size <= LONGEST) reading.mutate(file);
  };
  return (
    <>
      <DropZone
        className="drop-zone"
        onDrop={({ items }) => void items.find(isFileDropItem)?.getFile().then(take)}
        getDropOperation={() => 'copy'}
      >
        <p>{words.drop}</p>
        <FileTrigger acceptedFileTypes={['.ics', 'text/calendar']} onSelect={(files) => take(files?.item(0))}>
          <Button look="primary" isPending={reading.isPending}>
            {words.pick}
          </Button>
        </FileTrigger>
        <p className="hint">{words.fileHint}</p>
      </DropZone>
      {isTooLarge && (
        <p className="note stop" role="alert">
          {words.tooLarge}
        </p>
      )}
      {reading.isPending && <p role="status">{words.reading}</p>}
      {!isTooLarge && <ProblemNote error={reading.error} />}
    </>
  );
}

function FromAddress({ partnerId, onRead }: SourceProps) {
  const words = useWords(importWords);
  const post = useOnce();
  const [address, setAddress] = useState('');
  const following = useMutation({
    mutationFn: async () => {
      const { id } = await post<{ id: string }>('/calendar-subscriptions', { partnerId, address });
      void subscriptionsAgain();
      return { id, content: await readSubscription(id) };
    },
    onSuccess: ({ id, content }) => {
      onRead({ partnerId, subscription: { id, host: '' }, content });
    },
    onError: () => onRead(null),
    onSettled: subscriptionsAgain,
  });
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        following.mutate();
      }}
    >
      <TextField
        label={words.link}
        hint={words.linkHint}
        value={address}
        onChange={setAddress}
        autoComplete="off"
        maxLength={2000}
      />
      <ProblemNote error={following.error} />
      {following.isPending && <p role="status">{words.reading}</p>}
      <div className="acts">
        <Button
          look="primary"
          type="submit"
          isPending={following.isPending}
          isDisabled={address.trim().length < 8 || following.isSuccess}
        >
          {words.follow}
        </Button>
      </div>
    </Form>
  );
}

interface FollowedProps {
  id: string;
  isRead: boolean;
  onRead(read: Read | null): void;
}

/** One that is followed already: read again as it is now. */
function Followed({ id, isRead, onRead }: FollowedProps) {
  const words = useWords(importWords);
  const subscription = useSubscriptions(true).data?.find((one) => one.id === id);
  const reading = useMutation({
    mutationFn: () => readSubscription(id),
    onSuccess: (content) =>
      subscription &&
      onRead({ partnerId: subscription.partnerId, subscription: { id, host: subscription.host }, content }),
    onSettled: subscriptionsAgain,
  });
  const { mutate, isIdle } = reading;
  useEffect(() => {
    if (subscription && isIdle && !isRead) mutate();
  }, [subscription, isIdle, isRead, mutate]);
  return (
    <section className="card form">
      <h2>{subscription ? words.source(subscription.host) : words.reading}</h2>
      {reading.isPending && <p role="status">{words.reading}</p>}
      <ProblemNote error={reading.error}>
        <div className="acts">
          <Button onPress={() => mutate()}>{words.retry}</Button>
        </div>
      </ProblemNote>
    </section>
  );
}
