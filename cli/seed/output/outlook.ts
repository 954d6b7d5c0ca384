/** How long a deployment takes, and who hears of it. */
import type { Medium } from '../../../lib/private/contracts/seed-creation';
import type { SeederPlan } from '../step/plan-pair';
import type { Duration } from '../step/duration';
import type { RunTime } from '../step/run-time';
import { invitationInWords } from './account-words';
import { count, duration, number } from './words';

type Foreseen = Pick<SeederPlan, 'tally' | 'duration' | 'rules'>;

export const outlook = ({ tally, duration: time, rules }: Foreseen): string[] => [
  ...(tally.changed > 0 ? [timeOf(time)] : []),
  ...(tally.messaged > 0 ? [`Cognito messages ${count(tally.messaged, 'user')}.`] : []),
  ...(tally.created > 0 ? [invitationOf(tally.created, rules.creation?.invitation ?? [])] : []),
];

const invitationOf = (created: number, media: readonly Medium[]): string =>
  media.length > 0
    ? `Cognito invites ${count(created, 'user')} ${invitationInWords(media)}.`
    : 'Cognito invites nobody.';

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
const sent = ({ creations, passwords, updates, reads }: RunTime): string => {
  const kinds = [
    ...(creations > 0 ? [count(creations, 'creation')] : []),
    ...(passwords > 0 ? [count(passwords, 'password')] : []),
    ...(updates > 0 || creations + passwords === 0 ? [count(updates, 'update')] : []),
  ];
  const writes = [kinds.slice(0, -1).join(', '), kinds.at(-1)].filter(Boolean).join(' and ');
  return `${writes}${reads > 0 ? `, and meanwhile ${count(reads, 'read')}` : ''}`;
};
