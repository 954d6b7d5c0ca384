import Table from 'cli-table3';
import { convert } from 'html-to-text';
import pc from 'picocolors';
import type { CognitoCall, Delivery, PoolUser } from '../test/support/local-cognito';

export type Users = Record<string, Record<string, string>>;

const columns = process.stdout.columns ?? 120;

export const headline = (text: string): void => console.log(`\n${pc.bold(pc.cyan(wrapped(text)))}`);
export const sentence = (text: string): void => console.log(wrapped(text));

/** Lines that end between words. */
const wrapped = (text: string): string =>
  text
    .split(' ')
    .reduce<string[]>((lines, word) => {
      const line = lines.pop();
      if (line === undefined) return [word];
      return line.length + 1 + word.length <= columns ? [...lines, `${line} ${word}`] : [...lines, line, word];
    }, [])
    .join('\n');

/** Every user's attributes before and after: what has changed in full, what has not in a line. */
export const showUsers = (before: Users, after: Users): void => {
  const table = newTable(['user', 'attribute', 'before', 'after']);
  for (const [user, attributes] of Object.entries(after)) {
    const former = before[user] ?? {};
    const names = [...new Set([...Object.keys(former), ...Object.keys(attributes)])].sort();
    const changed = names.filter((name) => former[name] !== attributes[name]);
    const rows = changed.map((name) => [name, former[name] ?? pc.dim('–'), inColor(former[name], attributes[name])]);
    if (changed.length < names.length) rows.push([pc.dim(`${names.length - changed.length} as before`), '', '']);
    rows.forEach((row, index) => table.push([index === 0 ? pc.bold(user) : '', ...row]));
  }
  console.log(table.toString());
};

const inColor = (before: string | undefined, after: string | undefined): string => {
  if (after === undefined) return pc.red('deleted');
  return before === undefined ? pc.green(after) : pc.yellow(after);
};

export const showCalls = (calls: readonly CognitoCall[]): void => {
  if (calls.length === 0) return sentence('Cognito was not called.');
  // Room for the longest call, user and error; what is left is for the attributes.
  const attributes = Math.max(18, Math.min(58, columns - 61));
  const table = newTable(['call', 'user', 'attributes or group', 'answer'], [27, 7, attributes, 22]);
  for (const { operation, username, groupName, attributeNames, status, errorType } of calls) {
    const answer = errorType ? pc.red(errorType) : pc.green(String(status));
    table.push([operation, username ?? '', attributeNames.join(', ') || groupName || pc.dim('–'), answer]);
  }
  console.log(table.toString());
};

export const showMessages = (deliveries: readonly Delivery[]): void => {
  if (deliveries.length === 0) return sentence('Nobody was messaged.');
  for (const { destination, emailSubject, emailMessage, smsMessage } of deliveries) {
    const table = newTable([`message to ${destination}`]);
    if (emailSubject) table.push([pc.bold(emailSubject)]);
    table.push([emailMessage === undefined ? smsMessage : readable(emailMessage)]);
    console.log(table.toString());
  }
};

/** An e-mail as its reader sees it. */
const readable = (html: string): string =>
  convert(html, {
    wordwrap: Math.min(columns, 100) - 6,
    selectors: [
      { selector: 'body > div', format: 'skip' }, // the preview line of the inbox
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'h2', options: { uppercase: false } },
      { selector: 'a', options: { ignoreHref: true } },
    ],
  })
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** What an app asks of the API, in the words of its client, and what it is answered. */
export const showRequests = (requests: readonly (readonly [request: string, answer: string])[]): void => {
  const table = newTable(['request of the page', 'answer'], [Math.max(40, Math.min(76, columns - 48)), 44]);
  for (const row of requests) table.push([...row]);
  console.log(table.toString());
};

/** Who is there, and what they are beside attributes. */
export const showAccounts = (users: readonly PoolUser[], groups: Readonly<Record<string, readonly string[]>>): void => {
  const table = newTable(['user', 'status', 'enabled', 'groups', 'attributes']);
  for (const { username, status, enabled, attributes } of users) {
    const memberOf = Object.keys(groups).filter((group) => groups[group].includes(username));
    table.push([
      pc.bold(username),
      status,
      enabled ? pc.green('yes') : pc.red('no'),
      memberOf.join('\n') || pc.dim('–'),
      Object.entries(attributes)
        .map(([name, value]) => `${pc.dim(name)} ${value}`)
        .join('\n'),
    ]);
  }
  console.log(table.toString());
};

const newTable = (head: string[], colWidths: number[] = []) =>
  new Table({
    head: head.map((text) => pc.dim(text)),
    style: { head: [], border: pc.isColorSupported ? ['gray'] : [], compact: true },
    colWidths,
    wordWrap: true,
  });
