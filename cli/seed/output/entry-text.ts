/** What happens to one user, line by line. */
import { CONTACTS } from '../../../lambda/seeder/contacts';
import type { Action, AttributeChange, Entry } from '../step/entry';
import { invitationInWords, passwordInWords } from './account-words';
import type { Style } from './style';
import { printable } from './words';

/** @param file the author's, where the line is one of a file */
export const entryText = (entry: Entry, file: string, style: Style): string =>
  [userLine(entry, file, style), ...attributeLines(entry, style), ...accountLines(entry, style)]
    .map((line) => `${line}\n`)
    .join('');

const userLine = (entry: Entry, file: string, { colors: { dim, red }, signs }: Style): string => {
  const { action, username, complaint } = entry;
  const place = placeOf(entry, file);
  return [
    `  ${signs[action]} ${printable(username)}`,
    place && ` ${dim(`(${place})`)}`,
    complaint && `  ${red(complaint)}`,
  ].join('');
};

const placeOf = ({ action, line, left }: Entry, file: string): string => {
  if (line > 0) return `${file} line ${line}`;
  if (!left) return '';
  return action === 'delete' ? 'left the declaration, created by this seeder' : 'left the declaration';
};

const attributeLines = ({ attributes, messages }: Entry, style: Style): string[] =>
  attributes.map((attribute) => attributeLine(attribute, marked(attribute, attributes, messages), style));

const attributeLine = (
  { name, action, before, after, complaint }: AttributeChange,
  isMessaged: boolean,
  { showValues, colors: { magenta, red, dim }, signs }: Style,
): string => {
  const values = [before, after].filter((value) => value !== undefined);
  return [
    // What a new user lacks.
    `      ${action === 'add' && after === undefined ? red('!') : signs[SIGNS[action]]} ${name}`,
    showValues && values.length > 0 && `: ${values.map((value) => printable(JSON.stringify(value))).join(' -> ')}`,
    isMessaged && `  ${magenta('Cognito sends a code')}`,
    action === 'restore' && `  ${dim('back to what it was, where that is remembered')}`,
    complaint && `  ${red(complaint)}`,
  ]
    .filter(Boolean)
    .join('');
};

const SIGNS = { add: 'create', change: 'change', delete: 'delete', restore: 'change' } as const satisfies Record<
  Action,
  Entry['action']
>;

const accountLines = (entry: Entry, { colors: { dim, magenta, red }, signs }: Style): string[] => {
  const { action, join, leave, enabled, password, passwordAgain, invitation } = entry;
  // Whatever a new user has, is added.
  const change = signs[action === 'create' ? 'create' : 'change'];
  return [
    ...join.map(({ name, complaint }) =>
      complaint
        ? `${red('!')} group ${printable(name)}  ${red(complaint)}`
        : `${signs.create} group ${printable(name)}`,
    ),
    ...leave.map((name) => `${signs.delete} group ${printable(name)}`),
    ...(enabled === undefined ? [] : [`${change} ${enabled ? 'enabled' : 'disabled'}`]),
    ...(password
      ? [`${change} password  ${dim(printable(passwordInWords(password, invitation.length > 0, passwordAgain)))}`]
      : []),
    ...(invitation.length > 0
      ? [`${change} invitation  ${magenta(`Cognito sends it ${invitationInWords(invitation)}`)}`]
      : []),
  ].map((line) => `      ${line}`);
};

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
