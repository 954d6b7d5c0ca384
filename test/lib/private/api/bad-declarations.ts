import { Aws, Fn, Lazy, Token } from 'aws-cdk-lib';
import {
  CfnIdentityPoolPrincipalTag,
  CfnIdentityPoolRoleAttachment,
  CfnUserPool,
  CfnUserPoolClient,
  UserPool,
  UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import {
  MetadataKey,
  UserAttributesEndpoint,
  type UserAttributesRates,
  WritableAttribute,
  type WritableAttributeOptions,
} from '../../../../lib';
import type { ApiOptions, ApiStack } from './api-stack';

/** A mistake, and what the error has to say of it: where, rule and remedy. */
export interface BadDeclaration {
  readonly title: string;
  readonly declare: (stack: ApiStack) => ApiOptions;
  /** As the error names it; absent where the mistake is none of an attribute. */
  readonly attribute?: string;
  readonly says: RegExp;
}

const { of, oneOf } = WritableAttribute;

const TOKEN = Lazy.string({ produce: () => 'nickname' });

/** The pool has theme (String, 2-10 characters), seen (DateTime), volume (Number, 1-100), newsletter (Boolean), plan, tenant, badge (immutable). */
export const badDeclarations = (): BadDeclaration[] => [
  ...names(),
  ...values(),
  ...rules(),
  ...originals(),
  ...sensitive(),
  ...readable(),
  ...clients(),
  ...metadata(),
  ...endpoints(),
  ...rates(),
  ...withoutTypes(),
];

const bad = (
  title: string,
  attribute: string | undefined,
  says: RegExp,
  declare: ApiOptions | ((stack: ApiStack) => ApiOptions),
): BadDeclaration => ({ title, attribute, says, declare: typeof declare === 'function' ? declare : () => declare });

/** An app client that may do everything, of a pool of another kind. */
const withPool = (
  stack: ApiStack,
  userPool: UserPool | CfnUserPool,
): Pick<ApiOptions, 'userPool' | 'userPoolClients'> => ({
  userPool,
  userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'Imported', 'abc')],
});

const writing =
  (name: string, title = name, attribute = name) =>
  (says: RegExp) =>
    bad(`writable ${JSON.stringify(title)}`, attribute, says, { writable: [of(name)] });

const names = (): BadDeclaration[] => [
  ...['given-name', 'givenname', 'GivenName', 'mail', 'e-mail', 'phone', 'surname', 'theme', 'custom', 'cutsom:theme', 'Custom:theme',
      'fullName', 'toString', 'constructor', '__proto__', '', ' ', 'nickname '].map((name) =>
    writing(name)(/there is no standard attribute of this name; correct it, or name a custom attribute custom:/),
  ), // prettier-ignore
  writing('sub')(/Cognito sets it and nobody can change it; leave it out, or list it in readable/),
  ...['email_verified', 'emailVerified', 'phone_number_verified', 'phoneNumberVerified'].map((name) =>
    writing(
      name,
      name,
      name.startsWith('email') ? 'email_verified' : 'phone_number_verified',
    )(/Cognito sets it when its owner confirms a code, and nobody may say so themselves; list it in readable/),
  ),
  ...['dev:theme', 'developer.theme', 'dev:custom:theme'].map((name) =>
    writing(
      name,
      name,
      name.replace('developer.', 'dev:'),
    )(/a developer-only attribute is for administrators; leave it out/),
  ),
  writing('custom:dev:theme')(/developer-only attributes are 'dev:…', never 'custom:dev:…'; /),
  writing('custom:')(/a name holds 1 to 20 characters after 'custom:', this one 0; correct the name/),
  writing('custom.', 'custom.', 'custom:')(/a name holds 1 to 20 characters after 'custom:', this one 0; /),
  writing(`custom:${'x'.repeat(21)}`)(/a name holds 1 to 20 characters after 'custom:', this one 21; correct the name/),
  writing('custom:a name')(/a name holds letters, marks, symbols, numbers and punctuation; remove blanks/),
  writing('custom:zero\u200bwidth')(/a name holds letters, .*; remove blanks and control characters/),
  ...['custom:themes', 'custom:Theme', 'custom.color', 'custom:email'].map((name) =>
    writing(
      name,
      name,
      name.replace('.', ':'),
    )(/the user pool's schema does not have it; add it to the pool's customAttributes, or correct the name/),
  ),
  writing('custom:badge')(
    /the pool declares it immutable, so nobody can change it; leave it out, or add another with { mutable: true }/,
  ),
  bad(
    'an immutable standard attribute',
    'family_name',
    /immutable, .*; declare it with { mutable: true } in standardAttributes, or leave/,
    (stack) => {
      const userPool = stack.addPool('Fixed', { standardAttributes: { familyName: { mutable: false } } });
      return { userPool, userPoolClients: [stack.addEagerClient('Eager', userPool)], writable: [of('familyName')] };
    },
  ),
  bad(
    'an attribute of an L1 that says nothing of Mutable',
    'custom:note',
    /the pool declares it immutable/,
    (stack) => ({
      ...withPool(stack, new CfnUserPool(stack, 'L1', { schema: [{ name: 'note', attributeDataType: 'String' }] })),
      writable: [of('custom:note')],
    }),
  ),
  bad('an attribute that an L1 loses afterwards', 'custom:note', /schema does not have it/, (stack) => {
    const l1 = new CfnUserPool(stack, 'L1', { schema: [{ name: 'note', mutable: true }] });
    return { ...withPool(stack, l1), writable: [afterwards(of('custom:note'), () => (l1.schema = []))] };
  }),
  bad('a name that is a token', TOKEN, /a name must be a text that is known at synth; write it out/, {
    writable: [of(TOKEN)],
  }),
  bad('a name with a token in it', `custom:${TOKEN}`, /a name must be a text that is known at synth/, {
    writable: [of(`custom:${TOKEN}`)],
  }),
  ...[
    ['nickname', 'nickname'],
    ['givenName', 'given_name'],
    ['custom.theme', 'custom:theme'],
  ].map(([ours, cognitos]) =>
    bad(`${ours} twice`, cognitos, /it is listed twice in writable; keep one of the two/, {
      writable: [of(ours), oneOf(cognitos, ['dark'])],
    }),
  ),
];

/** A declaration during which something else happens, as in code that comes after the construct. */
const afterwards = <T>(value: T, happens: () => void): T => {
  queueMicrotask(happens);
  return value;
};

const values = (): BadDeclaration[] => {
  const choosing = (name: string, value: string, says: RegExp) =>
    bad(`the value ${JSON.stringify(value.slice(0, 20))} of ${name}`, name, says, {
      writable: [oneOf(name, ['x', value])],
    });
  return [
    choosing(
      'custom:theme',
      'x',
      /the pool declares a String from 2 up to 10 characters long, this value holds 1; stay within/,
    ),
    choosing('custom:theme', 'elevenchars', /a String from 2 up to 10 characters long, this value holds 1/),
    choosing('custom:volume', 'loud', /the pool declares a Number; declare digits/),
    bad(
      'a number out of range',
      'custom:volume',
      /the pool declares a Number from 1 up to 100; stay within the range/,
      {
        writable: [oneOf('custom:volume', ['50', '101'])],
      },
    ),
    choosing('custom:newsletter', 'yes', /the pool declares a Boolean: 'true' or 'false'; declare one of the two/),
    choosing('custom:seen', 'yesterday', /the pool declares a DateTime; declare it as in 2030-01-31T12:00:00Z/),
    bad('no language', 'locale', /must be a language tag \(BCP 47\); write a language/, {
      writable: [oneOf('locale', ['de', 'german'])],
    }),
    bad('no day', 'birthdate', /must be a day as YYYY-MM-DD, got 10 characters; write it/, {
      writable: [oneOf('birthdate', ['01.02.2000'])],
    }),
    bad('no phone number', 'phone_number', /must be E\.164/, { writable: [oneOf('phoneNumber', ['0664123'])] }),
    bad('no address', 'email', /must be an e-mail address/, { writable: [oneOf('email', ['nobody'])] }),
    bad('white space', 'nickname', /a value of white space alone .*; remove the white space/, {
      writable: [oneOf('nickname', [' '])],
    }),
    bad('a blank value', 'nickname', /a value is blank or no string known at synthesis; write it out/, {
      writable: [oneOf('nickname', ['a', ''])],
    }),
    bad('a value that is a token', 'nickname', /a value is blank or no string known at synthesis/, {
      writable: [oneOf('nickname', ['a', TOKEN])],
    }),
    bad('no values', 'nickname', /has no values, so none can ever arrive; name them/, {
      writable: [oneOf('nickname', [])],
    }),
    bad(
      'too long a value',
      'nickname',
      /values may have from 1 to 2048 characters; correct maxLength, or shorten the values/,
      {
        writable: [oneOf('nickname', ['x'.repeat(2049)])],
      },
    ),
  ];
};

const rules = (): BadDeclaration[] => {
  const ruling = (title: string, options: WritableAttributeOptions, says: RegExp) =>
    bad(title, 'nickname', says, { writable: [of('nickname', options)] });
  const LENGTH = /values may have from 1 to 2048 characters; correct maxLength/;
  const SLOW = /the pattern has more than one way to match, .*; write it in one way, such as/;
  return [
    ...[0, -1, 2049, 1.5, NaN, Infinity].map((maxLength) =>
      ruling(`a maxLength of ${maxLength}`, { maxLength }, LENGTH),
    ),
    ...['(a+)+', '(a|b|ab)*', '(.*)*', '([a-z]+)*x', '(x+x+)+y'].map((pattern) =>
      ruling(`the pattern ${pattern}`, { pattern }, SLOW),
    ),
    ...['(', '[a', 'a{2,1}', '\\p{Letter', '\\', '*', '(?<n', 'a)|(b'].map((pattern) =>
      ruling(
        `the pattern ${pattern}`,
        { pattern },
        /the pattern is no regular expression \(JavaScript, flag u\); correct it/,
      ),
    ),
    ruling('a pattern that is a token', { pattern: TOKEN }, /the pattern is no regular expression/),
  ];
};

const TAKES_OVER =
  /the pool does not keep the original address until the new one is confirmed, .*; declare keepOriginal: { (email|phone): true } and autoVerify of the UserPool$/;

const originals = (): BadDeclaration[] => {
  const without = (title: string, name: string, poolOf: (stack: ApiStack) => UserPool | CfnUserPool) =>
    bad(`${name} on ${title}`, name, TAKES_OVER, (stack) => ({
      ...withPool(stack, poolOf(stack)),
      writable: [of(name)],
    }));
  const l1 = (settings?: CfnUserPool.UserAttributeUpdateSettingsProperty) => (stack: ApiStack) =>
    new CfnUserPool(stack, 'L1', { userAttributeUpdateSettings: settings });
  const l2 = (keepOriginal?: { readonly email: boolean; readonly phone: boolean }) => (stack: ApiStack) =>
    stack.addPool('L2', { keepOriginal });
  return [
    without('a pool that keeps none', 'email', l2()),
    without('a pool that keeps none', 'phone_number', l2()),
    without('a pool that keeps the number alone', 'email', l2({ email: false, phone: true })),
    without('a pool that keeps the address alone', 'phone_number', l2({ email: true, phone: false })),
    without('an L1 that keeps none', 'email', l1()),
    without('an L1 with an empty list', 'email', l1({ attributesRequireVerificationBeforeUpdate: [] })),
    without(
      'an L1 that keeps the number alone',
      'email',
      l1({ attributesRequireVerificationBeforeUpdate: ['phone_number'] }),
    ),
    without(
      'an L1 that keeps the address alone',
      'phone_number',
      l1({ attributesRequireVerificationBeforeUpdate: ['email'] }),
    ),
    without('an L1 with nonsense', 'email', l1({ attributesRequireVerificationBeforeUpdate: 'email' as never })),
    without('a pool that has lost its settings', 'email', (stack) => {
      const pool = stack.addPool('Lost');
      (pool.node.defaultChild as CfnUserPool).addPropertyDeletionOverride('UserAttributeUpdateSettings');
      return pool;
    }),
    without('a pool of which an override keeps the number alone', 'email', (stack) => {
      const pool = stack.addPool('Overridden');
      const path = 'UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate';
      (pool.node.defaultChild as CfnUserPool).addPropertyOverride(path, ['phone_number']);
      return pool;
    }),
    bad('email on a pool that loses its settings afterwards', 'email', TAKES_OVER, ({ pool }) => ({
      writable: [
        afterwards(
          of('email'),
          () => ((pool.node.defaultChild as CfnUserPool).userAttributeUpdateSettings = undefined),
        ),
      ],
    })),
  ];
};

const sensitive = (): BadDeclaration[] => {
  const BY_NAME =
    /by its name, what somebody may do depends on it, and whoever may write it could give it to themselves; leave it out of writable; if people may decide it themselves, list it in sensitive too$/;
  const BY_POOL = /an identity pool of this app decides by it what somebody may do, and whoever may .*; leave it out/;
  const NOT_WRITABLE = /it is listed in sensitive, and nobody may write it anyway; correct the name, or leave it out/;
  const deciding = (title: string, name: string, decide: (stack: ApiStack) => void) =>
    bad(title, name, BY_POOL, (stack) => {
      decide(stack);
      return { writable: [of('given_name'), of('custom:theme')] };
    });
  return [
    bad('custom:tenant', 'custom:tenant', BY_NAME, { writable: [of('custom:tenant')] }),
    bad('custom.plan', 'custom:plan', BY_NAME, { writable: [of('custom.plan')] }),
    bad('custom:plan, listed under another name', 'custom:plan', BY_NAME, {
      writable: [of('custom:plan'), of('custom:tenant')],
      sensitive: ['custom:tenant'],
    }),
    ...['custom:tenantId', 'custom:isAdmin'].map((name) =>
      bad(`${name} of an imported pool`, name, BY_NAME, (stack) => ({
        ...withPool(stack, UserPool.fromUserPoolId(stack, 'There', 'eu-west-1_abc') as UserPool),
        writable: [of(name)],
      })),
    ),
    deciding('a claim that becomes a tag', 'custom:theme', (stack) => {
      const principalTags = { color: 'custom:theme' };
      new CfnIdentityPoolPrincipalTag(stack, 'Tags', { identityPoolId: 'p', identityProviderName: 'n', principalTags });
    }),
    deciding('a standard attribute that becomes a tag', 'given_name', (stack) => {
      const principalTags = Lazy.any({ produce: () => ({ name: 'given_name' }) });
      new CfnIdentityPoolPrincipalTag(stack, 'Tags', { identityPoolId: 'p', identityProviderName: 'n', principalTags });
    }),
    deciding('a claim that an override makes a tag', 'custom:theme', (stack) => {
      const tags = new CfnIdentityPoolPrincipalTag(stack, 'Tags', { identityPoolId: 'p', identityProviderName: 'n' });
      tags.addPropertyOverride('PrincipalTags', { color: 'custom:theme' });
    }),
    deciding('a claim that chooses a role', 'custom:theme', (stack) => {
      const rule = {
        claim: 'custom:theme',
        matchType: 'Equals',
        value: 'dark',
        roleArn: 'arn:aws:iam::111111111111:role/Dark',
      };
      const roleMappings = { pool: { type: 'Rules', rulesConfiguration: { rules: [rule] } } };
      new CfnIdentityPoolRoleAttachment(stack, 'Roles', { identityPoolId: 'p', roleMappings });
    }),
    bad('a sensitive name that is not writable', 'custom:tenant', NOT_WRITABLE, { sensitive: ['custom:tenant'] }),
    bad('a sensitive standard name that is not writable', 'given_name', NOT_WRITABLE, { sensitive: ['givenName'] }),
    bad(
      'a misspelt sensitive name',
      'plan',
      /there is no standard attribute of this name; correct it, or name a custom attribute custom:plan/,
      {
        writable: [of('custom:plan')],
        sensitive: ['custom:plan', 'plan'],
      },
    ),
    bad('a sensitive name that is a token', `custom:${TOKEN}`, /a name must be a text that is known at synth/, {
      sensitive: [`custom:${TOKEN}`],
    }),
  ];
};

const readable = (): BadDeclaration[] => {
  const reading = (name: string, says: RegExp, attribute = name) =>
    bad(`readable ${JSON.stringify(name)}`, attribute, says, { readable: [name] });
  return [
    ...['mail', 'Email', ''].map((name) => reading(name, /there is no standard attribute of this name; correct it/)),
    reading('custom:themes', /the user pool's schema does not have it; add it/),
    reading('custom.themes', /the user pool's schema does not have it; add it/, 'custom:themes'),
    reading(`custom:${'x'.repeat(21)}`, /a name holds 1 to 20 characters/),
    reading(TOKEN, /a name must be a text that is known at synth; write it out/),
    bad(
      'a list of readable names that is a token',
      undefined,
      /^readable is known only at deployment; write it out: list names/,
      {
        readable: Fn.split(',', Aws.STACK_NAME),
      },
    ),
  ];
};

const clients = (): BadDeclaration[] => {
  const MAY_NOT_WRITE =
    /the app client Stack\/\S+ may not write it; add it to the client's writeAttributes, or leave it out of writable$/;
  const MAY_NOT_READ =
    /the app client Stack\/\S+ may not read it; add it to the client's readAttributes, or leave it out of readable$/;
  const OTHER =
    /the app client Stack\/\S+ belongs to another user pool, (Stack\/Second\/Resource|eu-west-1_other); list clients of this pool$/;
  const TWICE = /the app client Stack\/Pool\/Client is listed twice in userPoolClients; keep one of the two$/;
  const writable = [of('nickname')];
  const lists =
    (writes: string[] | undefined, reads: string[] | undefined) =>
    ({ pool }: ApiStack) => ({ pool, writes, reads });
  const listing = (
    title: string,
    attribute: string,
    says: RegExp,
    of_: ReturnType<typeof lists>,
    options: ApiOptions = {},
  ) =>
    bad(title, attribute, says, (stack) => ({
      writable,
      ...options,
      userPoolClients: [stack.addClient('Client', of_(stack))],
    }));
  return [
    bad('no clients', undefined, /userPoolClients is empty, so nobody’s token is taken; list the app clients/, {
      userPoolClients: [],
    }),
    bad(
      '51 clients',
      undefined,
      /userPoolClients are 51, and API Gateway takes 50; make a second UserAttributesApi/,
      (stack) => ({
        userPoolClients: Array.from({ length: 51 }, (_, i) =>
          UserPoolClient.fromUserPoolClientId(stack, `Client${i}`, `id-${i}`),
        ),
      }),
    ),
    bad('a client twice', undefined, TWICE, (stack) => {
      const client = stack.addEagerClient();
      const again = UserPoolClient.fromUserPoolClientId(stack, 'Again', client.userPoolClientId);
      return { userPoolClients: [client, again] };
    }),
    listing('a client that may not write', 'nickname', MAY_NOT_WRITE, lists(['email'], undefined)),
    listing('a client that may write nothing', 'nickname', MAY_NOT_WRITE, lists([], undefined)),
    listing(
      'a client without a list, and a custom attribute',
      'custom:theme',
      MAY_NOT_WRITE,
      lists(undefined, ['custom:theme']),
      {
        writable: [of('custom:theme')],
      },
    ),
    listing('a client that may not read', 'nickname', MAY_NOT_READ, lists(['nickname'], ['email'])),
    listing('a client that may not read whether', 'email_verified', MAY_NOT_READ, lists(['email'], ['email']), {
      writable: [of('email')],
    }),
    listing('a client without a list of what it reads', 'custom:tenant', MAY_NOT_READ, lists(undefined, undefined), {
      readable: ['custom:tenant'],
    }),
    bad('the second client of two', 'nickname', /the app client Stack\/Pool\/Second may not write it/, (stack) => ({
      userPoolClients: [stack.addEagerClient(), stack.addClient('Second', { writes: ['email'] })],
    })),
    bad('an L1 that may not write', 'nickname', MAY_NOT_WRITE, (stack) => ({
      userPoolClients: [
        new CfnUserPoolClient(stack, 'L1', { userPoolId: stack.pool.userPoolId, writeAttributes: ['email'] }),
      ],
    })),
    bad('a client that may not write afterwards', 'nickname', MAY_NOT_WRITE, (stack) => {
      const client = stack.addEagerClient();
      const resource = client.node.defaultChild as CfnUserPoolClient;
      return { userPoolClients: [afterwards(client, () => (resource.writeAttributes = ['email']))] };
    }),
    bad('a client that may not write by an override', 'nickname', MAY_NOT_WRITE, (stack) => {
      const client = stack.addEagerClient();
      (client.node.defaultChild as CfnUserPoolClient).addPropertyOverride('WriteAttributes', ['email']);
      return { userPoolClients: [client] };
    }),
    bad('a client that may not read by an override', 'nickname', MAY_NOT_READ, (stack) => {
      const client = stack.addEagerClient();
      (client.node.defaultChild as CfnUserPoolClient).addPropertyOverride('ReadAttributes', ['email']);
      return { userPoolClients: [client] };
    }),
    bad('a client of another pool', undefined, OTHER, (stack) => ({
      userPoolClients: [stack.addEagerClient('Other', stack.addPool('Second'))],
    })),
    bad('an L1 of another pool', undefined, OTHER, (stack) => ({
      userPoolClients: [new CfnUserPoolClient(stack, 'L1', { userPoolId: stack.addPool('Second').userPoolId })],
    })),
    bad('a client of one imported pool for another', undefined, OTHER, (stack) => ({
      userPool: UserPool.fromUserPoolId(stack, 'There', 'eu-west-1_abc'),
      userPoolClients: [UserPool.fromUserPoolId(stack, 'Elsewhere', 'eu-west-1_other').addClient('Client')],
    })),
  ];
};

const metadata = (): BadDeclaration[] => {
  const keys = (title: string, says: RegExp, ...declared: MetadataKey[]) =>
    bad(`metadata ${title}`, undefined, says, { writable: [of('email')], metadata: declared });
  return [
    keys(
      'source',
      /^metadata 'source': the API sets it itself, and no caller may: leave it out$/,
      MetadataKey.of('source'),
    ),
    keys(
      'locale',
      /^metadata 'locale': the API sets it itself, and no caller may: leave it out$/,
      MetadataKey.oneOf('locale', ['de']),
    ),
    keys(
      'twice',
      /^metadata 'tone' is declared twice: leave one out$/,
      MetadataKey.of('tone'),
      MetadataKey.oneOf('tone', ['formal']),
    ),
    keys(
      'without a name',
      /^metadata '': the name has 0 characters, and 1 to 128 are allowed: choose another key$/,
      MetadataKey.of(''),
    ),
    keys('of a long name', /the name has 129 characters/, MetadataKey.of('x'.repeat(129))),
    keys(
      'that means something else',
      /the name means something else in a template: choose another key$/,
      MetadataKey.of('Ref'),
    ),
    keys('of a token', /the name is no string known at synthesis: write it out$/, MetadataKey.of(TOKEN)),
    keys('without values', /has no values, so none can ever arrive: name them$/, MetadataKey.oneOf('tone', [])),
    keys('of long values', /values may have from 1 to 256 characters: /, MetadataKey.of('tone', { maxLength: 257 })),
    keys(
      'of a dangerous pattern',
      /the pattern has more than one way to match/,
      MetadataKey.of('tone', { pattern: '(a+)+' }),
    ),
  ];
};

const endpoints = (): BadDeclaration[] => {
  const UNTRUSTED =
    /is no origin whose pages may be trusted; declare scheme and host alone, as browsers write them, such as https:\/\/app\.example\.com; http is for localhost/;
  const PATH = /must be segments of letters and digits, each after a slash; declare one such as '\/account'$/;
  return [
    ...['*', 'https://*', 'https://*.example.com', 'http://app.example.com', 'http://localhost.example.com', 'app.example.com', 'null', '',
        'https://app.example.com/', 'https://app.example.com/page', 'https://app.example.com?', 'https://app.example.com#a', 'https://',
        'https://user@app.example.com', 'https://app.example.com:443', 'https://App.example.com', 'HTTPS://app.example.com',
        'https://bücher.example', 'http://localhost/', 'http://127.0.0.1:80x', 'ftp://app.example.com', 'https://a.example https://b.example',
        'https://app.example.com\n', 'javascript:alert(1)', 'file://', 'https://app.example.com:99999'].map((origin) =>
      bad(`the origin ${JSON.stringify(origin)}`, undefined, UNTRUSTED, {
        endpoint: UserAttributesEndpoint.create({ allowOrigins: ['https://fine.example.com', origin] }),
      }),
    ), // prettier-ignore
    ...['', '/', 'account', 'account/', '/account/', '//account', '/a//b', '/a b', '/{proxy+}', '/a/{id}', '/a?b', '/a#b', '/ä', '$default',
        'ANY /', '/a\n', TOKEN, `/${TOKEN}`].map((path) =>
      bad(`the path ${JSON.stringify(path)}`, undefined, PATH, (stack) => ({
        endpoint: UserAttributesEndpoint.routesOf(stack.addHttpApi(), { path }),
      })),
    ), // prettier-ignore
  ];
};

const rates = (): BadDeclaration[] =>
  (['reads', 'changes', 'codes'] as const)
    .flatMap((name) => [0, -1, NaN, Infinity, 10_001, '5' as never, null as never].map((rate) => ({ [name]: rate })))
    .map((declared: UserAttributesRates) =>
      bad(
        `rates ${String(Object.entries(declared)[0])}`,
        undefined,
        /^rates\.(reads|changes|codes) must be from above 0 to 10,000 a second; declare a number of requests$/,
        { rates: declared },
      ),
    );

/** What TypeScript, or the runtime of another language, would not let pass. */
const withoutTypes = (): BadDeclaration[] => {
  const untyped = (title: string, says: RegExp, options: Readonly<Record<string, unknown>>, attribute?: string) =>
    bad(`as any: ${title}`, attribute, says, options as ApiOptions);
  const list = (prop: string) =>
    new RegExp(`^${prop} is no list; list (app clients|WritableAttribute\\.of|names of attributes|MetadataKey\\.of)`);
  const none = (entry: string) => new RegExp(`^${entry.replace(/[[\]]/g, '\\$&')} is none; list `);
  return [
    ...(['userPoolClients', 'writable', 'readable', 'sensitive', 'metadata'] as const).flatMap((prop) =>
      [null, 'nickname', 5, {}, true, new Set()].map((value) =>
        untyped(`${prop}: ${value === null ? 'null' : typeof value}`, list(prop), { [prop]: value }),
      ),
    ),
    untyped('no writable', list('writable'), { writable: undefined }),
    ...(['userPoolClients', 'writable', 'metadata'] as const).flatMap((prop) =>
      [undefined, null, 'nickname', 5, {}].map((value) =>
        untyped(`${prop}: [${String(value)}]`, none(`${prop}[0]`), {
          [prop]: [value],
          ...(prop === 'metadata' && EMAIL),
        }),
      ),
    ),
    untyped('the third of three', none('writable[2]'), { writable: [of('nickname'), of('locale'), 'email'] }),
    ...[undefined, null, 5, {}, ['nickname']].flatMap((name) => [
      untyped(
        `of(${String(name)})`,
        /a name must be a text that is known at synth; write it out/,
        { writable: [of(name as never)] },
        String(name),
      ),
      untyped(
        `readable: [${String(name)}]`,
        /a name must be a text that is known at synth/,
        { readable: [name] },
        String(name),
      ),
      untyped(
        `sensitive: [${String(name)}]`,
        /a name must be a text that is known at synth/,
        { sensitive: [name] },
        String(name),
      ),
      untyped(`MetadataKey.of(${String(name)})`, /the name is no string known at synthesis: write it out/, {
        ...EMAIL,
        metadata: [MetadataKey.of(name as never)],
      }),
    ]),
    ...['5', {}, []].map((maxLength) =>
      untyped(
        `maxLength: ${JSON.stringify(maxLength)}`,
        /values may have from 1 to 2048 characters/,
        {
          writable: [of('nickname', { maxLength: maxLength as never })],
        },
        'nickname',
      ),
    ),
    ...[5, {}, /a+/, ['a']].map((pattern) =>
      untyped(
        `pattern: ${String(pattern)}`,
        /the pattern is no text; write it as one/,
        {
          writable: [of('nickname', { pattern: pattern as never })],
        },
        'nickname',
      ),
    ),
    ...[undefined, null, 'de', 5, {}].map((list_) =>
      untyped(
        `oneOf('nickname', ${String(list_)})`,
        /has no values, so none can ever arrive; name them/,
        {
          writable: [oneOf('nickname', list_ as never)],
        },
        'nickname',
      ),
    ),
    ...[undefined, null, 5, {}].map((value) =>
      untyped(
        `oneOf('nickname', [${String(value)}])`,
        /a value is blank or no string known at synthesis; write it out/,
        {
          writable: [oneOf('nickname', [value as never])],
        },
        'nickname',
      ),
    ),
    ...[null, 'https://api.example.com', 5, {}].map((endpoint) =>
      untyped(
        `endpoint: ${String(endpoint)}`,
        /^endpoint is none; declare UserAttributesEndpoint\.create\(…\) or \.routesOf/,
        { endpoint },
      ),
    ),
    ...['https://a.example', 5, {}, { length: 1 }].map((allowOrigins) =>
      untyped(
        `allowOrigins: ${JSON.stringify(allowOrigins)}`,
        /^allowOrigins is no list; list origins such as 'https:/,
        {
          endpoint: UserAttributesEndpoint.create({ allowOrigins: allowOrigins as never }),
        },
      ),
    ),
    ...[undefined, null, 5].map((origin) =>
      untyped(`allowOrigins: [${String(origin)}]`, /is no origin whose pages may be trusted; /, {
        endpoint: UserAttributesEndpoint.create({ allowOrigins: [origin as never] }),
      }),
    ),
    ...[null, 5, 'fast', []].map((rates_) =>
      untyped(
        `rates: ${JSON.stringify(rates_)}`,
        /^rates are none; declare reads, changes or codes, or leave them out$/,
        { rates: rates_ },
      ),
    ),
    untyped('a rate that there is not', /^rates\.read is unknown; declare reads, changes, codes$/, {
      rates: { read: 5 },
    }),
    bad('as any: a path that is a number', undefined, /the path '5' must be segments/, (stack) => ({
      endpoint: UserAttributesEndpoint.routesOf(stack.addHttpApi(), { path: 5 as never }),
    })),
    bad('as any: a list of clients in place of one', undefined, none('userPoolClients[0]'), (stack) => ({
      userPoolClients: [[stack.addEagerClient()] as never],
    })),
    untyped('writable: a token', /^writable is known only at deployment; write it out: list WritableAttribute/, {
      writable: Token.asAny({ Ref: 'List' }),
    }),
  ];
};

const EMAIL = { writable: [of('email')] };
