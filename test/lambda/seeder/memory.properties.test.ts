import fc from 'fast-check';
import type { Cognito } from '../../../lambda/seeder/cognito';
import type { Seed } from '../../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../../lib/private/contracts/seed-user';
import { type PoolModel, sdkError, withFaults } from '../../support/pool-model';
import {
  comparable,
  declarationOf,
  type Drift,
  drift,
  drifted,
  GROUPS,
  NAMES,
  NEWCOMERS,
  people,
  type People,
  plainDrift,
  poolOf,
  RUNS,
} from './support/arbitraries';
import { CREATING, OWNING, RESTORING, Stack } from './support/steps';

const declaration = declarationOf(NAMES);
const withNewcomers = declarationOf([...NAMES, ...NEWCOMERS]);
const terms: fc.Arbitrary<Partial<Seed>> = fc
  .record({
    kept: fc.constantFrom<Seed['kept']>([], [], ['given_name', 'email'], 'ALL'),
    creating: fc.constantFrom(CREATING, OWNING),
    compareWith: fc.constantFrom('PREVIOUS_DECLARATION', 'LIVE_POOL'),
  })
  .map(({ creating, ...over }) => ({ ...RESTORING, ...creating, ...over }));
const drifts = fc.array(drift, { maxLength: 4 });
const past = fc.array(fc.tuple(withNewcomers, drifts), { maxLength: 2 });

/** A stack that has deployed some declarations already, while others changed the same users. */
const stackAfter = async (
  model: PoolModel,
  over: Partial<Seed>,
  steps: typeof past extends fc.Arbitrary<infer T> ? T : never,
) => {
  const stack = new Stack(model, over);
  for (const [users, meanwhile] of steps) {
    const { failed, refusal } = await stack.deploy(users);
    expect([failed, refusal]).toEqual([[], undefined]);
    await drifted(model, meanwhile);
  }
  return stack;
};

/** Users whom a step has deleted do not come back. */
const without = (state: ReturnType<typeof comparable>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(state).filter(([name]) => !names.includes(name)));

test('whatever comes back, every user is as declared, a flag without its address too', () =>
  fc.assert(
    fc.asyncProperty(
      people,
      fc.array(fc.tuple(declaration, fc.subarray(NAMES)), { minLength: 1, maxLength: 4 }),
      async (users, all) => {
        const model = poolOf(users);
        const stack = new Stack(model, RESTORING);
        for (const [desired, vouchedFor] of all) {
          const declared = desired.map((user) => {
            const alone = vouchedFor.includes(user.username) && !('email' in user.attributes);
            return alone ? { ...user, attributes: { ...user.attributes, email_verified: 'true' } } : user;
          });
          await stack.deploy(declared);
          // Nobody has changed anything in between, so that it is as declared whether it was sent or not.
          for (const { username, attributes } of declared) {
            for (const [name, value] of Object.entries(attributes)) {
              expect([username, name, model.snapshot()[username][name] ?? '']).toEqual([username, name, value]);
            }
          }
        }
      },
    ),
    RUNS,
  ));

describe('the way back from a step', () => {
  test('gives back the pool as it was before the step', () =>
    fc.assert(
      fc.asyncProperty(people, terms, past, withNewcomers, async (users, over, steps, desired) => {
        const model = poolOf(users);
        const stack = await stackAfter(model, over, steps);
        const before = comparable(model);
        const { deleted } = await stack.deploy(desired);
        const { lost, notRestored } = await stack.goBack();
        expect([lost ?? [], notRestored ?? []]).toEqual([deleted, []]);
        expect(comparable(model)).toEqual(without(before, deleted));
      }),
      RUNS,
    ));

  test('a second time changes nothing more', () =>
    fc.assert(
      fc.asyncProperty(people, terms, past, withNewcomers, async (users, over, steps, desired) => {
        const model = poolOf(users);
        const stack = await stackAfter(model, over, steps);
        await stack.deploy(desired);
        await stack.goBack();
        const once = model.people();
        model.writes.length = 0;
        await stack.goBack();
        expect([model.people(), model.writes]).toEqual([once, []]);
      }),
      RUNS,
    ));

  test('leaves what somebody has changed after the step', () =>
    fc.assert(
      fc.asyncProperty(people, terms, past, withNewcomers, drifts, async (users, over, steps, desired, meanwhile) => {
        const model = poolOf(users);
        const stack = await stackAfter(model, over, steps);
        const before = comparable(model);
        await stack.deploy(desired);
        const after = comparable(model);
        // An address that nobody has declared: what is as the step left it counts as the step's.
        const others = meanwhile.map((one) =>
          one.kind === 'address'
            ? { ...one, value: 'own@example.net' }
            : one.kind === 'attribute' && one.value !== ''
              ? { ...one, value: 'own' }
              : one,
        );
        await drifted(model, others);
        const then = comparable(model);
        await stack.goBack();
        for (const [name, now] of Object.entries(comparable(model))) {
          const expected = (was: (state: typeof now) => unknown) =>
            JSON.stringify(was(then[name])) === JSON.stringify(was(after[name])) ? was(before[name]) : was(then[name]);
          for (const attribute of ['given_name', 'custom:a', 'custom:theirs', 'email']) {
            const of = ({ attributes }: typeof now) => attributes[attribute as 'email'];
            expect([name, attribute, of(now)]).toEqual([name, attribute, expected(of)]);
          }
          for (const group of ['admins', 'beta', 'staff']) {
            const of = ({ groups }: typeof now) => groups.includes(group);
            expect([name, group, of(now)]).toEqual([name, group, expected(of)]);
          }
          expect([name, now.enabled]).toEqual([name, expected(({ enabled }) => enabled)]);
        }
      }),
      RUNS,
    ));
});

/** A function that is killed when it has written so often. */
const mortal = (model: PoolModel, writes: number) => {
  let left = writes;
  let dead = false;
  const die = () => {
    dead ||= left-- <= 0;
    return dead ? sdkError('AccessDeniedException') : undefined;
  };
  const whileAlive = <T>(read: () => Promise<T>) => (dead ? Promise.reject(sdkError('AccessDeniedException')) : read());
  const cognito: Cognito = {
    ...withFaults(model, die),
    read: (name) => whileAlive(() => model.read(name)),
    groups: (name) => whileAlive(() => model.groups(name)),
  };
  return { cognito, cognitoForRestoring: cognito, lives: () => !dead };
};

/** A pool that refuses everything when it has been written to so often. */
const failingAfter = (model: PoolModel, writes: number): Cognito => {
  let left = writes;
  return withFaults(model, () => (left-- <= 0 ? sdkError('InvalidParameterException') : undefined));
};

describe('a step that is interrupted in its middle', () => {
  const moment = fc.integer({ min: 0, max: 12 });

  /** Interrupts a step, and tells who came and went before it died. */
  const interrupted = async (stack: Stack, desired: readonly DeclaredUser[], writes: number, request: string) => {
    const before = Object.keys(stack.model.people());
    await stack.deploy(desired, { ...mortal(stack.model, writes), request, workers: 1 });
    const after = Object.keys(stack.model.people());
    return {
      came: after.filter((name) => !before.includes(name) && !stack.journal?.created[name]),
      gone: before.filter((name) => !after.includes(name)),
    };
  };

  test('is undone as far as it came; of whoever was created then, nobody can tell', () =>
    fc.assert(
      fc.asyncProperty(people, terms, past, withNewcomers, moment, async (users, over, steps, desired, writes) => {
        const model = poolOf(users);
        const stack = await stackAfter(model, over, steps);
        const before = comparable(model);
        const { came, gone } = await interrupted(stack, desired, writes, 'the request');
        const { lost = [], notRestored } = await stack.goBack();
        expect([...lost].sort()).toEqual([...came, ...gone].sort());
        expect(notRestored ?? []).toEqual([]);
        expect(without(comparable(model), came)).toEqual(without(before, gone));
      }),
      RUNS,
    ));

  test('is undone as a whole after its request has come again', () =>
    fc.assert(
      fc.asyncProperty(people, terms, past, withNewcomers, moment, async (users, over, steps, desired, writes) => {
        const model = poolOf(users);
        const stack = await stackAfter(model, over, steps);
        const before = comparable(model);
        const { came } = await interrupted(stack, desired, writes, 'the request');
        const middle = Object.keys(model.people());
        expect(await stack.deploy(desired, { request: 'the request' })).toMatchObject({ failed: [] });
        const removed = [...new Set([...Object.keys(before), ...middle])].filter((name) => !model.people()[name]);
        const { lost = [], notRestored } = await stack.goBack();
        expect([...lost].sort()).toEqual([...came, ...removed].sort());
        expect(notRestored ?? []).toEqual([]);
        expect(without(comparable(model), came)).toEqual(without(before, removed));
      }),
      RUNS,
    ));
});

describe('a removal', () => {
  const comparison = fc.constantFrom<Seed['compareWith']>('PREVIOUS_DECLARATION', 'LIVE_POOL');
  const declarations = fc.array(withNewcomers, { minLength: 1, maxLength: 4 });

  test('after any number of declarations gives back the pool as it was before the first', () =>
    fc.assert(
      fc.asyncProperty(people, comparison, declarations, async (users, compareWith, all) => {
        const model = poolOf(users);
        const before = comparable(model);
        const stack = new Stack(model, { ...RESTORING, ...OWNING, compareWith });
        for (const desired of all) await stack.deploy(desired);
        await stack.remove();
        expect(comparable(model)).toEqual(before);
        expect(model.groupNames()).toEqual(['admins', 'beta', 'staff']);
      }),
      RUNS,
    ));

  test('does so although some of the declarations were refused, failed, went back, or were interrupted and came again', () =>
    fc.assert(
      fc.asyncProperty(
        people,
        fc.array(fc.tuple(declaration, fc.constantFrom('made', 'refused', 'failed', 'back', 'again'), fc.nat(8)), {
          minLength: 1,
          maxLength: 5,
        }),
        async (users, all) => {
          const model = poolOf(users);
          const before = comparable(model);
          const stack = new Stack(model, RESTORING);
          for (const [index, [desired, kind, writes]] of all.entries()) {
            const request = `request for ${index}`;
            const missing = kind === 'refused' ? [{ username: 'zoe', attributes: { given_name: 'one' } }] : [];
            if (kind === 'again') await stack.deploy(desired, { ...mortal(model, writes), request, workers: 1 });
            const cognito = kind === 'failed' ? failingAfter(model, writes) : model;
            const { failed } = await stack.deploy([...desired, ...missing], { request, cognito });
            if (kind === 'back' || failed.length > 0) await stack.goBack();
          }
          if (stack.inForce) await stack.remove();
          expect(comparable(model)).toEqual(before);
        },
      ),
      RUNS,
    ));

  test('gives back what was there before, or what others had put there meanwhile; what they changed last stays', () =>
    fc.assert(
      fc.asyncProperty(
        people,
        comparison,
        fc.array(fc.tuple(declaration, fc.array(plainDrift, { maxLength: 5 })), { minLength: 1, maxLength: 4 }),
        async (users, compareWith, all) => {
          const model = poolOf(users);
          const stack = new Stack(model, { ...RESTORING, compareWith });
          const expected = new Expected(users, compareWith === 'LIVE_POOL');
          for (const [desired, meanwhile] of all) {
            await stack.deploy(desired);
            expected.declare(desired);
            expect(valuesOf(comparable(model))).toEqual(expected.values());
            await drifted(model, meanwhile);
            for (const one of meanwhile) expected.drift(one);
          }
          await stack.remove();
          expected.declare([]);
          expect(valuesOf(comparable(model))).toEqual(expected.values());
        },
      ),
      RUNS,
    ));
});

const ATTRIBUTES = ['given_name', 'custom:a'];
type Value = string | boolean;

/** All that is compared of a user, one by one; `absent` where there is none. */
const valuesOf = (state: People): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(state).flatMap(([name, { attributes, enabled, groups }]) => [
      ...ATTRIBUTES.map((attribute) => [`${name} ${attribute}`, attributes[attribute] ?? ''] as const),
      ...GROUPS.map((group) => [`${name} ${group}`, groups.includes(group)] as const),
      [`${name} enabled`, enabled] as const,
    ]),
  );

/** What is to become of values, each for itself, as docs/semantics.md tells it. */
class Expected {
  private readonly live: Map<string, Value>;
  private readonly former = new Map<string, Value>();
  private declared = new Map<string, Value>();

  public constructor(
    users: People,
    /** Whether all that is declared counts, changed or not. */
    private readonly anew: boolean,
  ) {
    this.live = new Map(Object.entries(valuesOf(users)));
  }

  public declare(users: readonly DeclaredUser[]): void {
    const now = new Map<string, Value>(
      users.flatMap(({ username, attributes, groups = [], enabled }) => [
        ...ATTRIBUTES.filter((name) => name in attributes).map(
          (name) => [`${username} ${name}`, attributes[name]] as const,
        ),
        ...groups.map((group) => [`${username} ${group}`, true] as const),
        ...(enabled === undefined ? [] : [[`${username} enabled`, enabled] as const]),
      ]),
    );
    for (const [key, value] of now) this.set(key, value);
    for (const key of this.declared.keys()) if (!now.has(key)) this.leave(key);
    this.declared = now;
  }

  public drift(one: Drift): void {
    if (one.kind === 'attribute') this.live.set(`${one.username} ${one.name}`, one.value);
    if (one.kind === 'group') this.live.set(`${one.username} ${one.group}`, one.member);
    if (one.kind === 'enabled') this.live.set(`${one.username} enabled`, one.enabled);
  }

  public values(): Record<string, Value> {
    return Object.fromEntries(this.live);
  }

  private set(key: string, value: Value): void {
    const before = this.declared.get(key);
    const was = this.live.get(key)!;
    if ((before === value && !this.anew) || was === value) return;
    if (!this.former.has(key) || before !== was) this.former.set(key, was);
    this.live.set(key, value);
  }

  private leave(key: string): void {
    const former = this.former.get(key);
    if (former !== undefined && this.live.get(key) === this.declared.get(key)) this.live.set(key, former);
    this.former.delete(key);
  }
}
