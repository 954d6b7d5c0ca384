import { patience } from '../../../lambda/pool-trigger/patience';

/** A clock on which sleeping takes no time. */
const clock = () => {
  let now = 0;
  return { now: () => now, sleep: async (milliseconds: number) => void (now += milliseconds) };
};

const failing = (error: object, times = Infinity) => {
  let tries = 0;
  return {
    attempt: async () => {
      if (tries++ < times) throw Object.assign(new Error('no'), error);
      return 'done';
    },
    get tries() {
      return tries;
    },
  };
};

const refused = (name: string, httpStatusCode = 400) => ({ name, $metadata: { httpStatusCode } });

test.each([
  refused('TooManyRequestsException'),
  refused('ConcurrentModificationException'),
  refused('AccessDeniedException'), // a policy that has not arrived yet
  refused('InternalErrorException', 500),
  { name: 'Error', code: 'ECONNRESET', $metadata: {} },
  { name: 'TimeoutError', $metadata: {} },
])('is had with %p', async (error) => {
  const task = failing(error, 5);
  await expect(patience({ clock: clock(), until: 60_000 })(task.attempt)).resolves.toBe('done');
});

test.each([refused('InvalidParameterException'), refused('ResourceNotFoundException'), { name: 'TypeError' }])(
  'is not had with %p',
  async (error) => {
    const task = failing(error);
    await expect(patience({ clock: clock(), until: 60_000 })(task.attempt)).rejects.toMatchObject(error);
    expect(task.tries).toBe(1);
  },
);

test.each([
  ['TooManyRequestsException', 200_000],
  ['AccessDeniedException', 45_000],
])('with %s ends after a while', async (name, most) => {
  const time = clock();
  const task = failing(refused(name));
  await expect(patience({ clock: time, until: 200_000 })(task.attempt)).rejects.toMatchObject({ name });
  expect(time.now()).toBeLessThan(most);
  expect(time.now()).toBeGreaterThan(most - 10_000);
});
