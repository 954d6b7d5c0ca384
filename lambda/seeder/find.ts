import { NO_ACCOUNT } from './account';
import type { Cognito } from './cognito';
import { describe, type UserFailure } from './failure';
import { GroupNotFound } from './group-not-found';
import { type Identified, identify, namesOfAll } from './identify';
import { look } from './look';
import { forEachItem } from './pace';
import type { Passwords } from './passwords';
import type { Intent } from './plan';
import type { LiveUser } from './settle';
import type { Step } from './step';

/** What the pool says of the users whom a step concerns. */
export interface Found {
  readonly identified: readonly Identified[];
  /** Names that mean a user twice. */
  readonly doubles: readonly string[];
  readonly missing: ReadonlySet<string>;
  readonly failed: readonly UserFailure[];
  readonly poolMissing: boolean;
}

/** Looks at the users whom the step concerns, and at those who are declared as before but may be one of them. */
export const find = async (step: Step, cognito: Cognito, workers: number): Promise<Found> => {
  const seen = step.seen ?? (await look(step.intents.map(nameOf), cognito, workers));
  const others = await step.bystanders(namesOfAll(seen.users));
  const alsoSeen = await look(others.map(nameOf), cognito, workers);
  const users = new Map([...seen.users, ...alsoSeen.users]);
  const { identified, doubles } = identify([...step.intents, ...others], users);
  const grouped = await withGroups(identified, cognito, workers);
  return {
    identified: grouped.identified,
    doubles,
    missing: seen.missing,
    failed: [...seen.failed, ...alsoSeen.failed, ...grouped.failed],
    poolMissing: seen.poolMissing,
  };
};

/** Memberships take a request of their own, so that they are asked for where they count. */
const withGroups = async (
  identified: readonly Identified[],
  cognito: Cognito,
  workers: number,
): Promise<Pick<Found, 'identified' | 'failed'>> => {
  const failed: UserFailure[] = [];
  const groupsOf = new Map<LiveUser, readonly string[]>();
  await forEachItem(identified.filter(asksForGroups), workers, async ({ live, intent }) => {
    try {
      groupsOf.set(live, await cognito.groups(live.username));
    } catch (error) {
      failed.push({ username: intent.username, failure: describe(error, []) });
    }
  });
  return {
    identified: identified.map(({ intent, live }) => {
      const groups = groupsOf.get(live);
      return { intent, live: groups ? { ...live, groups } : live };
    }),
    failed,
  };
};

export const asksForGroups = ({ intent: { account = NO_ACCOUNT, owner } }: Pick<Identified, 'intent'>): boolean =>
  owner !== undefined || account.join.length + account.leave.length > 0;

/** What users are to be given that is not there: groups of the pool, and passwords out of secrets. */
export const findLacking = async (
  intents: readonly Intent[],
  isMissing: (username: string) => boolean,
  cognito: Cognito,
  passwords: Passwords,
): Promise<UserFailure[]> => {
  const failed: UserFailure[] = [];
  const known = new Map<string, Promise<boolean>>();
  const hasGroup = (group: string) => {
    const asked = known.get(group) ?? cognito.hasGroup(group);
    known.set(group, asked);
    return asked;
  };
  for (const { username, account = NO_ACCOUNT, creation } of intents) {
    const wanted = isMissing(username)
      ? { groups: creation?.groups ?? [], password: creation?.password }
      : { groups: account.join, password: account.password };
    try {
      for (const group of wanted.groups) {
        if (!(await hasGroup(group))) throw new GroupNotFound(group);
      }
      if (wanted.password) await passwords.of(wanted.password);
    } catch (error) {
      failed.push({ username, failure: describe(error, []) });
    }
  }
  return failed;
};

const nameOf = ({ username }: { readonly username: string }): string => username;
