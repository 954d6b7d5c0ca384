import type { OnMissingUser, Seed } from '../../lib/private/contracts/seed';
import type { Seen } from './look';
import type { Former } from './former';
import { type Declaration, hasWork, type Intent, plan } from './plan';
import { type Rules, rulesOf } from './rules';

/** A step from one declaration to another. */
export interface Step {
  /** The users for whom the step changes something. */
  readonly intents: readonly Intent[];
  /** Users for whom it changes nothing, and of whom something is remembered that may have left the declaration. */
  readonly remembered?: readonly Intent[];
  /** How many users the declaration names: the new one, or the one that is removed. */
  readonly users: number;
  /** Names that the new declaration has twice. */
  readonly repeated: readonly string[];
  /** Those of the other declared users who go by one of these names, in lower case. */
  readonly bystanders: (names: ReadonlySet<string>) => Promise<readonly Intent[]>;
  /** The users as the pool has them, where it has been read already. */
  readonly seen?: Seen;
  /** Where a user stands in the author's file. */
  readonly placeOf?: (username: string) => Place | undefined;
  readonly onMissingUser: OnMissingUser;
  readonly rules: Rules;
  /** At a removal nothing is put back, and a pool that is gone is as good as cleaned. */
  readonly removal: boolean;
}

export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What a request of CloudFormation's asks for. */
export interface Request {
  /** The declaration that was in force; undefined where there was none. */
  readonly previous: Seed | undefined;
  /** The declaration to come; undefined at a removal. */
  readonly desired: Seed | undefined;
  readonly prune: boolean;
  readonly onMissingUser: OnMissingUser;
}

export const rulesOfRequest = ({ previous, desired, prune }: Request): Rules => rulesOf(previous, desired, prune);

/** The step between two declarations that stand in the custom resource's properties. */
export const stepBetween = (
  previous: Declaration,
  desired: Declaration,
  { rules, onMissingUser, removal }: Pick<Step, 'rules' | 'onMissingUser' | 'removal'>,
  formerOf?: (username: string) => Former | undefined,
): Step => {
  const all = plan(previous, desired, rules, formerOf);
  const others = all.filter((intent) => intent.declared && !hasWork(intent));
  return {
    intents: all.filter(hasWork),
    remembered: all.filter((intent) => !hasWork(intent) && formerOf?.(intent.username)),
    users: (removal ? previous : desired).users.length,
    repeated: repeated(desired.users.map(({ username }) => username)),
    bystanders: async (names) => others.filter(({ username }) => names.has(username.toLowerCase())),
    onMissingUser,
    rules,
    removal,
  };
};

const repeated = (names: readonly string[]): string[] => {
  const once = new Set<string>();
  return [...new Set(names.filter((name) => once.size === once.add(name).size))];
};
