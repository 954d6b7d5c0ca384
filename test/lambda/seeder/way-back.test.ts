import { PLAIN, type Rules } from '../../../lambda/seeder/rules';
import { stepBetween } from '../../../lambda/seeder/step';
import { goBack } from '../../../lambda/seeder/way-back';
import type { DeclaredUser } from '../../../lib/private/contracts/seed-user';
import { PoolModel, sdkError, withFaults } from '../../support/pool-model';
import { failingAt, OWNER, OWNING, PASSWORDS, RESTORING, Stack, UNLIMITED, upTo } from './support/steps';

const xena: DeclaredUser = { username: 'xena', attributes: { locale: 'de' }, groups: ['staff'] };
const yves: DeclaredUser = { username: 'yves', attributes: { locale: 'de' } };
const rules: Rules = { ...PLAIN, restores: true, creation: OWNING.creation };

/** A stack that has just deleted xena, whom it had created, changed ann, and created zoe. */
const afterwards = async () => {
  const model = new PoolModel({ ann: { locale: 'fr' } }, { groups: ['staff'] });
  const stack = new Stack(model, { ...OWNING, ...RESTORING });
  const ann = (locale: string) => ({ username: 'ann', attributes: { locale } });
  const before = [ann('it'), xena, yves];
  const after = [ann('de'), yves, { username: 'zoe', attributes: {} }];
  await stack.deploy(before);
  await stack.deploy(after);
  expect(Object.keys(model.people())).toEqual(['ann', 'yves', 'zoe']);
  const plan = jest.fn(async () =>
    stepBetween({ users: after }, { users: before }, { rules, onMissingUser: 'CREATE', removal: false }),
  );
  model.writes.length = 0;
  const hands = { cognito: model, cognitoForRestoring: model, passwords: PASSWORDS, workers: 1, budget: UNLIMITED };
  return { model, journal: stack.journal!, plan, hands };
};

test('whom the step has deleted is created again as they are declared, and nobody else is touched by that', async () => {
  const { model, journal, plan, hands } = await afterwards();
  expect(await goBack(journal, plan, hands)).toMatchObject({
    changed: expect.arrayContaining(['ann', 'zoe', 'xena']),
    created: ['xena'],
    notRestored: [],
    lost: [],
  });
  expect(model.people()).toMatchObject({
    ann: { attributes: { locale: 'it' } },
    xena: { attributes: { locale: 'de' }, groups: [OWNER, 'staff'].sort(), createdBy: 'seeder' },
    yves: { attributes: { locale: 'de' } },
  });
  expect(model.people()).not.toHaveProperty('zoe');
  expect(model.writes.filter((write) => write.includes('yves'))).toEqual([]);
});

test('a second time creates nobody', async () => {
  const { model, journal, plan, hands } = await afterwards();
  await goBack(journal, plan, hands);
  model.writes.length = 0;
  expect(await goBack(journal, plan, hands)).toMatchObject({ changed: [], created: [], lost: [] });
  expect([model.writes, plan.mock.calls.length]).toEqual([[], 1]);
});

test('what is put back is no matter of time that is kept for putting back', async () => {
  const { model, journal, plan, hands } = await afterwards();
  const budget = { ...UNLIMITED, tooManyToRestore: upTo(0) };
  expect(await goBack(journal, plan, { ...hands, budget })).toMatchObject({ created: ['xena'] });
  expect(model.people()).toHaveProperty('xena');
});

test('whoever cannot be created is lost, and stands in nobody’s way', async () => {
  const error = () => sdkError('InvalidParameterException');
  for (const why of ['it fails', 'it is refused', 'nothing can be planned', 'nobody is created']) {
    const { model, journal, plan, hands } = await afterwards();
    const cognito = why === 'it fails' ? withFaults(model, failingAt(error, 'xena', 'create')) : model;
    const budget = why === 'it is refused' ? { ...UNLIMITED, tooManyToChange: upTo(0) } : UNLIMITED;
    if (why === 'nothing can be planned') plan.mockResolvedValue({ refusal: 'gone', problems: [] } as never);
    if (why === 'nobody is created') {
      const step = await plan();
      plan.mockResolvedValue({ ...step, intents: step.intents.map((intent) => ({ ...intent, creation: undefined })) });
    }
    const outcome = await goBack(journal, plan, { ...hands, cognito, budget });
    expect([why, outcome.lost, outcome.notRestored]).toEqual([why, ['xena'], []]);
    expect(model.snapshot().ann).toEqual({ locale: 'it' });
  }
});

test('nothing is planned where nobody was deleted', async () => {
  const model = new PoolModel({ ann: { locale: 'fr' } });
  const stack = new Stack(model, { ...OWNING, ...RESTORING });
  await stack.deploy([{ username: 'ann', attributes: { locale: 'de' } }]);
  const plan = jest.fn();
  const hands = { cognito: model, cognitoForRestoring: model, passwords: PASSWORDS, workers: 1, budget: UNLIMITED };
  expect(await goBack(stack.journal!, plan, hands)).toMatchObject({ changed: ['ann'], created: [], lost: [] });
  expect(plan).not.toHaveBeenCalled();
});
