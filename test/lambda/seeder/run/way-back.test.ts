import { runToUndo } from '../../../../lambda/seeder/run/way-back';
import type { Begun } from '../../../../lambda/seeder/run/run-request';

const forth = { from: 'a', to: 'b' };
const way = { from: 'b', to: 'a' };
const run: Begun = { run: 'runs/1', declaration: 'b', step: forth };
const yes = async () => true;
const no = async () => false;
const asked = async (): Promise<boolean> => {
  throw new Error('asked');
};

test('a run that has failed is undone, whatever CloudFormation says', async () => {
  expect(await runToUndo({ run: run.run, begun: [run] }, undefined, way, asked)).toBe(run);
});

test('one that has succeeded, where the stack goes back', async () => {
  const state = { run: run.run, begun: [run] };
  expect(await runToUndo(state, { run: run.run }, way, yes)).toBe(run);
  expect(await runToUndo(state, { run: run.run }, way, no)).toBeUndefined();
});

test.each([
  ['forward', forth],
  ['elsewhere', { from: 'b', to: 'c' }],
  ['to nothing', { from: 'b', to: null }],
])('not where the step leads %s', async (_, step) => {
  expect(await runToUndo({ run: run.run, begun: [run] }, undefined, step, asked)).toBeUndefined();
});

test('not one that has written nothing down', async () => {
  expect(await runToUndo({ run: run.run, begun: [{ run: run.run }] }, undefined, way, asked)).toBeUndefined();
  expect(await runToUndo({}, undefined, way, asked)).toBeUndefined();
});

test('one whose undoing has not come to its end is undone again', async () => {
  const begun = [run, { run: 'runs/2', declaration: 'a' }];
  const state = { run: 'runs/2', begun, undoing: run };
  expect(await runToUndo(state, undefined, way, asked)).toBe(run);
  expect(await runToUndo(state, { run: 'runs/2' }, way, asked)).toBeUndefined();
});
