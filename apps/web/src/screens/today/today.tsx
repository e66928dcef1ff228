import type { Board as BoardData } from '@app/contract';
import { useState } from 'react';
import { useBoard, useDirectory, useNames } from '../../api/queries';
import { useMinuteOfDay } from '../../clock/product-clock';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { usePlace } from '../../shell/place';
import { Button, ButtonLink, Key } from '../../ui/button';
import { Answer, Empty, Page } from '../../ui/page';
import { Segmented } from '../../ui/segmented';
import { FreeHourPanel } from '../booking/alone-panel';
import type { RoomWish } from '../booking/room-panels';
import { Board, type Opens } from './board';
import { Hand } from './hand';
import { agentRows, roomRows } from './layout';
import { Panels, usePanels } from './panels';
import { todayWords } from './words';
import './today.css';

const QUARTER = 15;

type View = 'rooms' | 'agents';

/** The day at one site: rooms by hours, and what needs a hand. */
export function Today() {
  const words = useWords(todayWords);
  const say = useSay();
  const { siteId, date, today } = usePlace();
  const directory = useDirectory();
  const board = useBoard(siteId, date);
  const minute = useMinuteOfDay();
  const [view, setView] = useState<View>('rooms');
  const [wish, setWish] = useState<RoomWish | null>(null);
  const isNew = directory.data !== undefined && siteId === undefined;
  const wishAt = (roomId: string | null, wanted: number, end: number) => {
    // What has passed today is no hour to begin at.
    const next = date === today ? Math.ceil(minute / QUARTER) * QUARTER : 0;
    const start = next < end ? Math.max(wanted, next) : wanted;
    if (siteId) setWish({ siteId, roomId, date, start: hour(start), end: hour(Math.min(end, start + 60)) });
  };
  return (
    <div className="today">
      <div className="day-column">
        <Page
          title={date === today ? words.title : capital(say.date(date))}
          lead={
            board.data &&
            [words.permanences(board.data.counts.permanences), words.appointments(board.data.counts.appointments)].join(
              ' · ',
            )
          }
          acts={
            <>
              <Segmented
                label={words.view}
                value={view}
                onChange={setView}
                options={[
                  { id: 'rooms', label: words.rooms },
                  { id: 'agents', label: words.agents },
                ]}
              />
              <ButtonLink href={`/feuille?lieu=${siteId ?? ''}&jour=${date}`}>{words.sheet}</ButtonLink>
              <Button isDisabled={!siteId} onPress={() => wishAt(null, 14 * 60, 15 * 60)}>
                {words.bookRoom}
              </Button>
              <ButtonLink look="primary" href="/creneaux">
                {words.appointment} <Key>n</Key>
              </ButtonLink>
            </>
          }
        >
          {isNew ? (
            <Empty title={words.noSite}>
              <p>{words.noSiteHow}</p>
            </Empty>
          ) : (
            <Answer query={board}>{(data) => <Day board={data} view={view} onWish={wishAt} />}</Answer>
          )}
        </Page>
      </div>
      {/* The day first: what surrounds it is asked for, and drawn, once it is there. */}
      {(isNew || !board.isPending) && (
        <Hand waiting={(board.data?.counts.failedMessages ?? 0) + (board.data?.counts.calls ?? 0)} />
      )}
      {wish && <FreeHourPanel wish={wish} onClose={() => setWish(null)} />}
    </div>
  );
}

const hour = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

interface DayProps {
  board: BoardData;
  view: View;
  onWish(roomId: string | null, start: number, end: number): void;
}

function Day({ board, view, onWish }: DayProps) {
  const words = useWords(todayWords);
  const names = useNames();
  const panels = usePanels();
  const rows = view === 'rooms' ? roomRows(board, names, words) : agentRows(board, names);
  const open = (what: Opens) => {
    if (what.kind === 'free') onWish(what.roomId, what.start, what.end);
    else if (what.kind !== 'target') panels.open(what.kind, what.id);
  };
  return (
    <>
      {board.holiday && <p className="note">{words.holiday(board.holiday)}</p>}
      {board.closed !== null && <p className="note">{words.closure(board.closed)}</p>}
      {board.opens === null && !board.holiday && board.closed === null && <p className="note">{words.closed}</p>}
      {rows.length === 0 ? <Empty title={words.nobody} /> : <Board board={board} rows={rows} onOpen={open} />}
      <Panels {...panels} />
    </>
  );
}
