/** What the step means for each user, in the order of declared names. */
import { where } from '../../../lambda/seeder/attributes';
import { asksForGroups } from '../../../lambda/seeder/find';
import type { Intent } from '../../../lambda/seeder/plan';
import type { Planned } from '../../../lambda/seeder/plan-rows';
import { requestsOf, requestsToUndo } from '../../../lambda/seeder/requests';
import type { Rules } from '../../../lambda/seeder/rules';
import { type Change, settle, settleCreation } from '../../../lambda/seeder/settle';
import type { Made } from '../declaration/made';
import type { Cursor } from '../pool/cursor';
import { decodeLiveRow } from '../pool/live-row';
import type { Match } from '../pool/match';
import { ownerRow, renamedUsers } from '../pool/owners';
import type { Pool } from '../pool/pool';
import type { Workspace } from '../workspace';
import { changeEntry, isRoutine } from './change-entry';
import type { Entry } from './entry';
import { newEntry } from './new-entry';
import type { Spool } from './spool';
import type { Tally } from './tally';

export interface Missing {
  readonly username: string;
  readonly line: number;
}

export interface UserPlansOptions {
  readonly rules: Rules;
  readonly isRemoval: boolean;
  readonly made: Made;
  readonly pool: Pool;
  /** A name as the pool compares it. */
  readonly folded: (name: string) => string;
  /** Users of the pool: see live-row.ts. */
  readonly users: Cursor;
  readonly owners: Match['owners'];
  readonly entries: Spool<Entry>;
  readonly missing: Spool<Missing>;
  readonly tally: Tally;
}

export class UserPlans {
  public static async begin(options: UserPlansOptions, workspace: Workspace): Promise<UserPlans> {
    return new UserPlans(options, await renamedUsers(await options.owners.open(), workspace));
  }

  /** Users whose memberships are looked at. */
  public groupReads = 0;

  /** @param stillDeclared what is declared under another name, of those who have left under one */
  private constructor(
    private readonly options: UserPlansOptions,
    private readonly stillDeclared: Awaited<ReturnType<typeof renamedUsers>>,
  ) {}

  /** @returns what is left to do for the user, as the pool has them */
  public readonly take = async ({ intent, line }: Planned): Promise<Change | undefined> => {
    const found = await this.options.users.find(intent.username);
    if (found !== undefined) return this.change(intent, line, found);
    // Whoever has left may be gone from the pool, too.
    return intent.declared ? this.create(intent, line) : undefined;
  };

  private async change(intent: Intent, line: number, found: string): Promise<Change | undefined> {
    const { rules, isRemoval, pool, made, entries, owners, tally } = this.options;
    const { groups, ...user } = decodeLiveRow(found);
    const names = intent.declared ? undefined : await this.stillDeclared(intent.username);
    const own = names ? elsewhere(intent, names) : intent;
    const asks = asksForGroups({ intent: own });
    if (asks) this.groupReads++;
    const change = settle(own, asks ? { ...user, groups } : user);
    if (!change) return undefined;
    const isRestored = (name: string) => rules.restores && Object.hasOwn(intent.prune, name);
    const entry = await changeEntry(change, line, isRestored, pool.description, this.hasGroup, made);
    tally.send(requestsOf(change), requestsToUndo(change));
    if (entry.passwordAgain) tally.passwordsAgain++;
    if (isRoutine(entry)) return change;
    tally.count(entry, intent.declared || isRemoval);
    await entries.add(entry);
    await owners.add(ownerRow(user.username, { name: intent.username, isChanged: true }));
    return change;
  }

  private async create(intent: Intent, line: number): Promise<Change | undefined> {
    const { rules, made, pool, folded, entries, missing, owners, tally } = this.options;
    const { username } = intent;
    const change = settleCreation(intent);
    if (!change) {
      await missing.add({ username, line });
      return undefined;
    }
    const entry = await newEntry(change, line, rules.creation!, pool.description, this.hasGroup, made);
    tally.send(requestsOf(change), requestsToUndo(change));
    tally.count(entry, true);
    await entries.add(entry);
    // Another declared name that is the same to the pool cannot be created, too.
    await owners.add(ownerRow(folded(username), { name: username, declared: [], isChanged: true }));
    return change;
  }

  private readonly hasGroup = async (group: string): Promise<boolean> =>
    this.options.made.groups.has(group) || (await this.options.pool.hasGroup(group));
}

/** Whoever is declared under another name stays, and loses only what is declared no more. */
const elsewhere = (intent: Intent, names: readonly string[]): Intent => ({
  ...intent,
  prune: where(intent.prune, (name) => !names.includes(name)),
  account: undefined,
  owner: undefined,
});
