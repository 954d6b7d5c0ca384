import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Users } from './surroundings';

const FILE = path.join(__dirname, '../../examples/people/users.csv');

/** The file of the example as the directory changes it over time. */
export const peopleFile = (step: string): string => FILES[step];

/** The number of a user's line in all of them, as an editor shows it. */
export const lineOf = (username: string): number => example.findIndex((line) => line.startsWith(`${username},`)) + 1;

/** What the file says of everybody, blank cells apart. It has no quotation marks, so nothing is taken from the product here. */
export const declaredUsers = (text: string): Users => {
  const [header, ...rows] = linesOf(text);
  const [, ...names] = header.split(',');
  return Object.fromEntries(
    rows.map((row) => {
      const [username, ...values] = row.split(',');
      const cells = names.map((name, index) => [name, values[index]] as const);
      return [username, Object.fromEntries(cells.filter(([, value]) => value !== ''))];
    }),
  );
};

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

const example = linesOf(readFileSync(FILE, 'utf8'));

/** @param cells by user and column */
const withCells = (lines: readonly string[], cells: Users): string[] => {
  const columns = lines[0].split(',');
  return lines.map((line) => {
    const values = line.split(',');
    const changed = cells[values[0]] ?? {};
    return columns.map((column, index) => changed[column] ?? values[index]).join(',');
  });
};

const updated = withCells(example, { goran: { 'custom:department': 'logistics' } });

const FILES: Record<string, string> = Object.fromEntries(
  Object.entries({
    create: example,
    update: updated,
    failingUpdate: withCells(updated, {
      ada: { family_name: 'Castelli-Quint' },
      // An address that another user has.
      nora: { email: 'n.fisher@example.com' },
      yara: { 'custom:department': 'procurement' },
    }),
    stoppedUpdate: withCells(updated, { yara: { 'custom:department': 'procurement' } }),
  }).map(([step, lines]) => [step, `${lines.join('\n')}\n`]),
);
