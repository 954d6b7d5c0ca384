import { RunRequests } from '../../../cli/seed/step/run-requests';
import type { Planned } from '../../../lambda/seeder/plan-rows';
import { longestOf, NO_REQUESTS, type Requests } from '../../../lambda/seeder/requests';
import { decide } from '../../../lambda/seeder/run/carry-out';
import { Effort } from '../../../lambda/seeder/run/measure';
import { settleCreation } from '../../../lambda/seeder/settle';

const planned = (intent: Partial<Planned['intent']>, live?: Record<string, string>): Planned => ({
  line: 0,
  intent: { username: 'ann', set: {}, delete: [], prune: {}, keep: [], clientMetadata: {}, declared: true, ...intent },
  ...(live && { live: { username: 'ann', attributes: live } }),
});

const SET = { set: { locale: 'de' } };
const JOINS = { account: { join: ['staff', 'beta'], leave: ['guests'] } };
const SECRET = { kind: 'secret', secret: 'arn', temporary: false } as const;
const CREATES = { isNew: true, creation: { attributes: {}, groups: ['a', 'b', 'c'], password: SECRET } } as const;

test.each<[string, Planned, Partial<Requests>, number]>([
  ['nobody is read for what is set', planned(SET), { updates: 1 }, 0],
  ['a value that goes takes a request of its own', planned({ ...SET, delete: ['nickname'] }), { updates: 2 }, 0],
  ['who may lose something is read', planned({ prune: { locale: 'de' } }), { updates: 1 }, 1],
  [
    'but not who has it no more',
    planned({ set: { name: 'Ann' }, prune: { locale: 'de' } }, { locale: 'fr' }),
    { updates: 1 },
    0,
  ],
  ['and who has it', planned({ prune: { locale: 'de' } }, { locale: 'de' }), { updates: 1 }, 1],
  ['who may be messaged is read', planned({ set: { email: 'ann@example.com' } }), { updates: 1 }, 1],
  ['who may not is not', planned({ set: { email: 'ann@example.com', email_verified: 'true' } }), { updates: 1 }, 0],
  ['values are kept of whoever has them', planned({ ...SET, kept: ['locale'] }), { updates: 1 }, 1],
  ['memberships are looked at', planned(JOINS), { updates: 3 }, 1],
  ['and so is whoever has left, and may be gone', planned({ ...JOINS, declared: false }), { updates: 3 }, 2],
  ['who leaves may have to be deleted', planned({ owner: 'ours', declared: false }), { updates: 1 }, 2],
  ['a password', planned({ account: { join: [], leave: [], password: SECRET } }), { passwords: 1 }, 0],
  [
    'whoever may have to be created is looked for',
    planned({ ...SET, ...CREATES }),
    { updates: 3, creations: 1, passwords: 1 },
    1,
  ],
  ['unless the pool has them', planned({ ...SET, ...CREATES }, {}), { updates: 1 }, 0],
])('%s', async (_, one, some, reads) => {
  const writes = { ...NO_REQUESTS, ...some };
  const requests = new RunRequests();
  requests.count(one);
  expect(requests).toMatchObject({ most: writes, reads });
  // The engine does just so.
  const effort = new Effort();
  effort.add(one);
  expect(effort.requests).toBe(Math.max(longestOf(writes), reads));
  const read = jest.fn(async () => ({ username: 'ann', attributes: {} }));
  const groups = jest.fn(async () => []);
  await decide(one, { cognito: { read, groups } as never, perform: async () => undefined, onMissingUser: 'FAIL' });
  expect(read.mock.calls.length + groups.mock.calls.length).toBeLessThanOrEqual(reads);
});

test('where former values are remembered, everybody is looked at', () => {
  const requests = new RunRequests();
  const effort = new Effort();
  const one = planned({ ...SET, memory: { former: { attributes: {} } } });
  requests.count(one);
  effort.add(one);
  expect([requests.reads, effort.requests]).toEqual([1, 1]);
});

test('whom the pool has is not created, and who stays is not deleted', () => {
  const requests = new RunRequests();
  const one = planned({ ...SET, ...CREATES });
  requests.count(one);
  expect(requests.writes).toEqual({ ...NO_REQUESTS, updates: 1 });
  requests.count(one, settleCreation(one.intent));
  expect(requests.writes).toEqual({ updates: 4, creations: 1, passwords: 1 });
});
