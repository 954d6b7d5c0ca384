import type { Action, Entry } from './entry';

/** The figures of a plan. */
export class Tally {
  public users = 0;
  public changed = 0;
  public missing = 0;
  public unchanged = 0;
  /** Users whom Cognito messages. */
  public messaged = 0;
  public readonly attributes: Record<Action, number> = { add: 0, change: 0, delete: 0 };
  /** Attributes that Cognito would refuse, and why. */
  public readonly refused = new Map<string, string>();
  public requests = 0;
  public requestsToUndo = 0;
  private declaredChanged = 0;

  /** @param counts whether the user is one of those whom the declaration names */
  public count(entry: Entry, requests: number, requestsToUndo: number, counts: boolean): void {
    this.changed++;
    if (counts) this.declaredChanged++;
    if (entry.messages.length > 0) this.messaged++;
    for (const { name, action, complaint } of entry.attributes) {
      this.attributes[action]++;
      if (complaint !== undefined) this.refused.set(name, complaint);
    }
    this.requests += requests;
    this.requestsToUndo += requestsToUndo;
  }

  public conclude(users: number, missing: number): void {
    this.users = users;
    this.missing = missing;
    this.unchanged = users - this.declaredChanged - missing;
  }
}
