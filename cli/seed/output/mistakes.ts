import type { FileMistakes, Mistake } from '../step/mistakes';
import { count, number, printable } from './words';

/** Kind by kind, at the first line that has it: never the value. */
export const mistakesOf = ({ file, mistakes, more, isLoose }: FileMistakes): string[] => [
  `${file} has ${count(
    mistakes.reduce((sum, mistake) => sum + mistake.count, more),
    'mistake',
  )}`,
  ...mistakes.map((mistake) => {
    const { attribute, rule, remedy } = mistake;
    const where = `${placeOf(file, mistake)}${attribute ? `, attribute '${attribute}'` : ''}`;
    return printable(`  ${where}: ${rule}; ${isLoose ? asOption(remedy) : remedy}`);
  }),
  ...(more > 0 ? [`  and ${number(more)} more: correct those above first`] : []),
];

const placeOf = (file: string, { line, count: lines }: Mistake): string =>
  [file, ...(line > 0 ? [`line ${line}`] : []), ...(lines > 1 ? [`and ${number(lines - 1)} more`] : [])].join(' ');

/** What a seeder declares is an option of the command. */
const asOption = (remedy: string): string =>
  /declare verification: /.test(remedy)
    ? remedy
        .replace('declare verification: ', 'pass --verification ')
        .replace('ContactVerification.', '')
        .replace('MARK_VERIFIED', 'mark-verified')
        .replace('SEND_MESSAGE', 'send-message')
    : remedy;
