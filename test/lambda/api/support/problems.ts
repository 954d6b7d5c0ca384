import type { ProblemCode, ValueErrorCode } from '../../../../lib/private/contracts/api-problems';
import type { Answer } from './self-service';

const DOCS = /^https:\/\/github\.com\/[\w-]+\/[\w-]+\/blob\/main\/docs\/self-service\.md#([\w-]+)$/;

/** Insists on problem details as RFC 9457 has them. @returns the detail and the errors, for a test to look at */
export const expectProblem = (
  { status, headers, body }: Answer,
  expected: number,
  code: ProblemCode,
): { readonly detail?: string; readonly errors: { code: ValueErrorCode; detail: string; pointer: string }[] } => {
  expect(headers.get('content-type')).toBe('application/problem+json');
  const { type, title, detail, errors = [], ...rest } = body as any;
  expect({ http: status, code: DOCS.exec(type)?.[1], ...rest }).toEqual({ http: expected, code, status: expected });
  expect(title).toEqual(expect.any(String));
  return { ...(detail !== undefined && { detail }), errors };
};
