import { inspect } from 'node:util';
import { describe as told } from '../../../lambda/seeder/failure';
import { passwordsFrom, SecretFailure } from '../../../lambda/seeder/passwords';
import { secretReader } from '../../../lambda/seeder/secrets';
import type { PasswordSource } from '../../../lib/private/contracts/seed-user';
import { sdkError } from '../../support/pool-model';
import { secret } from './support/steps';

const SECRET = 'Tr0ub4dor&3';
const field = (name: string): PasswordSource => ({ kind: 'secret', secret: 's', field: name, temporary: false });
const from = (text: string | undefined) => passwordsFrom(async () => text);

/** All that a log may show of an error. */
const shown = (error: unknown): string => {
  const { name, message, stack, cause } = error as Error;
  return [
    name,
    message,
    stack,
    JSON.stringify(cause),
    JSON.stringify(error),
    inspect(error, { depth: 9 }),
    JSON.stringify(told(error, [])),
  ].join('\n');
};

const failureOf = async (
  passwords: ReturnType<typeof passwordsFrom>,
  source: PasswordSource,
): Promise<SecretFailure> => {
  const failure = await passwords.of(source).catch((error) => error);
  expect(failure).toBeInstanceOf(SecretFailure);
  return failure;
};

test.each<[string, string, PasswordSource, string]>([
  ['the whole secret', SECRET, secret('s'), SECRET],
  ['the whole secret, even one that is JSON', '{"a":"b"}', secret('s'), '{"a":"b"}'],
  ['a field', JSON.stringify({ username: 'ann', password: SECRET }), field('password'), SECRET],
  ['a field that is called like a method', JSON.stringify({ toString: SECRET }), field('toString'), SECRET],
  ['one of 256 characters', 'x'.repeat(256), secret('s'), 'x'.repeat(256)],
  ['one with blanks at its ends', ` ${SECRET} `, secret('s'), ` ${SECRET} `],
])('a password is %s', async (_, text, source, expected) => {
  expect(await from(text).of(source)).toBe(expected);
});

test.each<[string, string | undefined, PasswordSource]>([
  ['is not there: the secret is binary', undefined, secret('s')],
  ['is not there: the secret is binary, of which a field is declared', undefined, field('password')],
  ['is empty', '', secret('s')],
  ['is too long', SECRET.repeat(24), secret('s')],
  ['is a field of what is not JSON', SECRET, field('password')],
  ['is a field of broken JSON', `{"password":"${SECRET}"`, field('password')],
  ['is a field of a text', JSON.stringify(SECRET), field('length')],
  ['is a field of null', 'null', field('password')],
  ['is a field of a list', JSON.stringify([SECRET]), field('length')],
  ['is a field that is not there', JSON.stringify({ pass: SECRET }), field('password')],
  ['is a method of objects', JSON.stringify({ pass: SECRET }), field('toString')],
  ['is a number', JSON.stringify({ password: 12345678, pass: SECRET }), field('password')],
  ['is an object', JSON.stringify({ password: { text: SECRET } }), field('password')],
  ['is an empty field', JSON.stringify({ password: '', pass: SECRET }), field('password')],
])('a password that %s is a failure that tells nothing of it', async (_, text, source) => {
  const failure = await failureOf(from(text), source);
  expect(failure.name).toBe('SecretWithoutPassword');
  expect(shown(failure)).not.toContain(SECRET);
  expect(shown(failure)).not.toContain('12345678');
});

test('a secret that cannot be read is a failure of its own', async () => {
  const denied = passwordsFrom(() => Promise.reject(sdkError('AccessDeniedException')));
  const failure = await failureOf(denied, secret('s'));
  expect(failure.name).toBe('SecretUnreadable');
  expect(told(failure, []).remedy).toMatch(/ARN/);
});

test('an answer that cannot be read, whose error quotes it, tells nothing of the secret', async () => {
  const quoting = passwordsFrom(() =>
    Promise.reject(
      Object.assign(new SyntaxError(`Unexpected token in "{"SecretString":"${SECRET}"`), {
        $response: { body: SECRET },
      }),
    ),
  );
  expect(shown(await failureOf(quoting, secret('s')))).not.toContain(SECRET);
});

test('every secret is read once, however many users have a password of it at the same time', async () => {
  let reads = 0;
  const read = jest.fn(async (arn: string) => `${arn} ${++reads}`);
  const passwords = passwordsFrom(read);
  const all = await Promise.all(['s', 't', 's'].map((name) => passwords.of(secret(name))));
  expect(all).toEqual(['s 1', 't 2', 's 1']);
  expect(await passwords.of(secret('s'))).toBe('s 1');
  expect(read.mock.calls).toEqual([['s'], ['t']]);
});

test('a secret that could not be read is read again', async () => {
  const read = jest
    .fn<Promise<string>, [string]>()
    .mockRejectedValueOnce(sdkError('InternalServiceError'))
    .mockResolvedValue(SECRET);
  const passwords = passwordsFrom(read);
  await failureOf(passwords, secret('s'));
  expect(await passwords.of(secret('s'))).toBe(SECRET);
});

test('a random password satisfies the strictest policy, is another each time, and needs no secret', async () => {
  const read = jest.fn();
  const passwords = passwordsFrom(read);
  const all = await Promise.all(Array.from({ length: 100 }, () => passwords.of({ kind: 'random' })));
  expect(new Set(all).size).toBe(100);
  expect(read).not.toHaveBeenCalled();
  for (const password of all) {
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html
    expect(password.length).toBeGreaterThanOrEqual(99);
    expect(password.length).toBeLessThanOrEqual(256);
    expect(password).toMatch(/[a-z]/);
    expect(password).toMatch(/[A-Z]/);
    expect(password).toMatch(/[0-9]/);
    expect(password).toMatch(/[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+=]/);
    expect(password).toMatch(/^\S+$/);
  }
});

test('the current version of a secret is read', async () => {
  const send = jest
    .fn()
    .mockResolvedValueOnce({ SecretString: SECRET })
    .mockResolvedValueOnce({ SecretBinary: new Uint8Array([1]) });
  const read = secretReader({ send } as never);
  expect([await read('arn'), await read('arn')]).toEqual([SECRET, undefined]);
  expect(send.mock.calls[0][0].input).toEqual({ SecretId: 'arn' });
});
