import { spawnSync } from 'node:child_process';

const TSX = require.resolve('tsx/cli');
const STEPS = JSON.stringify(require.resolve('./steps'));

const run = (steps: string) => {
  const script = `import { beside, play, skip, step } from ${STEPS}; void play(async () => { ${steps} });`;
  const { status, stdout } = spawnSync(process.execPath, [TSX, '--eval', script], { encoding: 'utf8' });
  return { status, last: stdout.trim().split('\n').at(-1) };
};
const PASSES = "await step('passes', () => undefined);";
const FAILS = "await step('fails', () => { throw new Error('no'); });";

test.each([
  ['steps that pass', `${PASSES} ${PASSES}`, 0, '2 passed, 0 failed'],
  ['a step that is skipped', `${PASSES} skip('one', 'for a reason');`, 0, '1 passed, 0 failed, 1 skipped'],
  ['a step that fails, and ends the row', `${PASSES} ${FAILS} ${PASSES}`, 1, '1 passed, 1 failed'],
  [
    'a row that fails beside another',
    `await beside([async () => { ${FAILS} }, async () => { ${PASSES} }]);`,
    1,
    '1 passed, 1 failed',
  ],
])('%s', (_, steps, status, last) => {
  expect(run(steps)).toEqual({ status, last });
});

test('a step that never ends is no success', () => {
  const { status, last } = run(`${PASSES} await step('waits', () => new Promise(() => undefined)); ${PASSES}`);
  expect(status).not.toBe(0);
  expect(last).toContain('✓ passes');
});
