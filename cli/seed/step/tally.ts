import { NO_REQUESTS, type Requests, sumOf } from '../../../lambda/seeder/requests';
import type { Action, Entry } from './entry';

/** The figures of a plan. */
export class Tally {
  public users = 0;
  /** With those who are created or deleted. */
  public changed = 0;
  public created = 0;
  public deleted = 0;
  public missing = 0;
  public unchanged = 0;
  /** Users to whom Cognito sends a code. */
  public messaged = 0;
  /** Users whom Cognito invites. */
  public invited = 0;
  /** Declared values that are not given to users who have another one. */
  public kept = 0;
  /** Users whose password is set once more, in case its secret has been rotated. */
  public passwordsAgain = 0;
  /** Of users who are there already, and stay. */
  public readonly attributes: Record<Action, number> = { add: 0, change: 0, delete: 0, restore: 0 };
  public readonly groups = { join: 0, leave: 0 };
  public enabled = 0;
  public disabled = 0;
  public passwords = 0;
  /** What Cognito would refuse, and why. */
  public readonly refused = new Map<string, string>();
  /** Groups that users are to join, and that are not there. */
  public readonly groupsLacking = new Set<string>();
  public requests: Requests = NO_REQUESTS;
  public requestsToUndo = 0;
  private declaredChanged = 0;

  /** @param counts whether the user is one of those whom the declaration names */
  public count(entry: Entry, counts: boolean): void {
    this.changed++;
    if (counts) this.declaredChanged++;
    if (entry.action === 'create') this.created++;
    if (entry.action === 'delete') this.deleted++;
    if (entry.action === 'change') this.countChanges(entry);
    if (entry.messages.length > 0) this.messaged++;
    if (entry.invitation.length > 0) this.invited++;
    if (entry.complaint !== undefined) this.refused.set('the names of some new users', entry.complaint);
    for (const { name, complaint } of entry.attributes) {
      if (complaint !== undefined) this.refused.set(name, complaint);
    }
    for (const { name, complaint } of entry.join) if (complaint !== undefined) this.groupsLacking.add(name);
  }

  public send(requests: Requests, requestsToUndo: number): void {
    this.requests = sumOf([this.requests, requests]);
    this.requestsToUndo += requestsToUndo;
  }

  public conclude(users: number, missing: number): void {
    this.users = users;
    this.missing = missing;
    this.unchanged = users - this.declaredChanged - missing;
  }

  private countChanges({ attributes, join, leave, enabled, password, passwordAgain }: Entry): void {
    for (const { action } of attributes) this.attributes[action]++;
    this.groups.join += join.length;
    this.groups.leave += leave.length;
    if (enabled === true) this.enabled++;
    if (enabled === false) this.disabled++;
    if (password && !passwordAgain) this.passwords++;
  }
}
