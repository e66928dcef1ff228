import type { FollowCalendar } from '@app/calendars';
import { GatewayTrouble, type SendReminder } from '@app/reminders';
import { describe, expect, it } from '@jest/globals';
import type { SendLink } from '@app/waiting';
import type { Job } from 'bullmq';
import { JobProcessor } from './job.processor';
import { sendJob } from './jobs';
import type { Nightly } from './nightly.service';

/** A reminder that meets this error, and what was given up about it. */
function meeting(error: Error): { processor: JobProcessor; givenUp: string[] } {
  const givenUp: string[] = [];
  const reminder = {
    send: () => Promise.reject(error),
    giveUp: async (_: string, __: string, reason: string) => void givenUp.push(reason),
  };
  return {
    processor: new JobProcessor(
      reminder as unknown as SendReminder,
      {} as Nightly,
      {} as FollowCalendar,
      {} as SendLink,
    ),
    givenUp,
  };
}

function attempt(number: number): Job {
  const job = sendJob({ spaceId: 's', id: 'r' });
  return { ...job, attemptsMade: number - 1 } as unknown as Job;
}

describe('a reminder the gateway does not take', () => {
  it('is tried again, eight times in all', async () => {
    const { processor, givenUp } = meeting(new GatewayTrouble(new Error('timeout')));
    for (let turn = 1; turn < 8; turn += 1) await expect(processor.process(attempt(turn))).rejects.toThrow('timeout');
    expect(givenUp).toEqual([]);
  });

  it('is failed after the eighth, with the reason', async () => {
    const { processor, givenUp } = meeting(new GatewayTrouble(new Error('timeout')));
    await processor.process(attempt(8));
    expect(givenUp).toEqual(['timeout']);
  });

  it('is never failed for a trouble of our own', async () => {
    const { processor, givenUp } = meeting(new Error('the database restarts'));
    await expect(processor.process(attempt(8))).rejects.toThrow('restarts');
    expect(givenUp).toEqual([]);
  });
});
