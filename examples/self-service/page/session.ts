import type { Metadata } from '../attributes';
import { type AttributesClient, ProblemError } from '../client';
import { words } from './words';

/** What the parts of the page share while somebody is signed in. The token is in the client alone, and nowhere kept. */
export interface Session {
  api: AttributesClient;
  /** Why they came, for the words of the messages. */
  readonly metadata: Metadata;
  /** Looks for messages, where a local demo shows them. */
  lookIntoInbox(): Promise<void>;
  end(reason: string): void;
}

/** Tells what the API does not do, in words. */
export type Refused = (reason: string, problem?: ProblemError) => void;

/**
 * Carries out what a button asks for, which cannot be pressed again meanwhile.
 */
export const attempt = async (
  session: Session,
  pressed: HTMLElement,
  refused: Refused,
  action: () => Promise<void>,
): Promise<void> => {
  if (pressed.ariaBusy === 'true') return;
  pressed.ariaBusy = 'true';
  try {
    await action();
  } catch (error) {
    if (!(error instanceof ProblemError)) {
      console.error(error);
      refused(words.offline);
    } else if (error.problem.status === 401) session.end(words.ended);
    else refused(problemText(error), error);
  } finally {
    pressed.ariaBusy = 'false';
  }
};

/** API Gateway's own answers have no code. */
const problemText = ({ code, problem: { status, title } }: ProblemError): string => {
  const likely = status === 429 ? 'too-many-requests' : status >= 500 ? 'temporarily-unavailable' : '';
  return words.problems[code ?? likely] ?? title;
};

/** What is wrong with an attribute's value, in the language of the page. */
export const valueText = (problem: ProblemError | undefined, name: string): string | undefined => {
  const error = problem?.errorOf(name);
  return error && (words.valueErrors[error.code] ?? error.detail);
};
