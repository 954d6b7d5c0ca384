import { restore } from '../../../lambda/seeder/transition';
import type { Change } from '../../../lambda/seeder/settle';
import { PoolModel, sdkError, withFaults } from '../../support/pool-model';
import { failingAt, NO_PASSWORDS } from './support/steps';

/** Of ann, who was in group `old`, is in `new` instead, and has another locale. */
const changed: Change = {
  declaredAs: 'ann@example.com',
  declared: true,
  before: { username: 'ann', attributes: { locale: 'fr' }, enabled: true, groups: ['old'] },
  set: { locale: 'de' },
  delete: [],
  clientMetadata: {},
  account: { join: ['new'], leave: ['old'], enabled: false },
};
const pool = () =>
  new PoolModel({ ann: { locale: 'de' } }, { groups: ['old'], accounts: { ann: { groups: ['new'], enabled: false } } });
const back = (model: PoolModel, over: object = {}, attempted = [changed]) =>
  restore(
    { attempted, created: new Map() },
    { cognitoForRestoring: { ...withFaults(model, () => undefined), ...over }, passwords: NO_PASSWORDS, workers: 1 },
  );
const AS_BEFORE = { attributes: { locale: 'fr' }, groups: ['old'], enabled: true };

test('attributes, groups and whether users may sign in are put back', async () => {
  const model = pool();
  expect(await back(model)).toEqual({ restored: ['ann@example.com'], notRestored: [], lost: [] });
  expect(model.people().ann).toMatchObject(AS_BEFORE);
});

test('whose groups cannot be read is told, and gets back what can be', async () => {
  const model = pool();
  const groups = () => Promise.reject(sdkError('InternalErrorException', '', 500));
  expect(await back(model, { groups })).toEqual({ restored: [], notRestored: ['ann@example.com'], lost: [] });
  expect(model.people().ann).toMatchObject({ attributes: { locale: 'fr' }, enabled: true });
});

test('whoever goes while they are put back need not be', async () => {
  for (const call of ['read', 'groups'] as const) {
    const model = pool();
    const over = { [call]: async (name: string) => (await model.remove(name), model[call](name)) };
    expect(await back(model, over)).toMatchObject({ notRestored: [], lost: [] });
  }
});

test('whoever cannot be read is told', async () => {
  const read = () => Promise.reject(sdkError('InternalErrorException', '', 500));
  expect(await back(pool(), { read })).toEqual({ restored: [], notRestored: ['ann@example.com'], lost: [] });
});

test('what fails is tried a second time, and what fails then is told', async () => {
  const model = pool();
  let failures = 1;
  const error = () => sdkError('InvalidParameterException');
  const once = withFaults(model, (_, write) => (write === 'join' && failures-- > 0 ? error() : undefined));
  expect(await back(model, once)).toMatchObject({ restored: ['ann@example.com'], notRestored: [] });
  expect(model.people().ann).toMatchObject(AS_BEFORE);
  const never = pool();
  expect(await back(never, withFaults(never, failingAt(error, 'ann', 'leave')))).toMatchObject({
    restored: [],
    notRestored: ['ann@example.com'],
  });
});

test('groups are not asked for where they were not before', async () => {
  const model = pool();
  await back(model, {}, [{ ...changed, before: { ...changed.before, groups: undefined }, account: undefined }]);
  expect(model.groupReads).toEqual([]);
});

test('whoever was deleted is lost, and whoever was to be and is there still is not', async () => {
  const goes = { ...changed, set: {}, account: undefined, remove: true as const };
  expect(await back(pool(), {}, [goes])).toEqual({ restored: [], notRestored: [], lost: [] });
  expect(await back(new PoolModel({}), {}, [goes])).toEqual({
    restored: [],
    notRestored: [],
    lost: ['ann@example.com'],
  });
});
