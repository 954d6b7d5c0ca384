import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { MetadataKey, UserAttributesApi, UserAttributesEndpoint, WritableAttribute } from '../../../../lib';
import { ApiStack, mistakesOf } from './api-stack';
import { badDeclarations } from './bad-declarations';

/** Control and format characters as their code points. */
const visible = (name: string) =>
  [...name].map((c) => (/\p{C}/u.test(c) ? `\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}` : c)).join('');

const BAD = badDeclarations();

test('at least 250 bad declarations are tried', () => expect(BAD.length).toBeGreaterThanOrEqual(250));

test.each(BAD)('$title is refused with attribute, rule and remedy', async ({ declare, attribute, says }) => {
  const stack = new ApiStack();
  stack.addApi(declare(stack));
  await Promise.resolve(); // what comes after the construct
  const { mistakes } = stack;
  const where = attribute === undefined ? '' : `attribute '${visible(attribute)}': `;
  expect(mistakes.filter((mistake) => !(mistake.startsWith(where) && says.test(mistake.slice(where.length))))).toEqual(
    [],
  );
  expect(mistakes).not.toEqual([]);
  for (const mistake of mistakes) expect(mistake).toMatch(/\S[:;] \S/);
});

test('all mistakes of a declaration are told at once', () => {
  const mistakes = mistakesOf((stack) => ({
    userPool: stack.addPool('Careless', { keepOriginal: undefined }),
    userPoolClients: [
      stack.addClient(
        'Client',
        { writes: ['email'], reads: ['email'] },
        { pool: stack.node.findChild('Careless') as UserPool },
      ),
      stack.addEagerClient('Other', stack.addPool('Second')),
    ],
    writable: [
      WritableAttribute.of('email', { maxLength: 0 }),
      WritableAttribute.of('e-mail'),
      WritableAttribute.of('custom:tenant'),
      WritableAttribute.of('custom:badge'),
      WritableAttribute.oneOf('locale', ['deutsch']),
    ],
    readable: ['custom:nothing'],
    sensitive: ['nickname'],
    metadata: [MetadataKey.of('source')],
    rates: { reads: 0 },
    endpoint: UserAttributesEndpoint.create({ allowOrigins: ['*'] }),
  }));
  expect(mistakes.map((mistake) => mistake.split(/[:;] /).slice(0, 2).join(': '))).toEqual([
    "attribute 'email': values may have from 1 to 2048 characters",
    "attribute 'e-mail': there is no standard attribute of this name",
    "attribute 'custom:badge': the pool declares it immutable, so nobody can change it",
    "attribute 'locale': must be a language tag (BCP 47)",
    "attribute 'custom:tenant': by its name, what somebody may do depends on it, and whoever may write it could give it to themselves",
    expect.stringMatching(/^attribute 'email': the pool does not keep the original address/),
    "attribute 'custom:nothing': the user pool's schema does not have it",
    "attribute 'nickname': it is listed in sensitive, and nobody may write it anyway",
    "attribute 'custom:tenant': the app client Stack/Careless/Client may not write it",
    "attribute 'custom:badge': the app client Stack/Careless/Client may not write it",
    "attribute 'locale': the app client Stack/Careless/Client may not write it",
    'the app client Stack/Second/Other belongs to another user pool, Stack/Second/Resource: list clients of this pool',
    expect.stringMatching(/^'\*' is no origin whose pages may be trusted/),
    'rates.reads must be from above 0 to 10,000 a second: declare a number of requests',
    "metadata 'source': the API sets it itself, and no caller may",
  ]);
});

test('a mistake that many values have is told once', () => {
  const mistakes = mistakesOf({ writable: [WritableAttribute.oneOf('locale', ['german', 'french', 'de', 'italian'])] });
  expect(mistakes).toEqual([expect.stringMatching(/^attribute 'locale': must be a language tag/)]);
});

test('what is wrong with a client that is listed twice is told once', () => {
  const mistakes = mistakesOf((stack) => {
    const client = stack.addClient('Client', { writes: [], reads: ['nickname'] });
    return { userPoolClients: [client, client] };
  });
  expect(mistakes).toEqual([
    expect.stringMatching(/Stack\/Pool\/Client is listed twice/),
    expect.stringMatching(/^attribute 'nickname': the app client Stack\/Pool\/Client may not write it/),
  ]);
});

test('of what nobody can write, nobody is told that a client may not read it', () => {
  const mistakes = mistakesOf((stack) => ({
    userPoolClients: [stack.addClient('Client', { writes: ['nickname'], reads: ['nickname'] })],
    writable: [WritableAttribute.of('email_verified')],
  }));
  expect(mistakes).toEqual([expect.stringMatching(/^attribute 'email_verified': Cognito sets it when/)]);
});

test('what is wrong stands in no template', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'bad-api-'));
  const stack = new ApiStack(new App({ outdir }));
  stack.addApi({ writable: [WritableAttribute.of('sub')] });
  expect(stack.mistakes).toHaveLength(1);
  expect(existsSync(join(outdir, 'Stack.template.json'))).toBe(false);
  rmSync(outdir, { recursive: true });
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['an id', 'eu-west-1_abc'],
  ['an object that is none', {}],
])('%s is no user pool to make an API for', (_, userPool) => {
  expect(() => new ApiStack().addApi({ userPool: userPool as never, userPoolClients: [] })).toThrow(
    /^Stack\/Api: userPool is none; pass a UserPool or CfnUserPool, or UserPool\.fromUserPoolId\(…\)/,
  );
});

test('props that are none are told so', () => {
  expect(() => new UserAttributesApi(new ApiStack(), 'Api', undefined as never)).toThrow(
    /^Stack\/Api: userPool is none; /,
  );
});
