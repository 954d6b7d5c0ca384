import { cognitosName, withPrefix } from '../../attribute-names';
import { checkMetadata } from '../rules/metadata';
import { checkKey } from '../rules/names';
import { isForPassword, PASSWORD_IN_FILE } from '../rules/passwords';
import type { AttributeProblem } from '../rules/problem';
import type { Rows } from '../rows';
import { LONGEST_ROW, Unreadable } from '../types';

/** Makes users of lines that hold an object each. */
export class JsonUsers {
  private hasUsers = false;

  public constructor(private readonly rows: Rows) {}

  public readonly take = (text: string | undefined, line: number): void => {
    if (text !== undefined && text.trim() === '') return;
    this.hasUsers = true;
    const declared = text === undefined ? undefined : parsed(text);
    if (!isMap(declared)) {
      this.rows.problem({ line, ...(text === undefined ? TOO_LONG : NO_OBJECT) });
      return;
    }
    const { username, attributes = {}, clientMetadata, groups, enabled } = declared;
    const problems: AttributeProblem[] = [
      ...checkMetadata(clientMetadata),
      ...otherKeys(declared),
      ...(enabled === undefined || typeof enabled === 'boolean' ? [] : [NO_FLAG]),
    ];
    const values = isMap(attributes) ? valuesOf(attributes, problems) : {};
    const isName = !this.rows.creates && groups === undefined && enabled === undefined;
    if (!isMap(attributes)) problems.push({ rule: 'attributes must be a map', remedy: 'declare them by name' });
    else if (isName && Object.keys(attributes).length === 0) {
      problems.push({ rule: 'no attribute is declared', remedy: 'declare one, or remove the user' });
    }
    this.rows.user(
      {
        line,
        username,
        values,
        ...(isMap(clientMetadata) && { clientMetadata: clientMetadata as Record<string, string> }),
        groups,
        ...(typeof enabled === 'boolean' && { enabled }),
      },
      problems,
    );
  };

  /** @throws Unreadable */
  public end(): void {
    if (!this.hasUsers) {
      throw new Unreadable({ line: 0, rule: 'the file is empty', remedy: 'write an object for each user, one a line' });
    }
  }
}

const KEYS = ['username', 'attributes', 'clientMetadata', 'groups', 'enabled'];

const otherKeys = (declared: object): AttributeProblem[] => {
  const others = Object.keys(declared).filter((key) => !KEYS.includes(key));
  return [
    ...(others.some(isForPassword) ? [PASSWORD_IN_FILE] : []),
    ...(others.some((key) => !isForPassword(key)) ? [OTHER_KEY] : []),
  ];
};

const NO_FLAG = { rule: 'enabled must be true or false', remedy: 'write true or false, without quotation marks' };
const OTHER_KEY = {
  rule: 'a user has username, attributes, clientMetadata, groups and enabled, and nothing else',
  remedy: 'put attributes into "attributes", and remove what is none',
};
const NO_OBJECT = {
  rule: 'the line is no JSON object',
  remedy: 'write one object a line, {"username": "…", "attributes": {…}}',
};
const TOO_LONG = { rule: `the line is longer than ${LONGEST_ROW} bytes`, remedy: 'write one object a line' };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the parser's words quote the line
  }
};

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const PARTS = { custom: 'custom:', developer: 'dev:' } as const;

const valuesOf = (attributes: Record<string, unknown>, problems: AttributeProblem[]): Record<string, string> => {
  const values: Record<string, string> = {};
  const add = (name: string, value: unknown) => {
    if (Object.hasOwn(values, name)) {
      problems.push({ attribute: name, rule: 'it is declared twice, under two names', remedy: 'keep one of the two' });
    }
    const text = textOf(value);
    if (typeof text === 'string') values[name] = text;
    else problems.push({ attribute: name, ...text });
  };
  for (const [key, value] of Object.entries(attributes)) {
    const name = cognitosName(key);
    if (Object.hasOwn(PARTS, key)) {
      const part = key as keyof typeof PARTS;
      if (!isMap(value))
        problems.push({ attribute: key, rule: `${key} must be a map`, remedy: 'declare its attributes by name' });
      else for (const [rest, inner] of Object.entries(value)) add(withPrefix(PARTS[part], rest), inner);
    } else if (name === undefined) {
      problems.push({ attribute: key, ...(isForPassword(key) ? PASSWORD_IN_FILE : checkKey(key)) });
    } else add(name, value);
  }
  return values;
};

/** A value as Cognito takes it, or what is wrong with it. */
const textOf = (value: unknown): string | { rule: string; remedy: string } => {
  if (value === null) return '';
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { rule: 'the number has more digits than JSON readers keep', remedy: 'write it as a text' };
  }
  return ['string', 'number', 'boolean'].includes(typeof value)
    ? String(value)
    : { rule: 'a value must be a text', remedy: 'write a text, a number, true, false or null' };
};
