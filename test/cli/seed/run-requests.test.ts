import { RunRequests } from '../../../cli/seed/step/run-requests';
import type { Planned } from '../../../lambda/seeder/plan-rows';
import { carryOut, writesOf } from '../../../lambda/seeder/run/carry-out';

const planned = (intent: Partial<Planned['intent']>, live?: Record<string, string>): Planned => ({
  line: 0,
  intent: { username: 'ann', set: {}, delete: [], prune: {}, keep: [], clientMetadata: {}, declared: true, ...intent },
  ...(live && { live: { username: 'ann', attributes: live } }),
});

test.each<[string, Planned, number, number]>([
  ['nobody is read for what is set', planned({ set: { locale: 'de' } }), 1, 0],
  ['a value that goes takes a request of its own', planned({ set: { locale: 'de' }, delete: ['nickname'] }), 2, 0],
  ['who may lose something is read', planned({ prune: { locale: 'de' } }), 1, 1],
  ['but not who has it no more', planned({ set: { name: 'Ann' }, prune: { locale: 'de' } }, { locale: 'fr' }), 2, 0],
  ['and who has it', planned({ prune: { locale: 'de' } }, { locale: 'de' }), 1, 1],
  ['who may be messaged is read', planned({ set: { email: 'ann@example.com' } }), 1, 1],
  ['who may not is not', planned({ set: { email: 'ann@example.com', email_verified: 'true' } }), 1, 0],
])('%s', async (_, one, writes, reads) => {
  const requests = new RunRequests();
  requests.count(one);
  expect({ ...requests }).toEqual({ writes, reads });
  // The engine does just so.
  const read = jest.fn(async () => undefined);
  const noted = async () => undefined;
  await carryOut(one, { read, set: noted, delete: noted } as never, 'SKIP');
  expect([writesOf(one), read.mock.calls.length]).toEqual([writes, reads]);
});
