/** A plan for people to read, in the manner of other tools that plan. */
import { createColors } from 'picocolors';
import type { Declaration } from '../declaration/declaration';
import type { Unplanned } from '../declaration/declared';
import type { Plans } from '../plan';
import { CONTACTS } from '../../../lambda/seeder/contacts';
import type { Action, AttributeChange, Entry } from '../step/entry';
import type { Missing, SeederPlan } from '../step/plan-pair';
import { failures, hasChanges, remarks } from './verdict';
import { outlook } from './outlook';
import { reasonsOf } from './reasons';
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
  private readonly colors;
  private readonly signs: Readonly<Record<Action, string>>;

  public constructor(private readonly options: TextOptions) {
    this.colors = createColors(options.hasColors);
    const { green, yellow, red } = this.colors;
    this.signs = { add: green('+'), change: yellow('~'), delete: red('-') };
  }

  public legend(): string {
    const { red, cyan, dim } = this.colors;
    const { add, change, delete: deleted } = this.signs;
    const meanings = [
      [add, 'set'],
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
    const { declaration, entries, missing, sameUser, deferred } = plan;
    yield this.heading(plan);
    const file = fileName(declaration);
    if (hasChanges(plan) || missing.count > 0) yield '\n';
    for await (const entry of entries.read()) yield this.entry(entry, file);
    yield this.more(entries.more, 'user to change', 'users to change');
    for await (const user of missing.read()) yield this.missing(user, file, isLeftOut(declaration));
    yield this.more(missing.more, 'missing user', 'missing users');
    for await (const names of sameUser.read()) {
      yield `  ${this.colors.red('!')} ${names.map(printable).join(', ')}: names of one user\n`;
    }
    yield this.more(sameUser.more, 'user with several names', 'users with several names');
    for (const { username = 'every user', attributes } of deferred) {
      const what = attributes.length > 0 ? `${attributes.join(', ')} is` : 'the name is';
      yield `  ${this.colors.cyan('?')} ${printable(username)}: ${what} known at deployment only\n`;
    }
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
    const figures = [
      `${count(
        sum(({ tally }) => tally.changed),
        'user',
      )} to change`,
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

  private entry({ username, line, left, attributes, messages }: Entry, file: string): string {
    const { dim, yellow } = this.colors;
    const place = line > 0 ? `(${file} line ${line})` : left ? '(left the declaration)' : '';
    return [
      `  ${yellow('~')} ${printable(username)}${place ? ` ${dim(place)}` : ''}\n`,
      ...attributes.map((attribute) => this.attribute(attribute, marked(attribute, attributes, messages))),
    ].join('');
  }

  private attribute({ name, action, before, after, complaint }: AttributeChange, isMessaged: boolean): string {
    const { magenta, red } = this.colors;
    const values = [before, after]
      .filter((value) => value !== undefined)
      .map((value) => printable(JSON.stringify(value)));
    return [
      `      ${this.signs[action]} ${name}`,
      this.options.showValues ? `: ${values.join(' -> ')}` : '',
      isMessaged ? `  ${magenta('Cognito sends a code')}` : '',
      complaint === undefined ? '' : `  ${red(complaint)}`,
      '\n',
    ].join('');
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
    const users = deferred.filter(({ username }) => username !== undefined).length;
    const parts = [
      ...(tally.changed > 0 ? [`${count(tally.changed, 'user')} to change (${actionsOf(tally.attributes)})`] : []),
      ...(tally.missing > 0 ? [`${number(tally.missing)} missing${isLeftOut(declaration) ? ' (left out)' : ''}`] : []),
      ...(users > 0 ? [`${number(users)} known at deployment only`] : []),
      ...(users < deferred.length ? ['values known at deployment only'] : []),
      `${number(tally.unchanged)} unchanged`,
    ];
    const head = hasChanges(plan) ? 'Plan:' : 'No changes.';
    return this.paragraph(`${head} ${parts.join(', ')}.`).replace(head, this.colors.bold(head));
  }

  private paragraph(text: string, paint: (line: string) => string = (line) => line): string {
    const lines = wrapped(printable(text), Math.min(WIDEST, this.options.columns));
    return lines.map((line) => `${paint(line)}\n`).join('');
  }
}

/** `1 attribute to add, 1 to change` */
const actionsOf = (attributes: Readonly<Record<Action, number>>): string =>
  (['add', 'change', 'delete'] as const)
    .filter((action) => attributes[action] > 0)
    .map(
      (action, index) =>
        `${index === 0 ? count(attributes[action], 'attribute') : number(attributes[action])} to ${action}`,
    )
    .join(', ');

/** Whether a code is sent because of this attribute: the address, or its flag where the address stays. */
const marked = (
  { name }: AttributeChange,
  attributes: readonly AttributeChange[],
  messages: readonly string[],
): boolean =>
  messages.includes(name) ||
  CONTACTS.some(
    ({ contact, flag }) =>
      name === flag && messages.includes(contact) && attributes.every((attribute) => attribute.name !== contact),
  );

const isLeftOut = ({ seed }: Declaration): boolean => seed.onMissingUser === 'SKIP';

export const fileName = ({ seed: { source } }: Declaration): string =>
  source.kind === 'file' ? source.file.name : source.kind === 'object' ? source.object.key : '';
