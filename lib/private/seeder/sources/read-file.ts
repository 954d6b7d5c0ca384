import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { SeedRow } from '../../contracts/seed-row';
import { readSeedFileSync, type RowProblem, type SeedFileOptions } from '../../seed-file';
import type { Finding } from '../../finding';
import { checkNewUser } from '../validation/creation';
import { DELETES_KEPT, keeps } from '../validation/kept';
import { CHANGES_OWN_NAME, changesOwnName } from '../validation/own-name';
import type { UserRules } from '../validation/users';

/** Mistakes that are told one by one. */
const TOLD = 50;

/** Of one kind, the lines that are named. */
const OF_A_KIND = 10;

/** What the pool says of an attribute; see `SeedFileOptions`. */
type Check = NonNullable<SeedFileOptions['check']>;

/** A file as it is when the seeder is made, read once. */
export class ReadFile {
  /** Sorted by username. */
  public readonly rows: readonly SeedRow[];
  private readonly rowsByLine: readonly SeedRow[];
  private readonly problems: readonly RowProblem[];

  public constructor(
    public readonly path: string,
    private readonly options: SeedFileOptions,
  ) {
    const { rows, problems } = this.read();
    this.rowsByLine = rows;
    this.rows = [...rows].sort(({ user: { username: one } }, { user: { username: other } }) =>
      one < other ? -1 : Number(one > other),
    );
    this.problems = problems;
  }

  /** Whether something is wrong with it, whatever the pool. */
  public get isBroken(): boolean {
    return this.problems.length > 0;
  }

  /** The pool may change until synthesis ends, so its rules are asked each time. */
  public findings(rules: UserRules): Finding[] {
    const check = poolCheck(rules);
    // Where something is wrong, reading anew with the pool's rules finds all of it, each where it belongs.
    const found = this.isBroken || !this.isSound(check) ? this.read(check).problems : [];
    const problems = [...found, ...rowProblems(this.rowsByLine, rules)];
    return this.told(problems.sort((one, other) => one.line - other.line));
  }

  private isSound(check: Check | undefined): boolean {
    return (
      !check ||
      this.rows.every(({ user: { attributes } }) => {
        for (const name in attributes) if (check(name, attributes[name]).length > 0) return false;
        return true;
      })
    );
  }

  private read(check?: Check): { rows: SeedRow[]; problems: RowProblem[] } {
    const rows: SeedRow[] = [];
    const problems: RowProblem[] = [];
    const bytes = this.bytes(problems);
    if (bytes) {
      readSeedFileSync(
        bytes,
        { ...this.options, ...(check && { check }) },
        { row: (row) => void rows.push(row), problem: (problem) => void problems.push(problem) },
      );
    }
    return { rows, problems };
  }

  private bytes(problems: RowProblem[]): Buffer | undefined {
    try {
      return readFileSync(this.path);
    } catch (error) {
      const { code = 'no reason given' } = error as NodeJS.ErrnoException;
      problems.push({
        line: 0,
        rule: `it cannot be read (${code})`,
        remedy: 'pass the path of a file, relative to the directory of the synthesis',
      });
      return undefined;
    }
  }

  private told(problems: readonly RowProblem[]): Finding[] {
    const file = shown(this.path);
    const kinds = alike(problems);
    const more = kinds.length - TOLD;
    return [
      ...kinds.slice(0, TOLD).map((problem) => ({ file, ...problem })),
      ...(more > 0
        ? [{ file, rule: `and ${more.toLocaleString('en-US')} more`, remedy: 'correct those above first' }]
        : []),
    ];
  }
}

/** A mistake that every row has would hide the others: it is told a few times, and then counted. */
const alike = (problems: readonly RowProblem[]): Finding[] => {
  const kinds = new Map<string, RowProblem[]>();
  for (const problem of problems) {
    const { attribute, rule, remedy } = problem;
    const key = JSON.stringify([attribute, rule, remedy]);
    const kind = kinds.get(key);
    if (kind) kind.push(problem);
    else kinds.set(key, [problem]);
  }
  return [...kinds.values()]
    .flatMap((kind) =>
      kind
        .slice(0, OF_A_KIND)
        .map((problem, index) => (index === OF_A_KIND - 1 ? { ...problem, alike: kind.length - OF_A_KIND } : problem)),
    )
    .sort((one, other) => one.line - other.line);
};

const poolCheck = ({ schema, mayDelete }: UserRules): Check | undefined => {
  if (!schema || !mayDelete) return schema?.check;
  return (name, value) => [...schema.check(name, value), ...(value !== '' ? schema.checkRemoval(name) : [])];
};

/** What is wrong with users of the file who are fine for themselves. */
const rowProblems = (rows: readonly SeedRow[], rules: UserRules): RowProblem[] => {
  const lines = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const { line, user } of rows) {
    const { username, attributes, enabled } = user;
    const name = rules.caseSensitive ? username : username.toLowerCase();
    const other = lines.get(name);
    if (other === undefined) lines.set(name, line);
    else problems.push(declaredTwice(line, other, rules));
    for (const alias of rules.aliases) {
      const value = attributes[alias];
      if (value !== undefined && changesOwnName(username, alias, value, rules)) {
        problems.push({ line, attribute: alias, ...CHANGES_OWN_NAME });
      }
    }
    for (const attribute in attributes) {
      if (attributes[attribute] === '' && keeps(rules.kept, attribute)) {
        problems.push({ line, attribute, ...DELETES_KEPT });
      }
    }
    if (rules.creation) {
      const found = checkNewUser(username, (attribute) => Boolean(attributes[attribute]), enabled, rules.creation);
      problems.push(...found.map((problem) => ({ line, ...problem })));
    }
  }
  return problems;
};

const declaredTwice = (line: number, first: number, { caseSensitive }: UserRules): RowProblem => ({
  line,
  rule: `the user is declared on line ${first} already${caseSensitive ? '' : ' (the pool does not tell upper from lower case)'}`,
  remedy: 'put all attributes into one row',
});

/** As an editor's terminal opens it. */
const shown = (path: string): string => relative(process.cwd(), resolve(path)).replaceAll(sep, '/') || '.';
