import { present } from '../../lib/private/contracts/fields';
import { contentOf, decodeRow, usernameOf } from '../../lib/private/contracts/seed-row';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { decodeFormerRow } from './former';
import { decodeLive } from './listing';
import { type Declared, hasWork, type Intent, planLiveUser, planUser } from './plan';
import type { Rules } from './rules';
import { join, type ToJoin } from './rows/join';
import { type LiveUser, settle } from './settle';

/** A user for whom a step changes something. */
export interface Planned {
  /** In the author's file; 0 where there is none. */
  readonly line: number;
  readonly intent: Intent;
  /** The user as the pool has them, where it has been read. */
  readonly live?: LiveUser;
}

export interface RowPlan {
  /** How many users the new declaration names, or the former one at a removal. */
  readonly users: number;
  readonly planned: number;
  readonly unchanged: number;
  /** Declared users whom the pool does not have, as far as it has been read. */
  readonly missing: number;
}

export interface RowPlanOptions {
  readonly rules: Rules;
  readonly clientMetadata?: Readonly<Record<string, string>>;
  readonly removal: boolean;
  readonly onPlanned: (planned: Planned) => void | Promise<void>;
  /** Declared users whom a pool that has been read lacks. */
  readonly onMissing: (planned: Planned) => void | Promise<void>;
  /** Declared users whom the pool that has been read calls otherwise. */
  readonly onAlias?: (declaredAs: string, username: string) => void;
  /** Users whom the former declaration did not have under this name; where users may be deleted, all who are declared. */
  readonly onNewName?: (username: string, attributes: readonly string[]) => void;
  /** Users of whom it is known what they had before. */
  readonly onMemory?: (intent: Intent) => void | Promise<void>;
}

/**
 * Plans the step between two declarations of any size, in constant memory. Where the pool is given, a user who is as declared
 * already is left out; otherwise one who is declared as before.
 */
export const planRows = async (rows: ToJoin, options: RowPlanOptions): Promise<RowPlan> => {
  const { rules, clientMetadata, removal, onPlanned, onMissing, onNewName, onMemory, onAlias } = options;
  let users = 0;
  let planned = 0;
  let unchanged = 0;
  let missing = 0;
  const live = rows.live !== undefined;

  const tell = (line: number, intent: Intent, liveLine: string | undefined, counts: boolean): void | Promise<void> => {
    if (!hasWork(intent)) return void (unchanged += Number(counts));
    if (!live) {
      planned++;
      return onPlanned({ line, intent });
    }
    if (liveLine === undefined) {
      if (!intent.declared) return; // gone from the pool, as from the declaration
      missing++;
      return onMissing({ line, intent });
    }
    const user = decodeLive(liveLine);
    // The list of the pool tells no groups, and so not who is the owner's.
    if (intent.owner === undefined && !settle(intent, user)) return void (unchanged += Number(counts));
    planned++;
    return onPlanned({ line, intent, live: user });
  };

  await join(rows, ({ previous, desired, live: liveLine, former }) => {
    if (previous === undefined && desired === undefined) return; // a user of the pool who is none of ours
    const counts = removal ? previous !== undefined : desired !== undefined;
    if (counts) users++;
    const isSame = previous !== undefined && desired !== undefined && contentOf(previous) === contentOf(desired);
    if (!live && isSame && !namesSecret(desired)) {
      if (rules.owner !== undefined) onNewName?.(usernameOf(desired), Object.keys(decodeRow(desired).user.attributes));
      return void unchanged++;
    }
    const before = previous === undefined ? undefined : decodeRow(previous).user;
    const after = desired === undefined ? undefined : decodeRow(desired);
    if (after && (!before || rules.owner !== undefined))
      onNewName?.(after.user.username, Object.keys(after.user.attributes));
    if (after && liveLine !== undefined && onAlias) {
      const { username } = decodeLive(liveLine);
      if (username !== after.user.username) onAlias(after.user.username, username);
    }
    const line = after?.line ?? 0;
    const expectation = {
      username: usernameOf((desired ?? previous)!),
      before,
      after: after && declaredOf(after.user),
      clientMetadata: after ? { ...clientMetadata, ...after.user.clientMetadata } : {},
      ownMetadata: after?.user.clientMetadata,
      ...(former === undefined ? {} : { former: decodeFormerRow(former) }),
    };
    const intent = live ? planLiveUser(expectation, rules) : planUser(expectation, rules);
    const wait = former === undefined ? undefined : onMemory?.(intent);
    return wait ? wait.then(() => tell(line, intent, liveLine, counts)) : tell(line, intent, liveLine, counts);
  });
  return { users, planned, unchanged, missing };
};

const declaredOf = ({ attributes, groups, enabled, password }: DeclaredUser): Declared =>
  present({ attributes, groups, enabled, password });

/** A secret may have been rotated since, so that a user who is declared as before is one to be changed. */
const namesSecret = (line: string): boolean => line.includes('"kind":"secret"');
