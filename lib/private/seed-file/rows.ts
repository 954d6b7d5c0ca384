import { checkContact } from './rules/contacts';
import { checkGroups } from './rules/groups';
import { checkName } from './rules/names';
import type { AttributeProblem } from './rules/problem';
import { checkUsername } from './rules/username';
import { checkValue } from './rules/values';
import type { RowProblem, SeedFileOptions, SeedFileSink } from './types';

/** A user as the file has them, under Cognito's names. */
export interface ReadUser {
  readonly line: number;
  readonly username: unknown;
  /** Nobody else's: flags come and go. */
  readonly values: Record<string, string>;
  readonly clientMetadata?: Readonly<Record<string, string>>;
  /** Names, where there is nothing wrong. */
  readonly groups?: unknown;
  readonly enabled?: boolean;
}

const CONTACTS = [
  { contact: 'email', flagName: 'email_verified' },
  { contact: 'phone_number', flagName: 'phone_number_verified' },
] as const;

/** What a file's users and mistakes go through on their way to the sink. */
export class Rows {
  /** Of the attributes that the file names, whether their values are worth a look. */
  private readonly names = new Map<string, boolean>();
  private promises: Promise<void>[] = [];

  public constructor(
    private readonly options: SeedFileOptions,
    private readonly sink: SeedFileSink,
  ) {}

  public get creates(): boolean {
    return this.options.creates ?? false;
  }

  public problem(problem: RowProblem): void {
    this.sink.problem(problem);
  }

  /** Checks a name once, and reports it where it is met first. */
  public checkName(name: string, line: number): boolean {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const wrong = checkName(name);
    const problems = wrong.length > 0 ? wrong : (this.options.check?.(name, undefined) ?? []);
    for (const problem of problems) this.problem({ line, attribute: name, ...problem });
    this.names.set(name, problems.length === 0);
    return problems.length === 0;
  }

  /** @param problems that have been found on the way here */
  public user(
    { line, username, values, clientMetadata, groups, enabled }: ReadUser,
    problems: readonly AttributeProblem[] = [],
  ): void {
    const all: AttributeProblem[] = [...checkUsername(username), ...problems, ...checkGroups(groups)];
    this.checkValues(line, values, all);
    this.settleFlags(values, all);
    for (const problem of all) this.problem({ line, ...problem });
    if (all.length > 0) return;
    const promise = this.sink.row({
      line,
      user: {
        username: username as string,
        attributes: values,
        ...(clientMetadata && { clientMetadata }),
        ...(groups !== undefined && { groups: groups as string[] }),
        ...(enabled !== undefined && { enabled }),
      },
    });
    if (promise) this.promises.push(promise);
  }

  /** Resolves when the sink has taken what it was given. */
  public async taken(): Promise<void> {
    const promises = this.promises;
    this.promises = [];
    await Promise.all(promises);
  }

  private checkValues(line: number, values: Readonly<Record<string, string>>, problems: AttributeProblem[]): void {
    for (const name in values) {
      if (!this.checkName(name, line)) continue;
      const own = checkValue(name, values[name]);
      const found = own.length > 0 ? own : (this.options.check?.(name, values[name]) ?? []);
      for (const problem of found) problems.push({ attribute: name, ...problem });
    }
  }

  /** What goes with the addresses, as `verification` says. */
  private settleFlags(values: Record<string, string>, problems: AttributeProblem[]): void {
    const { verification } = this.options;
    for (const { contact, flagName } of CONTACTS) {
      const value = values[contact];
      const flag = values[flagName];
      if (value === undefined && flag === undefined) continue;
      // Files for Cognito's own import say FALSE wherever they do not say TRUE.
      const isIdle = flag === 'false' && Boolean(value) && verification === 'SEND_MESSAGE';
      // A flag that is neither has been reported.
      if (!isIdle && (flag === undefined || flag === 'true' || flag === 'false')) {
        const address = value ? 'value' : value === '' ? 'deleted' : 'undeclared';
        const found = checkContact({ address, flag, flagName }, verification);
        for (const problem of found) problems.push({ attribute: contact, ...problem });
      }
      if (isIdle) delete values[flagName];
      else if (value && verification === 'MARK_VERIFIED') values[flagName] = 'true';
    }
  }
}
