/** A plan for people to read, in the manner of other tools that plan. */
import { createColors } from 'picocolors';
import type { Declaration } from '../declaration/declaration';
import { CONTACTS } from '../../../lambda/seeder/contacts';
import type { Action, AttributeChange, Entry } from '../step/entry';
import type { Missing, SeederPlan } from '../step/plan-pair';
import { failures, hasChanges, remarks } from './verdict';
import { count, duration, number, printable, wrapped } from './words';

export interface TextOptions {
  readonly showValues: boolean;
  readonly hasColors: boolean;
  readonly columns: number;
}

/** Of a long line, what is still easy to read. */
const WIDEST = 100;

export async function* textOf(plans: readonly SeederPlan[], options: TextOptions): AsyncGenerator<string> {
  const page = new Page(options);
  for (const [index, plan] of plans.entries()) {
    if (index > 0) yield '\n';
    yield* page.planned(plan);
  }
  if (plans.length > 1) yield page.total(plans);
  yield page.remarks(plans);
}

class Page {
  private readonly colors;
  private readonly signs: Readonly<Record<Action, string>>;

  public constructor(private readonly options: TextOptions) {
    this.colors = createColors(options.hasColors);
    const { green, yellow, red } = this.colors;
    this.signs = { add: green('+'), change: yellow('~'), delete: red('-') };
  }

  public async *planned(plan: SeederPlan): AsyncGenerator<string> {
    const { declaration, entries, missing, sameUser, deferred } = plan;
    yield this.heading(plan);
    const file = fileName(declaration);
    if (hasChanges(plan) || missing.count > 0) yield '\n';
    for await (const entry of entries.read()) yield this.entry(entry, file);
    yield this.more(entries.more, 'user to change', 'users to change');
    for await (const user of missing.read()) yield this.missing(user, file);
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
    if (hasChanges(plan)) yield this.outlook(plan);
    for (const line of failures(plan)) yield this.paragraph(`The deployment would fail. ${line}`, this.colors.red);
  }

  public remarks(plans: readonly SeederPlan[]): string {
    return remarks(plans)
      .map((line) => `\n${this.paragraph(line, this.colors.dim)}`)
      .join('');
  }

  public total(plans: readonly SeederPlan[]): string {
    const sum = (figure: (plan: SeederPlan) => number) => plans.reduce((total, plan) => total + figure(plan), 0);
    const all = `\n${this.colors.bold(`In all ${count(plans.length, 'seeder')}:`)}`;
    if (!plans.some(hasChanges)) return `${all} no changes.\n`;
    const missing = sum(({ tally }) => tally.missing);
    const figures = [
      `${count(
        sum(({ tally }) => tally.changed),
        'user',
      )} to change`,
      ...(missing > 0 ? [`${number(missing)} missing`] : []),
      `${number(sum(({ tally }) => tally.unchanged))} unchanged`,
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

  private missing({ username, line }: Missing, file: string): string {
    const place = line > 0 ? ` ${this.colors.dim(`(${file} line ${line})`)}` : '';
    return `  ${this.colors.red('!')} ${printable(username)}${place}: the pool has no such user\n`;
  }

  private more(more: number, one: string, many: string): string {
    return more > 0
      ? `  ${this.colors.dim(`… and ${number(more)} more ${more === 1 ? one : many} (--all lists them)`)}\n`
      : '';
  }

  private summary(plan: SeederPlan): string {
    const { tally, deferred, declaration } = plan;
    const users = deferred.filter(({ username }) => username !== undefined).length;
    const isLeftOut = declaration.seed.onMissingUser === 'SKIP';
    const parts = [
      ...(tally.changed > 0 ? [`${count(tally.changed, 'user')} to change (${actionsOf(tally.attributes)})`] : []),
      ...(tally.missing > 0 ? [`${number(tally.missing)} missing${isLeftOut ? ' (left out)' : ''}`] : []),
      ...(users > 0 ? [`${number(users)} known at deployment only`] : []),
      ...(users < deferred.length ? ['values known at deployment only'] : []),
      `${number(tally.unchanged)} unchanged`,
    ];
    const head = hasChanges(plan) ? 'Plan:' : 'No changes.';
    return this.paragraph(`${head} ${parts.join(', ')}.`).replace(head, this.colors.bold(head));
  }

  /** How long it takes, and who hears of it. */
  private outlook({ tally, duration: time, declaration: { engine } }: SeederPlan): string {
    const { requests, requestsPerSecond, seconds, fitsLambda } = time;
    const fit =
      engine?.kind === 'step-functions'
        ? 'on Step Functions'
        : fitsLambda
          ? 'which fits the Lambda engine'
          : 'which does not fit the Lambda engine: choose SeedEngine.stepFunctions()';
    const lines = [
      ...(tally.changed > 0
        ? [
            `It takes ${count(requests, 'request')}: ${duration(seconds)} at ${number(requestsPerSecond)} a second, ${fit}.`,
          ]
        : []),
      ...(tally.messaged > 0 ? [`Cognito messages ${count(tally.messaged, 'user')}.`] : []),
    ];
    return lines.map((line) => this.paragraph(line)).join('');
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

export const fileName = ({ seed: { source } }: Declaration): string =>
  source.kind === 'file' ? source.file.name : source.kind === 'object' ? source.object.key : '';
