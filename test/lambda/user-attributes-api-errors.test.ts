/** What callers learn of Cognito's errors: what they can do, and nothing of what Cognito says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProblemCode } from '../../lib/private/contracts/api-problems';
import type { Fault } from '../support/local-cognito';
import { expectProblem } from './api/support/problems';
import { type Answer, type Person, type SelfService, startSelfService } from './api/support/self-service';

let service: SelfService;
let ann: Person;

const ANN = { nickname: 'belle', email: 'annabel@example.com', email_verified: 'true' };
const NEW = { email: 'sophie@example.org' };
/** Cognito's words quote values, and hold what a trigger has said. */
const MESSAGE = 'Hidden-Words about sophie@example.org at file:///var/task/index.js:1:1';

beforeAll(async () => {
  service = await startSelfService();
});
afterAll(() => service.stop());
afterAll(() => {
  service.expectSecrecy();
  expect(service.api.runner.logs.join('\n')).not.toMatch(/Hidden-Words|index\.js|node:internal/);
});
beforeEach(async () => {
  service.forget();
  ann = await service.person(ANN);
});

const SEND: Readonly<Record<string, () => Promise<Answer>>> = {
  GetUser: () => ann.read(),
  UpdateUserAttributes: () => ann.change(NEW),
  GetUserAttributeVerificationCode: () => ann.sendCode('email'),
  VerifyUserAttribute: () => ann.confirm('email', '123456'),
  DeleteUserAttributes: () => ann.remove('nickname'),
};
const OPERATIONS = Object.keys(SEND);

const SIGN_IN: [number, ProblemCode] = [401, 'token-refused'];
const FORBIDDEN: [number, ProblemCode] = [403, 'not-permitted'];
const MISCONFIGURED: [number, ProblemCode] = [502, 'pool-misconfigured'];

/** What is answered to each error, whatever was asked. */
const ANSWERS: Readonly<Record<string, [number, ProblemCode]>> = {
  AliasExistsException: [409, 'value-taken'],
  CodeDeliveryFailureException: [422, 'code-not-delivered'],
  CodeMismatchException: [422, 'code-mismatch'],
  ExpiredCodeException: [422, 'code-expired'],
  ForbiddenException: FORBIDDEN,
  InternalErrorException: [503, 'temporarily-unavailable'],
  InvalidEmailRoleAccessPolicyException: MISCONFIGURED,
  InvalidLambdaResponseException: MISCONFIGURED,
  InvalidSmsRoleAccessPolicyException: MISCONFIGURED,
  InvalidSmsRoleTrustRelationshipException: MISCONFIGURED,
  LimitExceededException: [429, 'too-many-attempts'],
  NotAuthorizedException: SIGN_IN,
  OperationNotEnabledException: MISCONFIGURED,
  PasswordResetRequiredException: FORBIDDEN,
  ResourceNotFoundException: MISCONFIGURED,
  TooManyRequestsException: [429, 'too-many-requests'],
  UnexpectedLambdaException: MISCONFIGURED,
  UserLambdaValidationException: [422, 'refused-by-trigger'],
  UserNotConfirmedException: FORBIDDEN,
  UserNotFoundException: SIGN_IN,
};

/** A parameter that Cognito does not take is another mistake in each call. */
const INVALID: Readonly<Record<string, [number, ProblemCode]>> = {
  GetUser: SIGN_IN,
  UpdateUserAttributes: [422, 'values-refused'],
  GetUserAttributeVerificationCode: [422, 'code-not-delivered'],
  VerifyUserAttribute: [422, 'code-mismatch'],
  DeleteUserAttributes: FORBIDDEN,
};

/** The errors that the SDK documents for a call: another version may bring another one. */
const documented = (operation: string): string[] => {
  const client = path.dirname(require.resolve('@aws-sdk/client-cognito-identity-provider/package.json'));
  const docs = readFileSync(path.join(client, 'dist-types', 'commands', `${operation}Command.d.ts`), 'utf8');
  return [...docs.matchAll(/@throws \{@link (\w+Exception)\}/g)]
    .map(([, name]) => name)
    .filter((name) => name !== 'CognitoIdentityProviderServiceException');
};

const answerTo = async (operation: string, fault: Fault, send = SEND[operation]): Promise<Answer> => {
  service.cognito.setFaults((call) => (call.operation === operation ? fault : undefined));
  const answer = await send();
  expect(service.calls()).toEqual([operation]); // never a second time
  return answer;
};

const expectNothingTold = ({ body, headers }: Answer): void => {
  const told = JSON.stringify([body, [...headers]]);
  expect(told).not.toMatch(/Hidden|sophie|annabel|Exception|stack|node_modules|index\.js|amazon|x-amzn/i);
};

describe.each(OPERATIONS)('%s', (operation) => {
  test.each(documented(operation))('%s', async (type) => {
    const [status, code] = type === 'InvalidParameterException' ? INVALID[operation] : ANSWERS[type];
    const answer = await answerTo(operation, { kind: 'error', type, message: MESSAGE });
    expect(expectProblem(answer, status, code)).toEqual({ errors: [] });
    expectNothingTold(answer);
    expect(answer.headers.get('retry-after')).toBe(
      { 'too-many-requests': '2', 'too-many-attempts': '900', 'temporarily-unavailable': '5' }[code as string] ?? null,
    );
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer error="invalid_token"' : null);
    expect(await ann.attributes()).toEqual(ANN);
    expect(service.cognito.deliveries).toEqual([]);
  });

  test.each<[string, Fault, number, ProblemCode]>([
    ['a throttle', { kind: 'throttle' }, 429, 'too-many-requests'],
    ['a status of 429', fault('SomethingNew', 429), 429, 'too-many-requests'],
    ['a throttle of another name', fault('ThrottlingException', 400), 429, 'too-many-requests'],
    ['a status of 503', fault('SomethingNew', 503), 503, 'temporarily-unavailable'],
    ['a status of 500', fault('SomethingNew', 500), 503, 'temporarily-unavailable'],
    ['an error that nobody knows', fault('SomethingNewException', 400), 502, 'pool-misconfigured'],
    ['an error with an inherited name', fault('constructor', 400), 502, 'pool-misconfigured'],
    ['a reset', { kind: 'reset' }, 503, 'temporarily-unavailable'],
  ])('%s', async (_, injected, status, code) => {
    const answer = await answerTo(operation, injected);
    expect(expectProblem(answer, status, code)).toEqual({ errors: [] });
    expectNothingTold(answer);
    expect(await ann.attributes()).toEqual(ANN);
  });
});

function fault(type: string, status: number): Fault {
  return { kind: 'error', type, message: MESSAGE, status };
}

test('an answer that does not come in time is none, and the function outlives it', async () => {
  await ann.read();
  service.cognito.setFaults(() => ({ kind: 'latency', milliseconds: 9_500, when: 'after' }));
  const answers = await Promise.all(OPERATIONS.map((operation) => SEND[operation]()));
  for (const answer of answers) expectProblem(answer, 503, 'temporarily-unavailable');
  service.cognito.setFaults();
  const { coldStarts } = service.api.runner;
  expect((await ann.read()).status).toBe(200);
  expect(service.api.runner.coldStarts).toBe(coldStarts);
});

describe('an attribute that the app client may not write', () => {
  const message = 'A client attempted to write unauthorized attribute';

  test.each(['UpdateUserAttributes', 'DeleteUserAttributes'])(
    'is no reason to sign in again: %s',
    async (operation) => {
      const answer = await answerTo(operation, { kind: 'error', type: 'NotAuthorizedException', message });
      expectProblem(answer, 403, 'not-permitted');
      expect(answer.headers.get('www-authenticate')).toBeNull();
    },
  );
});

describe('values that Cognito does not take', () => {
  const SEVERAL = { nickname: 'bell', email: 'sophie@example.org', phone_number: '+43', 'custom:bio': 'Hello' };
  const refused = (message: string, sent: object = SEVERAL) =>
    answerTo('UpdateUserAttributes', { kind: 'error', type: 'InvalidParameterException', message }, () =>
      ann.change(sent),
    );

  test.each([
    [
      'Attributes did not conform to the schema: custom:bio: String must be no longer than 5 characters\n',
      'custom:bio',
    ],
    ['user.nickname: Attribute cannot be updated. (changing an immutable attribute)', 'nickname'],
    ['Attributes did not conform to the schema: nickname: Attribute does not exist in the schema.\n', 'nickname'],
    ['Invalid email address format: sophie@example.org', 'email'],
    ['Invalid phone_number: +43', 'phone_number'],
  ])('are named where Cognito names them, and no word of its: %s', async (message, name) => {
    const answer = await refused(message);
    expect(expectProblem(answer, 422, 'values-refused').errors).toEqual([
      {
        code: 'refused',
        detail: 'The user pool does not take this value.',
        pointer: `#/attributes/${encodeURIComponent(name)}`,
      },
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/schema|immutable|format|sophie|\+43/i);
  });

  test.each([
    ['nobody may write', 'Attributes did not conform to the schema: custom:tenant: emails: nickname-x: sub', SEVERAL],
    ['is none of this request', 'Invalid email address format.', { nickname: 'bell' }],
  ])('are not named where what Cognito mentions %s', async (_, message, sent) => {
    expect(expectProblem(await refused(message, sent), 422, 'values-refused').errors).toEqual([]);
  });

  test('are not to blame for a token that is none', async () => {
    const constraint = 'failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+';
    const message = `1 validation error detected: Value at 'accessToken' ${constraint}`;
    expectProblem(await refused(message), 401, 'token-refused');
  });
});

test.each(['UpdateUserAttributes', 'VerifyUserAttribute'])(
  'an alias that somebody has is told like a value that cannot be, and not whose it is: %s',
  async (operation) => {
    const message = 'An account with the email sophie@example.org already exists.';
    const { body } = await answerTo(operation, { kind: 'error', type: 'AliasExistsException', message });
    const type = expect.stringMatching(/#value-taken$/);
    expect(body).toEqual({ type, title: 'This value cannot be used', status: 409 });
  },
);

describe('a trigger', () => {
  test.each<[string, (event: never) => unknown, number, ProblemCode]>([
    [
      'that throws',
      () => {
        throw new Error(MESSAGE);
      },
      422,
      'refused-by-trigger',
    ],
    ['that answers nothing', () => undefined, 502, 'pool-misconfigured'],
    [
      'whose message lacks the code',
      (event: { response: object }) => ({ ...event, response: { emailMessage: MESSAGE, emailSubject: 'x' } }),
      502,
      'pool-misconfigured',
    ],
  ])('%s is not quoted', async (_, trigger, status, code) => {
    service.cognito.setCustomMessage(trigger);
    for (const answer of [await ann.change(NEW), await ann.sendCode('email')]) {
      expectProblem(answer, status, code);
      expectNothingTold(answer);
    }
    expect(service.cognito.deliveries).toEqual([]);
    expect(await ann.attributes()).toEqual(ANN);
  });
});

describe('an answer that is lost after Cognito has done its work', () => {
  const AFTER: Fault[] = [
    { kind: 'reset', when: 'after' },
    { kind: 'internalError', when: 'after' },
  ];

  test.each(AFTER)('leaves the new state, and a second code is sent to nobody: %j', async (lost) => {
    service.cognito.setFaults(() => lost);
    expectProblem(await ann.change({ ...NEW, nickname: 'sophie' }), 503, 'temporarily-unavailable');
    expect(service.calls()).toEqual(['UpdateUserAttributes']);
    expect(service.cognito.calls).toMatchObject([{ applied: true }]);
    expect(service.cognito.deliveries).toHaveLength(1);
    expect(await ann.attributes()).toEqual({ ...ANN, nickname: 'sophie' });

    service.cognito.setFaults();
    expect((await ann.confirm('email', ann.codes()[0])).status).toBe(204);
    expect(await ann.attributes()).toEqual({ ...ANN, ...NEW, nickname: 'sophie' });
  });

  test.each(AFTER)('sends no second code, confirms and deletes once: %j', async (lost) => {
    await ann.change(NEW);
    const [code] = ann.codes();
    service.forget();
    service.cognito.setFaults(() => lost);
    for (const send of [() => ann.confirm('email', code), () => ann.remove('nickname'), () => ann.sendCode('email')]) {
      expectProblem(await send(), 503, 'temporarily-unavailable');
    }
    expect(service.calls()).toEqual([
      'VerifyUserAttribute',
      'DeleteUserAttributes',
      'GetUserAttributeVerificationCode',
    ]);
    expect(service.cognito.deliveries).toHaveLength(1);
    expect(await ann.attributes()).toEqual({ ...NEW, email_verified: 'true' });
  });
});

test('what somebody should look at is logged by its name; what callers do wrong is not', async () => {
  const { logs } = service.api.runner;
  const told = () => logs.filter((line) => !line.startsWith('{"'));
  const before = told().length;
  await answerTo('UpdateUserAttributes', { kind: 'error', type: 'AliasExistsException', message: MESSAGE });
  service.cognito.clearCalls();
  await answerTo('UpdateUserAttributes', { kind: 'throttle' });
  expect(told()).toHaveLength(before);
  service.cognito.clearCalls();
  await answerTo('UpdateUserAttributes', { kind: 'error', type: 'ResourceNotFoundException', message: MESSAGE });
  expect(told().slice(before).join('\n')).toMatch(
    /message: 'A request failed',\s+problem: 'pool-misconfigured',\s+error: 'ResourceNotFoundException'/,
  );
});
