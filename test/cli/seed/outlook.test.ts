import { outlook } from '../../../cli/seed/output/outlook';
import { durationOf } from '../../../cli/seed/step/duration';
import { Tally } from '../../../cli/seed/step/tally';

const tally = Object.assign(new Tally(), { changed: 1 });
const requests = (writes: number, reads = 0) => ({
  pages: 0,
  onFunction: { planned: writes, reads: writes, writes, toUndo: 2 * writes },
  onRun: { reads, writes },
});
const RUN = { kind: 'step-functions', waitForCompletion: true, toleratedFailures: 0 } as const;

test.each([
  [25_000, 'It takes 25,000 updates: 42 min at 10 a second on Step Functions; too long for the Lambda engine.'],
  [10, 'It takes 10 updates: 1 s at 10 a second on Step Functions; 2 s on the Lambda engine.'],
  [
    100_000,
    'It takes 100,000 updates: 2 h 47 min at 10 a second on Step Functions (with waitForCompletion: false, since CloudFormation waits for an hour); too long for the Lambda engine.',
  ],
])('%d updates by a file', (writes, sentence) => {
  expect(outlook({ tally, duration: durationOf(requests(writes), 10, undefined, false) })).toEqual([sentence]);
});

test('of an engine that is declared, the other is left out', () => {
  expect(outlook({ tally, duration: durationOf(requests(300, 20), 10, RUN, false) })).toEqual([
    'It takes 300 updates, and meanwhile 20 reads: 30 s at 10 a second on Step Functions.',
  ]);
  expect(outlook({ tally, duration: durationOf(requests(10), 10, { kind: 'lambda' }, false) })).toEqual([
    'It takes 20 requests: 2 s at 10 a second, which fits the Lambda engine.',
  ]);
});
