import fc from 'fast-check';
import type { KeptAttributes, Seed } from '../../../lib/private/contracts/seed';
import { PoolModel } from '../../support/pool-model';
import { declarationOf, NAMES, NEWCOMERS, people, poolOf, RUNS } from './support/arbitraries';
import { CREATING, Stack } from './support/steps';

const kept = fc.constantFrom<KeptAttributes>('ALL', ['given_name'], ['email'], ['email', 'custom:a']);
const comparison = fc.constantFrom<Seed['compareWith']>('PREVIOUS_DECLARATION', 'LIVE_POOL');
const isKept = (keeps: KeptAttributes, name: string) => keeps === 'ALL' || keeps.includes(name);
const PAIRS: Record<string, string> = { email_verified: 'email' };
const contactOf = (name: string) => PAIRS[name] ?? name;

test('a value that is kept is given to users who have none, and to nobody else; all others are as declared', () =>
  fc.assert(
    fc.asyncProperty(people, kept, comparison, declarationOf(NAMES), async (users, keeps, compareWith, desired) => {
      const model = poolOf(users);
      await new Stack(model, { kept: keeps, compareWith }).deploy(desired);
      const after = model.snapshot();
      for (const { username, attributes } of desired) {
        const before = users[username].attributes;
        for (const [name, declared] of Object.entries(attributes)) {
          const mayNot = isKept(keeps, contactOf(name)) && (declared === '' || before[contactOf(name)] !== undefined);
          const expected = mayNot ? before[name] : declared || undefined;
          expect([username, name, after[username][name]]).toEqual([username, name, expected]);
        }
      }
    }),
    RUNS,
  ));

test('whatever is declared, and however often, nothing that somebody has is overwritten or deleted while it is kept', () =>
  fc.assert(
    fc.asyncProperty(
      people,
      comparison,
      fc.array(declarationOf(NAMES), { minLength: 1, maxLength: 3 }),
      async (users, compareWith, all) => {
        const model = poolOf(users);
        const stack = new Stack(model, { kept: 'ALL', prune: false, compareWith });
        for (const desired of all) await stack.deploy(desired);
        for (const [name, { attributes }] of Object.entries(model.people())) {
          expect(attributes).toMatchObject(users[name].attributes);
        }
        expect(model.messaged.filter((name) => users[name].attributes.email !== undefined)).toEqual([]);
      },
    ),
    RUNS,
  ));

test('users who are created get all values, kept or not', () =>
  fc.assert(
    fc.asyncProperty(kept, comparison, declarationOf(NEWCOMERS), async (keeps, compareWith, desired) => {
      const model = new PoolModel({}, { groups: ['admins', 'beta', 'staff'] });
      await new Stack(model, { ...CREATING, kept: keeps, compareWith }).deploy(desired);
      for (const { username, attributes } of desired) {
        const declared = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
        expect(model.snapshot()[username]).toEqual({ ...declared, sub: expect.any(String) });
      }
    }),
    RUNS,
  ));

const deploy = async (live: Record<string, string>, declared: Record<string, string>, keeps: KeptAttributes) => {
  const model = new PoolModel({ ann: live });
  await new Stack(model, { kept: keeps }).deploy([{ username: 'ann', attributes: declared }]);
  return model;
};

test('a flag goes with its address: nobody’s own address is vouched for', async () => {
  const own = { email: 'own@example.com', email_verified: 'false' };
  const declared = { email: 'ann@example.com', email_verified: 'true', locale: 'de' };
  expect((await deploy(own, declared, ['email'])).snapshot().ann).toEqual({ ...own, locale: 'de' });
  expect((await deploy({}, declared, ['email'])).snapshot().ann).toEqual(declared);
  // An absent flag means unverified.
  const bare = { email: 'own@example.com', locale: 'de' };
  expect((await deploy({ email: 'own@example.com' }, declared, ['email'])).snapshot().ann).toEqual(bare);
});

test('is a matter of each attribute', async () => {
  const model = await deploy({ locale: 'fr', nickname: 'An' }, { locale: 'de', nickname: 'Annie' }, ['locale']);
  expect(model.snapshot().ann).toEqual({ locale: 'fr', nickname: 'Annie' });
});

test('a blank that is kept deletes nothing', async () => {
  const model = await deploy({ locale: 'fr', nickname: 'An' }, { locale: '', nickname: '' }, ['locale']);
  expect(model.snapshot().ann).toEqual({ locale: 'fr' });
});

test('a value that is kept stays when it leaves the declaration: whoever has it may have chosen it', async () => {
  const model = await deploy({ locale: 'de' }, { locale: 'de' }, 'ALL');
  const stack = new Stack(model, { kept: 'ALL' });
  await stack.deploy([{ username: 'ann', attributes: { locale: 'de' } }]);
  await stack.deploy([]);
  expect(model.snapshot().ann).toEqual({ locale: 'de' });
});
