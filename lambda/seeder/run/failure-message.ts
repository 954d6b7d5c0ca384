import { fitted, type ReportLine } from '../report';
import type { Summary } from './summary';

/** How an execution has ended. */
export interface Ended {
  readonly status?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Errors that are told in our own words. */
const OURS = ['StepFailed', 'SeedStopped'];

/** What CloudFormation shows as the reason of a failure. One line, because the framework adds every further line twice. */
export const runFailureMessage = (
  { status, error, cause }: Ended,
  summary: Summary | undefined,
  execution: string,
  report: string,
): string =>
  fitted([
    summary?.failure ?? `The execution has ended as ${status}.`,
    ...(OURS.includes(error ?? '') ? [` ${messageIn(cause)}.`] : []),
    ...(summary?.lines ?? []).map((line) => ` ${inWords(line)}.`),
    ` Report: ${report}.`,
    ` Execution: ${execution}.`,
  ]);

/** Lambda's error as Step Functions hands it on. */
const messageIn = (cause = ''): string => {
  try {
    return String((JSON.parse(cause) as { errorMessage?: unknown }).errorMessage);
  } catch {
    return 'see the log of its functions';
  }
};

const inWords = ({ user, file, line, error, attributes = [], remedy }: ReportLine): string => {
  const where = [
    ...(file === undefined ? [] : [line ? `${file} line ${line}` : file]),
    ...(user === undefined ? [] : [user]),
  ];
  const names = attributes.length > 0 ? ` (${attributes.join(', ')})` : '';
  return `${where.join(', ')}: ${error}${names}, ${remedy}`;
};
