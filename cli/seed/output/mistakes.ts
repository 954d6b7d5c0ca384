import type { FileMistakes } from '../step/mistakes';
import { count, printable } from './words';

/** Line by line, as compilers do: never the value. */
export const mistakesOf = ({ file, problems, more }: FileMistakes): string[] => [
  `${file} has ${count(problems.length + more, 'mistake')}`,
  ...problems.map(({ line, attribute, rule, remedy }) => {
    const place = line > 0 ? `${file}:${line}` : file;
    return printable(`  ${place}: ${attribute ? `${attribute}: ` : ''}${rule}; ${remedy}`);
  }),
  ...(problems.some(({ remedy }) => remedy.includes('ContactVerification'))
    ? ['  For a file, the option --verification declares it.']
    : []),
  ...(more > 0 ? [`  and ${more} more: correct those above first`] : []),
];
