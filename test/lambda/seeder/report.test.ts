import { displayName, failureMessage } from '../../../lambda/seeder/report';
import { NOTHING_DONE } from '../../../lambda/seeder/transition';

const failed = (count: number, username = (i: number) => `user${i}`) =>
  Array.from({ length: count }, (_, i) => ({
    username: username(i),
    failure: { name: 'InvalidParameterException', attributes: ['custom:tier'], remedy: 'do something about it' },
  }));
const outcome = { ...NOTHING_DONE, planned: 1, notRestored: [] };

test('a failure names user, error, attribute and remedy', () => {
  expect(failureMessage({ ...outcome, failed: failed(1) })).toBe(
    '1 user failed. All users are as they were before. user0: InvalidParameterException (custom:tier), do something about it.',
  );
});

test('a refusal says that nothing was changed', () => {
  expect(failureMessage({ ...outcome, refusal: 'Too long.' })).toBe('Too long. Nothing was changed.');
});

test('a removal that failed for some does not claim that anybody was put back', () => {
  expect(failureMessage({ ...outcome, notRestored: undefined, failed: failed(1) })).toMatch(
    /^1 user failed. What could be deleted is; a second attempt does the rest./,
  );
});

test('of many failures the first are named', () => {
  const message = failureMessage({ ...outcome, failed: failed(500) });
  expect(message).toContain('500 users failed.');
  expect(message).toContain('user0: ');
  expect(message).toContain('And 492 more: see the log.');
});

test('the longest message leaves room for the rest of the answer, and is one line', () => {
  const message = failureMessage({
    ...outcome,
    failed: failed(500, () => '💥'.repeat(64)),
    notRestored: Array.from({ length: 9 }, () => '💥'.repeat(64)),
  });
  expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(2_200);
  expect(message).not.toContain('\n');
  expect(message).toContain('see the log');
});

test.each([
  ['alice', 'alice'],
  ['alice@example.com', 'a…e@example.com'],
  ['al@example.com', '…@example.com'],
  ['+436641234567', '…567'],
  ['436641234567', '…567'],
  ['x'.repeat(100), `${'x'.repeat(64)}…`],
  ['5b1b5d4e-6f4e-4a43-8e7c-5a0d2a0b8b5a', '5b1b5d4e-6f4e-4a43-8e7c-5a0d2a0b8b5a'],
])('%s is shown as %s', (username, shown) => expect(displayName(username)).toBe(shown));
