import { contentOf } from '../../lib/private/contracts/seed-row';
import { type Attributes, valueOf } from './attributes';
import { CONTACTS, contactOf } from './contacts';
import type { Declared } from './plan';
import type { Change } from './settle';

/** What a user had before a declaration's values; what is not named has not been changed. */
export interface Former {
  /** Null: no such attribute. */
  readonly attributes: Readonly<Record<string, string | null>>;
  /** Whether the user was a member. */
  readonly groups?: Readonly<Record<string, boolean>>;
  readonly enabled?: boolean;
}

/** What a step knows of a user whose former values come back. */
export interface Memory {
  readonly former: Former;
  /** Of the former declaration, and of the one to come. */
  readonly before?: Declared;
  readonly after?: Declared;
}

/**
 * What is to be remembered of a user when a change has been carried out.
 *
 * @param change undefined where nothing is left to do
 * @returns undefined where there is nothing to remember
 */
export const remember = ({ former, before, after }: Memory, change: Change | undefined): Former | undefined => {
  if (!after) return undefined; // what was taken back is as it was, and what was left alone is the user's own
  const attributes = rememberAttributes(former, before?.attributes ?? {}, after.attributes, change);
  const groups = rememberGroups(former, after, change);
  const enabled = after.enabled === undefined ? undefined : rememberEnabled(former, before, change);
  if (Object.keys(attributes).length + Object.keys(groups).length === 0 && enabled === undefined) return undefined;
  return {
    attributes,
    ...(Object.keys(groups).length > 0 ? { groups } : {}),
    ...(enabled === undefined ? {} : { enabled }),
  };
};

const rememberAttributes = (
  former: Former,
  declaredBefore: Attributes,
  declared: Attributes,
  change: Change | undefined,
): Former['attributes'] => {
  const staying = (name: string) => Object.hasOwn(declared, name) || Object.hasOwn(declared, contactOf(name));
  const known = Object.fromEntries(Object.entries(former.attributes).filter(([name]) => staying(name)));
  if (!change) return known;
  const names = [...Object.keys(change.set), ...change.delete, ...Object.keys(change.create?.attributes ?? {})];
  for (const name of new Set(names.map(contactOf).filter(staying))) {
    const was = valueOf(change.before.attributes, name);
    // Where the declaration's own value is replaced, what was there before that counts.
    const isOurs = Object.hasOwn(known, name) && valueOf(declaredBefore, name) === (was ?? '');
    if (!isOurs) for (const half of halvesOf(name)) known[half] = valueOf(change.before.attributes, half) ?? null;
  }
  return known;
};

/** An address and its flag are remembered together: neither says anything without the other. */
const halvesOf = (name: string): string[] => [
  name,
  ...CONTACTS.filter(({ contact }) => contact === name).map(({ flag }) => flag),
];

const rememberGroups = (former: Former, { groups = [] }: Declared, change: Change | undefined) => {
  const joined = change?.create ? groups : (change?.account?.join ?? []);
  return Object.fromEntries(
    groups.flatMap((group) => {
      const was = former.groups?.[group] ?? (joined.includes(group) ? false : undefined);
      return was === undefined ? [] : [[group, was]];
    }),
  );
};

const rememberEnabled = (
  { enabled }: Former,
  before: Declared | undefined,
  change: Change | undefined,
): boolean | undefined => {
  if (change?.account?.enabled === undefined) return enabled;
  const was = change.before.enabled;
  return enabled !== undefined && before?.enabled === was ? enabled : was;
};

export const encodeFormerRow = (username: string, former: Former): string => `0 ${JSON.stringify([username, former])}`;

export const decodeFormerRow = (line: string): Former => (JSON.parse(contentOf(line)) as [string, Former])[1];
