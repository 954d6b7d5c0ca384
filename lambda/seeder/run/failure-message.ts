import { fitted, type ReportLine } from '../report';
import type { Summary } from './summary';

/** What CloudFormation shows as the reason of a failure. One line, because the framework adds every further line twice. */
export const runFailureMessage = (
  status: string | undefined,
  summary: Summary | undefined,
  execution: string,
  report: string,
): string =>
  fitted([
    summary?.failure ?? `The execution has ended as ${status}.`,
    ...(summary?.lines ?? []).map((line) => ` ${inWords(line)}.`),
    ` Report: ${report}.`,
    ` Execution: ${execution}.`,
  ]);

const inWords = ({ user, file, line, error, attributes, remedy }: ReportLine): string => {
  const where = [
    ...(file === undefined ? [] : [line ? `${file} line ${line}` : file]),
    ...(user === undefined ? [] : [user]),
  ];
  const names = attributes.length > 0 ? ` (${attributes.join(', ')})` : '';
  return `${where.join(', ')}: ${error}${names}, ${remedy}`;
};
