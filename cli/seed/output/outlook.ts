/** How long a deployment takes, and who hears of it. */
import type { SeederPlan } from '../step/plan-pair';
import type { Duration } from '../step/duration';
import type { RunTime } from '../step/run-time';
import { count, duration, number } from './words';

export const outlook = ({ tally, duration: time }: Pick<SeederPlan, 'tally' | 'duration'>): string[] => [
  ...(tally.changed > 0 ? [timeOf(time)] : []),
  ...(tally.messaged > 0 ? [`Cognito messages ${count(tally.messaged, 'user')}.`] : []),
];

const timeOf = ({ requestsPerSecond, lambda, stepFunctions }: Duration): string => {
  const pace = `at ${number(requestsPerSecond)} a second`;
  if (!stepFunctions) {
    const fit = lambda!.refusal
      ? 'which does not fit the Lambda engine: choose SeedEngine.stepFunctions()'
      : 'which fits the Lambda engine';
    return `It takes ${count(lambda!.requests, 'request')}: ${duration(lambda!.seconds)} ${pace}, ${fit}.`;
  }
  const onRun = `It takes ${sent(stepFunctions)}: ${duration(stepFunctions.seconds)} ${pace} on Step Functions`;
  if (!lambda) return `${onRun}.`;
  const unwaited = stepFunctions.refusal
    ? ' (with waitForCompletion: false, since CloudFormation waits for an hour)'
    : '';
  return `${onRun}${unwaited}; ${lambda.refusal ? 'too long for' : `${duration(lambda.seconds)} on`} the Lambda engine.`;
};

/** Reads are sent meanwhile. */
const sent = ({ updates, reads }: RunTime): string =>
  `${count(updates, 'update')}${reads > 0 ? `, and meanwhile ${count(reads, 'read')}` : ''}`;
