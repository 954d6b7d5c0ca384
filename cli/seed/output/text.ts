/** A plan for people to read, in the manner of other tools that plan. */
import type { Declaration } from '../declaration/declaration';
import type { Unplanned } from '../declaration/declared';
import type { Plans } from '../plan';
import type { SeederPlan } from '../step/plan-pair';
import type { Missing } from '../step/user-plans';
import { deferredText } from './deferred-text';
import { entryText } from './entry-text';
import { outlook } from './outlook';
import { reasonsOf } from './reasons';
import { type Style, styleOf } from './style';
import { summaryParts, usersToDo } from './summary';
import { failures, hasChanges, remarks } from './verdict';
import { count, number, printable, wrapped } from './words';

export interface TextOptions {
  readonly showValues: boolean;
  readonly hasColors: boolean;
  readonly columns: number;
}

/** Of a long line, what is still easy to read. */
const WIDEST = 100;

export async function* textOf({ seeders, unplanned }: Plans, options: TextOptions): AsyncGenerator<string> {
  const page = new Page(options);
  if (seeders.some(hasChanges)) yield page.legend();
  for (const [index, plan] of seeders.entries()) {
    if (index > 0) yield '\n';
    yield* page.planned(plan);
  }
  for (const [index, one] of unplanned.entries())
    yield `${seeders.length + index > 0 ? '\n' : ''}${page.unplanned(one)}`;
  if (seeders.length + unplanned.length === 0) yield page.nobody();
  if (seeders.length + unplanned.length > 1) yield page.total(seeders, unplanned.length);
  yield page.remarks(seeders);
}

class Page {
  private readonly style: Style;
  private readonly colors;

  public constructor(private readonly options: TextOptions) {
    this.style = styleOf(options.showValues, options.hasColors);
    this.colors = this.style.colors;
  }

  public legend(): string {
    const { red, cyan, dim } = this.colors;
    const { create, change, delete: deleted } = this.style.signs;
    const meanings = [
      [create, 'added'],
      [change, 'changed'],
      [deleted, 'deleted'],
      [red('!'), 'fails'],
      [cyan('?'), 'known at deployment only'],
    ];
    return `${meanings.map(([sign, meaning]) => `${sign} ${dim(meaning)}`).join(dim(', '))}\n\n`;
  }

  public unplanned({ title, error }: Unplanned): string {
    const { bold, red } = this.colors;
    const [first, ...others] = reasonsOf(error);
    return [
      `${bold(printable(title))}\n`,
      this.paragraph(`Not planned: ${first}`, red),
      ...others.map((line) => `${printable(line)}\n`),
    ].join('');
  }

  /** Where all seeders are gone, and leave what they have set. */
  public nobody(): string {
    return `${this.colors.bold('No changes.')} The seeders that are gone leave the users as they are.\n`;
  }

  public async *planned(plan: SeederPlan): AsyncGenerator<string> {
    const { declaration, entries, missing, sameUser, deferred, tally } = plan;
    yield this.heading(plan);
    const file = fileName(declaration);
    if (hasChanges(plan) || missing.count > 0) yield '\n';
    for await (const entry of entries.read()) yield entryText(entry, file, this.style);
    yield tally.created + tally.deleted > 0
      ? this.more(entries.more, 'user', 'users')
      : this.more(entries.more, 'user to change', 'users to change');
    for await (const user of missing.read()) yield this.missing(user, file, isLeftOut(declaration));
    yield this.more(missing.more, 'missing user', 'missing users');
    for await (const names of sameUser.read()) {
      yield `  ${this.colors.red('!')} ${names.map(printable).join(', ')}: names of one user\n`;
    }
    yield this.more(sameUser.more, 'user with several names', 'users with several names');
    for (const user of deferred) yield `  ${this.colors.cyan('?')} ${printable(deferredText(user))}\n`;
    yield '\n';
    yield this.summary(plan);
    if (hasChanges(plan)) for (const line of outlook(plan)) yield this.paragraph(line);
    for (const line of failures(plan)) yield this.paragraph(`The deployment would fail. ${line}`, this.colors.red);
  }

  public remarks(plans: readonly SeederPlan[]): string {
    return remarks(plans)
      .map((line) => `\n${this.paragraph(line, this.colors.dim)}`)
      .join('');
  }

  public total(plans: readonly SeederPlan[], unplanned: number): string {
    const sum = (figure: (plan: SeederPlan) => number) => plans.reduce((total, plan) => total + figure(plan), 0);
    const all = `\n${this.colors.bold(`In all ${count(plans.length + unplanned, 'seeder')}:`)}`;
    const rest = unplanned > 0 ? [`${count(unplanned, 'seeder')} not planned`] : [];
    if (!plans.some(hasChanges))
      return `${all} ${[...(plans.length > 0 ? ['no changes'] : []), ...rest].join(', ')}.\n`;
    const missing = sum(({ tally }) => tally.missing);
    const [created, changed, deleted] = [
      sum(({ tally }) => tally.created),
      sum(({ tally }) => tally.changed),
      sum(({ tally }) => tally.deleted),
    ];
    const figures = [
      ...(changed > 0 ? usersToDo({ created, changed, deleted }) : ['0 users to change']),
      ...(missing > 0 ? [`${number(missing)} missing`] : []),
      `${number(sum(({ tally }) => tally.unchanged))} unchanged`,
      ...rest,
    ];
    return `${all} ${figures.join(', ')}.\n`;
  }

  private heading({ declaration, pool, isRemoval }: SeederPlan): string {
    const { name } = pool.description;
    const { bold, dim } = this.colors;
    const where = `user pool ${printable(pool.id)}${name === undefined ? '' : ` (${printable(name)})`}`;
    return `${bold(printable(declaration.title))}${isRemoval ? ' (removed)' : ''}  ${dim(where)}\n`;
  }

  /** @param isSkipped whether that is no failure */
  private missing({ username, line }: Missing, file: string, isSkipped: boolean): string {
    const { dim, red } = this.colors;
    const place = line > 0 ? ` ${dim(`(${file} line ${line})`)}` : '';
    return `  ${isSkipped ? dim('·') : red('!')} ${printable(username)}${place}: the pool has no such user\n`;
  }

  private more(more: number, one: string, many: string): string {
    return more > 0
      ? `  ${this.colors.dim(`… and ${number(more)} more ${more === 1 ? one : many} (--all lists them)`)}\n`
      : '';
  }

  private summary(plan: SeederPlan): string {
    const { tally, deferred, declaration } = plan;
    const parts = summaryParts(tally, deferred, isLeftOut(declaration));
    const head = hasChanges(plan) ? 'Plan:' : 'No changes.';
    return this.paragraph(`${head} ${parts.join(', ')}.`).replace(head, this.colors.bold(head));
  }

  private paragraph(text: string, paint: (line: string) => string = (line) => line): string {
    const lines = wrapped(printable(text), Math.min(WIDEST, this.options.columns));
    return lines.map((line) => `${paint(line)}\n`).join('');
  }
}

const isLeftOut = ({ seed }: Declaration): boolean => seed.onMissingUser === 'SKIP';

export const fileName = ({ seed: { source } }: Declaration): string =>
  source.kind === 'file' ? source.file.name : source.kind === 'object' ? source.object.key : '';
