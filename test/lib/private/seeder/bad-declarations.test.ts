import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import {
  BooleanAttribute,
  DateTimeAttribute,
  NumberAttribute,
  StringAttribute,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import { SeedSource, UserAttributesSeeder, type UserAttributesSeederProps } from '../../../../lib';
import { badDeclarations } from './bad-declarations';

let outdir: string;
beforeEach(() => (outdir = mkdtempSync(join(tmpdir(), 'bad-declarations-'))));
afterEach(() => rmSync(outdir, { recursive: true }));

const synthesize = (props: Partial<UserAttributesSeederProps>): string | undefined => {
  const app = new App({ outdir, context: { 'aws:cdk:disable-asset-staging': true } });
  const stack = new Stack(app, 'Stack');
  const userPool = new UserPool(stack, 'Pool', {
    signInCaseSensitive: false,
    signInAliases: { username: true, email: true, phone: true },
    standardAttributes: { email: { required: true, mutable: true }, familyName: { mutable: false } },
    customAttributes: {
      tenant: new StringAttribute({ mutable: true, minLen: 2, maxLen: 10 }),
      plan: new StringAttribute(),
      seats: new NumberAttribute({ mutable: true, min: 1, max: 500 }),
      trial: new BooleanAttribute({ mutable: true }),
      since: new DateTimeAttribute({ mutable: true }),
    },
  });
  new UserAttributesSeeder(stack, 'Seeder', {
    userPool,
    source: SeedSource.inline([{ username: 'fine', attributes: { givenName: 'Fine' } }]),
    ...props,
  });
  try {
    app.synth();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

/** Control and format characters as their code points. */
const visible = (name: string) =>
  [...name].map((c) => (/\p{C}/u.test(c) ? `\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}` : c)).join('');

test('at least 200 bad declarations are tried', () => expect(badDeclarations().length).toBeGreaterThanOrEqual(200));

test.each(badDeclarations())('$title is refused with user, attribute, rule and remedy', (bad) => {
  const error = synthesize(bad.props) ?? 'no error';
  const line = error.split('\n').find((candidate) => candidate.includes('[Stack/Seeder]')) ?? error;
  if (bad.user !== undefined) expect(error).toContain(`user '${visible(bad.user)}'`);
  if (bad.attribute !== undefined) expect(error).toContain(`attribute '${visible(bad.attribute)}'`);
  expect(line).toMatch(/\S; \S/);
  expect(line).toContain('[Stack/Seeder]');
  if (bad.secret) expect(error).not.toContain(bad.secret);
  expect(existsSync(join(outdir, 'Stack.template.json'))).toBe(false);
});

test('all mistakes of a declaration are told at once', () => {
  const error = synthesize({
    source: SeedSource.inline([
      { username: 'ann', attributes: { phoneNumber: '0664', custom: { tenant: 'x', nothing: 'y' } } },
      { username: 'bob', attributes: { birthdate: '1.1.2000' } },
    ]),
    requestsPerSecond: 0,
  });
  for (const part of [
    "'ann', attribute 'phone_number'",
    "'custom:tenant'",
    "'custom:nothing'",
    "'bob', attribute 'birthdate'",
    'requestsPerSecond',
  ]) {
    expect(error).toContain(part);
  }
});

test('a declaration without a mistake reaches the template', () => {
  expect(
    synthesize({
      source: SeedSource.inline([{ username: 'ann', attributes: { custom: { tenant: 'blue', seats: '5' } } }]),
    }),
  ).toBeUndefined();
  expect(existsSync(join(outdir, 'Stack.template.json'))).toBe(true);
});
