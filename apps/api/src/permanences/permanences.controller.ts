import type { Viewer } from '@app/accounts';
import {
  asShown,
  Created,
  DateChange,
  DateChanged,
  HistoryLine,
  Id,
  Permanence,
  PermanenceBody,
  PermanenceChange,
  PermanenceDate,
  PermanenceLine,
  PermanenceReading,
  PermanenceStop,
  PlainDate,
  Preview,
  PreviewBody,
  Problem,
  Published,
  PublishedOne,
  SeveralToPublish,
  TurnsSwap,
  WordsBody,
} from '@app/contract';
import {
  ChangeDate,
  PermanenceHistory,
  PermanenceList,
  PreviewPermanence,
  PublishPermanence,
  PublishSeveral,
  ReadPermanence,
  SwapTurns,
  WritePermanence,
} from '@app/permanences';
import type { Once } from '@app/persistence';
import type { PlainDate as Day } from '@app/time';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, answer, CurrentViewer, found, notFound, OnceKey, problemOf, Roles } from '../http';

const ListQuery = z
  .object({ partner: Id.optional(), state: z.enum(['draft', 'published', 'stopped']).optional() })
  .meta({ id: 'PermanencesQuery' });
const DatesQuery = z
  .object({ from: PlainDate.optional(), count: z.coerce.number().int().min(1).max(200).default(8) })
  .meta({ id: 'PermanenceDatesQuery' });
const Publication = z.object({ version: z.int(), ...asShown }).meta({ id: 'Publication' });

const EDITORS = ['partner-editor', 'manager', 'administrator'] as const;

@ApiTags('permanences')
@Controller('permanences')
export class PermanencesController {
  constructor(
    @Inject(PermanenceList) private readonly list: PermanenceList,
    @Inject(ReadPermanence) private readonly reading: ReadPermanence,
    @Inject(PreviewPermanence) private readonly previews: PreviewPermanence,
    @Inject(WritePermanence) private readonly writing: WritePermanence,
    @Inject(PublishPermanence) private readonly publishing: PublishPermanence,
    @Inject(PublishSeveral) private readonly publishingSeveral: PublishSeveral,
    @Inject(ChangeDate) private readonly changing: ChangeDate,
    @Inject(SwapTurns) private readonly swapping: SwapTurns,
    @Inject(PermanenceHistory) private readonly histories: PermanenceHistory,
  ) {}

  /** Every permanence the viewer may see: one's own in any state, others' once published. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(PermanenceLine) })
  async all(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<PermanenceLine[]> {
    return this.list.all(viewer, query);
  }

  /** What the words of a bulletin say: rules, what remains to be asked, and a room for each. Nothing is written. */
  @Post('read')
  @HttpCode(200)
  @Roles(...EDITORS)
  @ApiResponse({ status: 200, standardSchema: PermanenceReading })
  @ApiResponse({ status: 400, standardSchema: Problem })
  async read(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: WordsBody }) body: WordsBody,
  ): Promise<PermanenceReading> {
    return found('permanence', body.partnerId ?? 'none', await this.reading.read(viewer, body));
  }

  /** The dates a permanence would have, with what stands in their way. Nothing is written. */
  @Post('preview')
  @HttpCode(200)
  @Roles(...EDITORS)
  @ApiResponse({ status: 200, standardSchema: Preview })
  @ApiResponse({ status: 400, standardSchema: Problem })
  async preview(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: PreviewBody }) body: z.infer<typeof PreviewBody>,
  ): Promise<Preview> {
    return found(
      'permanence',
      body.permanenceId ?? body.permanence.partnerId,
      await this.previews.preview(viewer, body),
    );
  }

  /** A draft, seen by its partner and the desk's side until it is published. */
  @Post()
  @Roles(...EDITORS)
  @ApiResponse({ status: 201, standardSchema: Created })
  @ApiResponse({ status: 400, standardSchema: Problem })
  async draft(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: PermanenceBody }) body: PermanenceBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.writing.draft(viewer, once, body));
  }

  @Get(':id')
  @ApiResponse({ status: 200, standardSchema: Permanence })
  async one(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<Permanence> {
    return (await this.list.one(viewer, id)) ?? notFound('permanence', id);
  }

  /** The next dates as they are laid out, those that are skipped or cancelled with their cause. */
  @Get(':id/dates')
  @ApiResponse({ status: 200, standardSchema: z.array(PermanenceDate) })
  async dates(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: DatesQuery }) { from, count }: z.infer<typeof DatesQuery>,
  ): Promise<PermanenceDate[]> {
    return (await this.list.dates(viewer, id, { from: from as Day | undefined, count })) ?? notFound('permanence', id);
  }

  /** Who changed what, and when, the latest first; empty for those who only see its dates. */
  @Get(':id/history')
  @ApiResponse({ status: 200, standardSchema: z.array(HistoryLine) })
  async history(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<HistoryLine[]> {
    return (await this.histories.of(viewer, id)) ?? notFound('permanence', id);
  }

  /**
   * Says a permanence anew, wholly or from a day on; a published one is laid out again at once. A dry run shows what it does to
   * dates and people; given back as `seen`, its token lets exactly that be done, or refuses with what it would do now.
   */
  @Put(':id')
  @Roles(...EDITORS)
  @Answers(200, Published)
  async change(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PermanenceChange }) body: PermanenceChange,
  ): Promise<Published> {
    return found('permanence', id, await this.writing.change(viewer, id, body));
  }

  /**
   * Lays out the dates, 18 months ahead. What is taken becomes a conflict to settle, not a refusal. Where the person in charge
   * must agree, a partner's editor asks for it (`proposed`), as for a change of what is published and its end.
   */
  @Post(':id/publish')
  @HttpCode(200)
  @Roles(...EDITORS)
  @Answers(200, Published)
  async publish(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: Publication }) { version, ...how }: z.infer<typeof Publication>,
  ): Promise<Published> {
    return found('permanence', id, await this.publishing.publish(viewer, id, version, how));
  }

  /**
   * Publishes several at once, in this order: first come, first served. Each is published or refused for itself, and what
   * became of each is told in the same order.
   */
  @Post('publish')
  @HttpCode(200)
  @Roles(...EDITORS)
  @ApiResponse({ status: 200, standardSchema: z.array(PublishedOne) })
  async publishSeveral(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: SeveralToPublish }) { permanences }: SeveralToPublish,
  ): Promise<PublishedOne[]> {
    const became = await this.publishingSeveral.publish(viewer, permanences);
    return became.map(({ id, outcome }) => {
      if (outcome.ok) return { id, published: outcome.value, refused: null };
      const { why, title, errors = [] } = problemOf(outcome, viewer.language);
      return { id, published: null, refused: { why: why ?? '', title, errors: errors.map(({ message }) => message) } };
    });
  }

  /** No more dates from this day on; a dry run shows which, and who is booked on them. */
  @Post(':id/stop')
  @HttpCode(200)
  @Roles(...EDITORS)
  @Answers(200, Published)
  async stop(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PermanenceStop }) body: PermanenceStop,
  ): Promise<Published> {
    return found('permanence', id, await this.publishing.stop(viewer, id, body));
  }

  /** Cancels, changes or restores one date; a dry run only says who is booked on it. */
  @Post(':id/dates')
  @Answers(200, DateChanged)
  async changeDate(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DateChange }) body: DateChange,
  ): Promise<DateChanged> {
    return found('permanence', id, await this.changing.change(viewer, id, body));
  }

  /** Two dates of a rota swap their agents; a dry run shows what these agents have elsewhere at those hours. */
  @Post(':id/swap')
  @Answers(200, DateChanged)
  async swap(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: TurnsSwap }) body: TurnsSwap,
  ): Promise<DateChanged> {
    return found('permanence', id, await this.swapping.swap(viewer, id, body));
  }
}
