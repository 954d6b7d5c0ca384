import fc from 'fast-check';
import { problemOf } from '../../../lambda/api/failure';
import { Problem } from '../../../lambda/api/problem';
import { OPERATIONS } from '../../../lib/private/contracts/api';
import { PROBLEMS } from '../../../lib/private/contracts/api-problems';

/** An error as the SDK throws it. */
const sdkError = (name: string, message = '', httpStatusCode?: number) =>
  Object.assign(new Error(message), { name, ...(httpStatusCode !== undefined && { $metadata: { httpStatusCode } }) });
const systemError = (code: string) => Object.assign(new Error('connect'), { code });

const codeOf = (error: unknown) => problemOf(error, 'change', ['email']).code;

test('a Problem stays what it is', () => {
  const problem = new Problem('body-too-large', 'At most 5 bytes are taken.');
  expect(problemOf(problem, 'change', [])).toBe(problem);
});

test.each([
  ['a reset', systemError('ECONNRESET')],
  ['a refused connection', systemError('ECONNREFUSED')],
  ['a host without an address', systemError('ENOTFOUND')],
  ['a pipe that broke', systemError('EPIPE')],
  ['a name server that does not know yet', systemError('EAI_AGAIN')],
  ["the SDK's time-out", sdkError('TimeoutError')],
  ['a gateway before Cognito', sdkError('UnknownError', '', 502)],
])('%s may be over soon', (_, error) => expect(codeOf(error)).toBe('temporarily-unavailable'));

test.each([
  ['an error of our own', new TypeError('x is not a function')],
  ['a misuse of Node', systemError('ERR_INVALID_ARG_TYPE')],
  ['a code in lower case', systemError('econnreset')],
  ['a number for a code', Object.assign(new Error(), { code: 5 })],
  ['a text', 'Hidden-Words'],
  ['undefined', undefined],
  ['null', null],
])('%s is an internal error, and nothing is told of it', (_, error) => {
  expect(problemOf(error, 'change', ['email']).body).toEqual({
    type: expect.stringMatching(/#internal-error$/),
    title: 'Something went wrong',
    status: 500,
  });
});

describe('a name in the words of Cognito', () => {
  const named = (message: string, names: string[]) =>
    problemOf(sdkError('InvalidParameterException', message, 400), 'change', names).errors.map(
      ({ pointer }) => pointer,
    );

  test.each([
    ['user.email: Attribute cannot be updated.', ['email', 'name'], ['email']],
    ['custom:plan: too long', ['custom:plan', 'custom:planet', 'plan'], ['custom%3Aplan']],
    ['1 validation error: given_name, email', ['email', 'given_name', 'name'], ['email', 'given_name']],
    ['Invalid email address format.', ['email'], ['email']],
    ['Invalid emails', ['email'], []],
    ['nothing of the kind', ['email'], []],
    ['', ['email'], []],
    ['constructor: __proto__', ['email'], []],
  ])('is found as a whole word: %s', (message, names, found) => {
    expect(named(message, names)).toEqual(found.map((name) => `#/attributes/${name}`));
  });

  test.each(['read', 'sendCode', 'confirm', 'remove'] as const)('is told of a change alone, not of %s', (operation) => {
    expect(problemOf(sdkError('InvalidParameterException', 'email', 400), operation, ['email']).errors).toEqual([]);
  });
});

test('an app client that may not write is told from a token that is no longer valid', () => {
  expect(codeOf(sdkError('NotAuthorizedException', 'A client attempted to write unauthorized attribute', 400))).toBe(
    'not-permitted',
  );
  expect(codeOf(sdkError('NotAuthorizedException', 'Access Token has expired', 400))).toBe('token-refused');
});

test('whatever is thrown becomes a Problem that tells none of its words', () => {
  const secret = 'Hidden-Words';
  const thrown = fc.oneof(
    fc.anything(),
    fc.record(
      {
        name: fc.oneof(
          fc.string(),
          fc.constantFrom('InvalidParameterException', 'NotAuthorizedException', '__proto__'),
        ),
        message: fc.string().map((text) => `${text} email ${secret}`),
        code: fc.oneof(fc.string(), fc.constantFrom('ECONNRESET', 'EPIPE'), fc.integer()),
        $metadata: fc.record({ httpStatusCode: fc.oneof(fc.integer(), fc.constantFrom(400, 429, 503)) }),
      },
      { requiredKeys: ['message'] },
    ),
  );
  fc.assert(
    fc.property(thrown, fc.constantFrom(undefined, ...OPERATIONS), (error, operation) => {
      const problem = problemOf(error, operation, ['email']);
      expect(problem).toBeInstanceOf(Problem);
      expect(Object.keys(PROBLEMS)).toContain(problem.code);
      expect(JSON.stringify(problem.body)).not.toContain(secret);
    }),
    { numRuns: 2_000 },
  );
});
