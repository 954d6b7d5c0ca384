/**
 * A declared user as one line of text, in the files that synth prepares and that a run writes. A file holds its lines sorted by
 * username (in UTF-16 code units), each username once, and is compressed with gzip: two declarations are then compared line
 * by line, whatever their size.
 *
 * A line is the number of the line in the author's file (0: none), a blank, and the content: `17 ["alice",{"locale":"de"}]`.
 * Users with equal content are declared alike. The attributes are sorted by name, so that columns may change their order.
 */
import { present } from './fields';
import type { DeclaredUser } from './seed-user';

export interface SeedRow {
  /** In the author's file, from 1; 0 where there is none. */
  readonly line: number;
  readonly user: DeclaredUser;
}

/** The extension of a prepared file: what a function may read in the bucket of assets. */
export const PREPARED_EXTENSION = '.cognito-seed';

export const encodeRow = ({ line, user: { username, attributes, clientMetadata, ...account } }: SeedRow): string =>
  `${line} ${JSON.stringify([
    username,
    sorted(attributes),
    ...withoutTrailingBlanks([clientMetadata && sorted(clientMetadata), accountOf(account)]),
  ])}`;

export const decodeRow = (text: string): SeedRow => {
  const [username, attributes, clientMetadata = {}, account = {}] = JSON.parse(contentOf(text)) as [
    string,
    Record<string, string>,
    Record<string, string>?,
    Account?,
  ];
  return {
    line: Number(text.slice(0, text.indexOf(' '))),
    user: { username, attributes, ...(isBlank(clientMetadata) ? {} : { clientMetadata }), ...account },
  };
};

/** What is declared of a user beside attributes. */
type Account = Pick<DeclaredUser, 'groups' | 'enabled' | 'password'>;

const accountOf = ({ groups, enabled, password }: Account): Account =>
  present({ groups: groups && [...groups].sort(), enabled, password });

const withoutTrailingBlanks = ([metadata = {}, account]: [object | undefined, object]): object[] =>
  isBlank(account) ? (isBlank(metadata) ? [] : [metadata]) : [metadata, account];

const isBlank = (part: object): boolean => Object.keys(part).length === 0;

/** What two lines have in common that declare a user alike. */
export const contentOf = (text: string): string => text.slice(text.indexOf(' ') + 1);

/** By which lines are sorted, without reading the rest of the line. */
export const usernameOf = (text: string): string => {
  const start = text.indexOf('["') + 1;
  const end = text.indexOf('"', start + 1);
  const plain = text.slice(start + 1, end);
  return plain.includes('\\') ? (JSON.parse(contentOf(text)) as [string])[0] : plain;
};

/** Most rows come in order: their columns do. */
const sorted = (record: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const names = Object.keys(record);
  return isSorted(names) ? record : Object.fromEntries(names.sort().map((name) => [name, record[name]]));
};

const isSorted = (names: readonly string[]): boolean => {
  for (let index = 1; index < names.length; index++) if (names[index] < names[index - 1]) return false;
  return true;
};
