import type { Patience } from './patience';
import type { Pools } from './pools';
import { differences, type Settings, settingsOf, smsRoleOf, triggerOf, withTrigger } from './settings';
import { TriggerError } from './trigger-error';

/** Which trigger the pool shall have, from the one that it has. */
export type Choose = (live: string | undefined) => Choice;
export type Choice = typeof KEEP | { readonly trigger: string | undefined };
export const KEEP = 'keep';

export interface SetTriggerOptions {
  readonly pools: Pools;
  readonly userPoolId: string;
  readonly patience: Patience;
  /** The role that the function may pass on to Cognito; undefined where it is not to be asked for. */
  readonly mayPass?: (role: string) => boolean;
}

export interface Outcome {
  readonly changed: boolean;
  /** What was there before. */
  readonly before: string | undefined;
}

/**
 * Gives the pool the trigger and leaves everything else as it is: describe, merge, update, read back. Every try reads anew, so
 * that what others have changed in the meantime stays changed.
 */
export async function setTrigger(choose: Choose, options: SetTriggerOptions): Promise<Outcome> {
  const { pools, userPoolId, patience, mayPass } = options;
  /** What stood there before the last request, whose answer may have been lost. */
  let sent: { readonly settings: Settings; readonly trigger: string | undefined } | undefined;
  let before: string | undefined;

  await patience(async () => {
    const settings = settingsOf(await pools.describe(userPoolId));
    const live = triggerOf(settings);
    if (sent && live === sent.trigger) return;
    const choice = choose(live);
    if (choice === KEEP) {
      sent = undefined;
      return;
    }
    const role = smsRoleOf(settings);
    if (role !== undefined && mayPass && !mayPass(role)) throw missingRole(userPoolId, role);
    before = live;
    sent = { settings, trigger: choice.trigger };
    await pools.update(userPoolId, withTrigger(settings, choice.trigger));
  });

  if (!sent) return { changed: false, before: undefined };
  await verify(sent.settings, sent.trigger, options);
  return { changed: true, before };
}

/** How often it is read back: an answer may be a moment old. */
const LOOKS = 4;

async function verify(before: Settings, trigger: string | undefined, options: SetTriggerOptions): Promise<void> {
  const { pools, userPoolId, patience } = options;
  let changed: string[] = [];
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** look));
    const settings = settingsOf(await patience(() => pools.describe(userPoolId)));
    const found = differences(before, settings);
    changed = [...found.changed, ...(triggerOf(settings) === trigger ? [] : [TRIGGER])];
    if (changed.length > 0) continue;
    if (found.added.length > 0) console.warn({ message: 'Cognito added settings', userPool: userPoolId, ...found });
    return;
  }
  console.error({ message: 'The pool is not as it was', userPool: userPoolId, changed });
  throw new TriggerError(`${sentence(userPoolId, changed)} ${await putBack(before, options)}`);
}

const TRIGGER = 'LambdaConfig.CustomMessage';

const sentence = (userPoolId: string, changed: readonly string[]): string =>
  changed.every((path) => path === TRIGGER)
    ? `The user pool ${userPoolId} took the trigger and does not have it: somebody else changes the pool at the same time, or Cognito does not take it.`
    : `With the trigger, other settings of the user pool ${userPoolId} changed (${listed(changed)}): this library may not know yet how to keep them; please report it.`;

const listed = (paths: readonly string[]): string =>
  paths.length > 10 ? `${paths.slice(0, 10).join(', ')} and ${paths.length - 10} more` : paths.join(', ');

/** @returns what has become of it */
async function putBack(before: Settings, { pools, userPoolId, patience }: SetTriggerOptions): Promise<string> {
  try {
    await patience(() => pools.update(userPoolId, before));
    const { changed: left } = differences(before, settingsOf(await patience(() => pools.describe(userPoolId))));
    if (left.length === 0) return 'The former settings have been put back.';
    return `The former settings have been put back, and these are still others: ${listed(left)}.`;
  } catch (error) {
    return `The former settings could not be put back (${(error as Error).name}): compare the pool with what declares it.`;
  }
}

const missingRole = (userPoolId: string, role: string): TriggerError =>
  new TriggerError(
    `The user pool ${userPoolId} sends SMS through the role ${role}, and Cognito takes settings from those alone who may pass it: declare importedPool: { smsRole: Role.fromRoleArn(this, 'SmsRole', '${role}') }. Nothing was changed.`,
  );
