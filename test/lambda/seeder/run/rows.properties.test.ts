import fc from 'fast-check';
import { liveLines } from '../../../../lambda/seeder/listing';
import { type Planned, planRows } from '../../../../lambda/seeder/plan-rows';
import { Sorter } from '../../../../lambda/seeder/rows/sort';
import { carryOut } from '../../../../lambda/seeder/run/carry-out';
import { decodeRow, encodeRow } from '../../../../lib/private/contracts/seed-row';
import { performer } from '../../../../lambda/seeder/perform';
import { PLAIN } from '../../../../lambda/seeder/rules';
import { PoolModel } from '../../../support/pool-model';

type Attributes = Record<string, string>;
type Users = Map<string, Attributes>;

/** Names that sort, quote and look up badly. */
const NAMES = [
  'a',
  'ab',
  'a"b',
  'a\\',
  'a\\"',
  'Z',
  'é',
  'e\u0301',
  '\ud83d\ude00',
  '\uffee',
  '\ud800',
  'constructor',
  '["',
  '"',
  'hasOwnProperty',
  'a\u2028b',
  'a]',
  '0 ["a"',
];
const name = fc.constantFrom(...NAMES);
const value = fc.constantFrom('one', 'two', '"', '\\n', '{}');
const maybeBlank = fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: fc.constant('') });
const declared = fc
  .record(
    {
      given_name: maybeBlank,
      'custom:a': maybeBlank,
      'custom:constructor': maybeBlank,
      'custom:__proto__': maybeBlank,
      // Nobody's username: that would be how they sign in.
      email: fc.constantFrom('one@example.com', 'two@example.com', ''),
      verified: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(({ verified, ...rest }): Attributes =>
    rest.email && verified ? { ...rest, email_verified: 'true' } : { ...rest },
  );
const declaration: fc.Arbitrary<Users> = fc
  .array(fc.tuple(name, declared), { maxLength: 10 })
  .map((pairs) => new Map(pairs));
const anybody = fc.tuple(fc.record({ 'custom:theirs': value }), declared).map(([own, other]): Attributes => {
  const user: Attributes = { ...own };
  for (const [key, text] of Object.entries(other)) if (text !== '') user[key] = text;
  return user.email ? { email_verified: 'false', ...user } : user;
});
const pool = fc
  .tuple(...NAMES.map(() => anybody))
  .map((users) => Object.fromEntries(users.map((user, index) => [NAMES[index], user])));

const passwords = { of: async () => 'Correct-Horse-1' };
const workerAt = (cognito: PoolModel) => ({
  cognito,
  perform: performer({ cognito, passwords }),
  onMissingUser: 'FAIL' as const,
});
const noStore = { write: () => Promise.reject(new Error()), read: () => Promise.reject(new Error()) };
const rows = async (users: Users) => {
  const sorter = new Sorter(noStore, 'x');
  for (const [username, attributes] of users) await sorter.add(encodeRow({ line: 1, user: { username, attributes } }));
  return sorter.open();
};
const run = async (model: PoolModel, previous: Users, desired: Users, live: boolean, removal = false) => {
  const sorter = new Sorter(noStore, 'live');
  for (const [username, attributes] of Object.entries(model.snapshot())) {
    for (const line of liveLines({ username, attributes }, { aliases: [], caseSensitive: true }))
      await sorter.add(line);
  }
  const planned: Planned[] = [];
  const result = await planRows(
    { previous: await rows(previous), desired: await rows(desired), ...(live ? { live: await sorter.open() } : {}) },
    {
      rules: PLAIN,
      removal,
      onPlanned: (each) => void planned.push(JSON.parse(JSON.stringify(each)) as Planned),
      onMissing: () => {
        throw new Error('missing');
      },
    },
  );
  const outcomes = [];
  for (const each of planned) outcomes.push(await carryOut(each, workerAt(model)));
  expect(outcomes.filter(({ status }) => status === 'Failed' || status === 'Skipped')).toEqual([]);
  expect(result.planned).toBe(planned.length);
  expect(result.users).toBe((removal ? previous : desired).size);
  return { planned, outcomes, result };
};
const expectAsDeclared = (model: PoolModel, desired: Users) => {
  const now = model.snapshot();
  for (const [username, attributes] of desired) {
    for (const [key, text] of Object.entries(attributes)) {
      if (key === 'email_verified') continue;
      expect([username, key, now[username][key]]).toEqual([username, key, text === '' ? undefined : text]);
    }
    if (attributes.email && attributes.email_verified) expect(now[username].email_verified).toBe('true');
  }
};
const RUNS = { numRuns: 400 };

test.each([false, true])(
  'from any declaration to any other, every user is as declared, and twice is once; live: %s',
  (live) =>
    fc.assert(
      fc.asyncProperty(pool, declaration, declaration, async (users, first, second) => {
        const model = new PoolModel(users);
        await run(model, new Map(), first, live);
        expectAsDeclared(model, first);
        await run(model, first, second, live);
        expectAsDeclared(model, second);
        const before = model.snapshot();
        const messaged = model.messaged.length;
        await run(model, first, second, live);
        expect(model.snapshot()).toEqual(before);
        expect(model.messaged.length).toBe(messaged);
        for (const [username, attributes] of Object.entries(model.snapshot())) {
          expect(attributes['custom:theirs']).toBe(users[username]['custom:theirs']);
          if (!first.has(username) && !second.has(username)) expect(attributes).toEqual(users[username]);
        }
      }),
      RUNS,
    ),
);

test.each([false, true])(
  'forward and back is as the first declaration alone; removal leaves nothing of it; live: %s',
  (live) =>
    fc.assert(
      fc.asyncProperty(pool, declaration, declaration, async (users, first, second) => {
        const bare = Object.fromEntries(NAMES.map((each) => [each, { 'custom:theirs': users[each]['custom:theirs'] }]));
        const model = new PoolModel(bare);
        await run(model, new Map(), first, live);
        const before = model.snapshot();
        await run(model, first, second, live);
        await run(model, second, first, live);
        const flagless = (all: Record<string, Attributes>) =>
          Object.fromEntries(Object.entries(all).map(([key, { email_verified: __, ...rest }]) => [key, rest]));
        expect(flagless(model.snapshot())).toEqual(flagless(before));
        await run(model, first, new Map(), live, true);
        expect(flagless(model.snapshot())).toEqual(bare);
      }),
      RUNS,
    ),
);

test('rows keep names and values as they are', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (username, text) => {
      const row = { line: 3, user: { username, attributes: { 'custom:a': text } } };
      expect(decodeRow(encodeRow(row))).toEqual(row);
    }),
  ));
