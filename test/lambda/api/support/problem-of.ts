import { Problem } from '../../../../lambda/api/problem';

/** What something was refused for. Anything else that is thrown fails the test, and so does what is not refused. */
export const problemOf = (read: () => unknown): Problem => {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`it was not refused: ${JSON.stringify(value)}`);
};
