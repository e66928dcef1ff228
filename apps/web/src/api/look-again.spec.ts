import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { lookingAgain } from './look-again';

const ROOT = ['messages'];
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('what became stale is looked at again', () => {
  let client: QueryClient;
  let asked: ((answer: string) => void)[];
  let shown: () => string | undefined;
  let leave: () => void;
  beforeEach(() => {
    client = new QueryClient();
    asked = [];
    const observer = new QueryObserver(client, {
      queryKey: [...ROOT, 'list'],
      queryFn: () => new Promise<string>((resolve) => asked.push(resolve)),
      staleTime: 15_000,
    });
    leave = observer.subscribe(() => undefined);
    shown = () => observer.getCurrentResult().data;
  });
  afterEach(() => {
    leave();
    client.clear();
  });

  const answer = async (nth: number, text: string) => {
    asked[nth]?.(text);
    await turn();
  };

  it('news heard while the first answer is on its way is not lost', async () => {
    const lookAgain = lookingAgain(client);
    void lookAgain(ROOT);
    await turn();
    await answer(0, 'of before');
    expect(shown()).toBe('of before');
    await answer(1, 'of after');
    expect(shown()).toBe('of after');
  });

  it('news that keep coming do not keep an answer from being shown, and the last one is looked at too', async () => {
    await answer(0, 'nothing yet');
    const lookAgain = lookingAgain(client);
    for (let news = 0; news < 20; news += 1) {
      void lookAgain(ROOT);
      await turn();
    }
    expect(asked).toHaveLength(2);
    await answer(1, 'the first of them');
    expect(shown()).toBe('the first of them');
    await answer(2, 'all of them');
    expect(shown()).toBe('all of them');
    await turn();
    expect(asked).toHaveLength(3);
  });

  it('an answer that never comes is asked for anew', async () => {
    await answer(0, 'nothing yet');
    const lookAgain = lookingAgain(client, 20);
    void lookAgain(ROOT);
    await new Promise((resolve) => setTimeout(resolve, 60));
    void lookAgain(ROOT);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await answer(asked.length - 1, 'at last');
    expect(shown()).toBe('at last');
    expect(asked).toHaveLength(3);
  });
});
