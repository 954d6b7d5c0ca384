import { classify, describe as told, isWorthARetry } from '../../../lambda/seeder/failure';
import { sdkError } from '../../support/pool-model';

test.each([
  ['TooManyRequestsException', 400, '', 'throttled', true],
  ['LimitExceededException', 400, 'Attempt limit exceeded', 'throttled', true],
  ['LimitExceededException', 400, 'Exceeded daily email limit for the operation', 'pool', false],
  ['SomethingNew', 429, '', 'throttled', true],
  ['InternalErrorException', 500, '', 'transient', true],
  ['UnexpectedLambdaException', 400, '', 'transient', true],
  ['SomethingNew', 503, '', 'transient', true],
  ['TimeoutError', 'no answer', '', 'transient', true],
  ['AbortError', 'no answer', '', 'transient', true],
  ['Error', 'no answer', 'read ECONNRESET', 'transient', true],
  ['UserNotFoundException', 400, '', 'user-missing', false],
  ['ResourceNotFoundException', 400, '', 'pool-missing', false],
  ['AccessDeniedException', 400, '', 'pool', true],
  ['ExpiredTokenException', 400, '', 'pool', true],
  ['InvalidParameterException', 400, '', 'user', false],
  ['AliasExistsException', 400, '', 'user', false],
  ['UserLambdaValidationException', 400, '', 'user', false],
  ['NotAuthorizedException', 400, '', 'user', false],
])('%s (%s %s) is %s', (name, status, message, kind, retry) => {
  const error = sdkError(name, message, status as number | 'no answer');
  expect([classify(error), isWorthARetry(error)]).toEqual([kind, retry]);
});

test.each([
  [
    'Attributes did not conform to the schema: custom:tier: Attribute does not exist in the schema.\n',
    ['custom:tier'],
    /pool's schema/,
  ],
  ['user.custom:plan: Attribute cannot be updated. (changing an immutable attribute)\n', ['custom:plan'], /immutable/],
  ['Invalid phone number format: +1555SECRET', ['phone_number'], /E\.164/],
  ['Invalid email address format.', ['email'], /e-mail address/],
  ['The value SECRET is wrong', [], /schema/],
  ['1 validation error detected: Value SECRET at custom:tier failed', [], /schema/],
])('"%s" is told without its words', (message, attributes, remedy) => {
  const failure = told(sdkError('InvalidParameterException', message), [
    'custom:tier',
    'custom:plan',
    'phone_number',
    'email',
    'name',
  ]);
  expect(failure).toMatchObject({ name: 'InvalidParameterException', attributes });
  expect(failure.remedy).toMatch(remedy);
  expect(JSON.stringify(failure)).not.toContain('SECRET');
});

test.each([
  ['UserLambdaValidationException', 'CustomMessage failed with error at least one template.', /trigger/],
  ['InvalidSmsRoleAccessPolicyException', 'Role may not send to the phone number', /SNS/],
  ['LimitExceededException', 'Attempt limit exceeded', /later/],
  ['LimitExceededException', 'Exceeded daily email limit', /SES/],
])('the remedy for %s is not taken from words that are there by chance', (name, message, remedy) => {
  const failure = told(sdkError(name, message), ['phone_number', 'email']);
  expect(failure.remedy).toMatch(remedy);
  expect(failure.attributes).toEqual([]);
});

test.each([undefined, null, 'text', 5, {}])('%p thrown in place of an error is told all the same', (thrown) => {
  expect(told(thrown, []).remedy).toBeTruthy();
  expect(classify(thrown)).toBe('transient');
});
