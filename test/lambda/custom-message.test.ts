import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CustomMessageSource, type CustomMessageTrigger, MetadataKey } from '../../lib';
import { type MessageFunction, synthesizeMessages } from '../support/message-function';

const SECRET = 'Seeded-Value';
const SOURCES = Object.values(CustomMessageSource);
const INVITATION = CustomMessageSource.ADMIN_CREATE_USER;

/** What the texts hold besides the words that tell them apart. */
const rest = (source: string) => (source === INVITATION ? '{{username}} {{code}}' : '{{code}}');

const emailTemplate = (source: string, words: string) => ({ subject: words, html: `<p>${words} ${rest(source)}</p>` });
const smsTemplate = (source: string, words: string) => ({ sms: `${words} ${rest(source)}` });

/** Every source has an e-mail for de-AT, de and everybody, an SMS for de and everybody, and a variant in English alone. */
const declareAll = (messages: CustomMessageTrigger) => {
  for (const source of SOURCES) {
    messages.addTemplate(source, { ...emailTemplate(source, 'any'), ...smsTemplate(source, 'any') });
    messages.addTemplate(source, { locale: 'de', ...emailTemplate(source, 'de'), ...smsTemplate(source, 'de') });
    messages.addTemplate(source, { locale: 'de-AT', ...emailTemplate(source, 'de-AT') });
    const gold = { whenOneOf: { tier: ['gold', 'platinum'] }, locale: 'en', ...smsTemplate(source, 'gold en') };
    messages.addTemplate(source, { ...gold, ...emailTemplate(source, 'gold en') });
  }
  messages.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
    when: { campaign: 'welcome' },
    subject: 'Welcome',
    html: '<p>{{userAttributes.given_name}}, {{clientMetadata.campaign}}: {{code}}</p>',
  });
};

const METADATA = [
  MetadataKey.of('lang', { maxLength: 35 }),
  MetadataKey.oneOf('tier', ['gold', 'platinum', 'none']),
  MetadataKey.of('campaign', { maxLength: 10, pattern: '[a-z]+' }),
];

let declared: MessageFunction;
beforeAll(() => {
  declared = synthesizeMessages({ metadata: METADATA, localeKey: 'lang' }, declareAll);
});
afterAll(() => declared.remove());

type Handler = (event: unknown) => Promise<any>;

/** The handler after a cold start. */
function coldStart(bundle = declared.bundle): Handler {
  let handler: Handler | undefined;
  jest.isolateModules(() => {
    handler = jest.requireActual<{ handler: Handler }>(bundle).handler;
  });
  return handler as Handler;
}

interface Overrides {
  readonly source?: unknown;
  readonly request?: object;
}

function eventOf({ source = CustomMessageSource.UPDATE_USER_ATTRIBUTE, request = {} }: Overrides = {}) {
  return {
    version: '1',
    triggerSource: source,
    userPoolId: 'eu-central-1_abc',
    userName: 'alice',
    request: {
      codeParameter: '{####}',
      usernameParameter: source === INVITATION ? '{username}' : null,
      linkParameter: null,
      userAttributes: { sub: '1', given_name: SECRET },
      clientMetadata: { other: SECRET },
      ...request,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  };
}

let lines: any[];
let metrics: any[];

beforeEach(() => {
  lines = [];
  metrics = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, level).mockImplementation((...line: unknown[]) => void lines.push(...line));
  }
  // The metrics go past the console, which Lambda would wrap.
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => metrics.push(JSON.parse(String(line))) > 0);
});

afterEach(() => {
  jest.restoreAllMocks();
  expect(JSON.stringify([lines, metrics])).not.toContain(SECRET);
});

const counted = (name: string, reason?: string) =>
  metrics
    .filter((metric) => metric.Reason === reason && name in metric)
    .reduce((sum, metric) => sum + [metric[name]].flat().reduce((one, other) => one + other, 0), 0);

describe.each(SOURCES)('%s', (source) => {
  /** By what the metadata and the user say of the locale: the words of the e-mail and of the SMS. */
  const TABLE: [title: string, metadata: object | undefined, attributes: object, email: string, sms: string][] = [
    ['nobody says a locale', undefined, {}, 'any', 'any'],
    ['the user speaks a language that has texts', undefined, { locale: 'de' }, 'de', 'de'],
    ['the user’s region has an e-mail, and its language an SMS', undefined, { locale: 'de-AT' }, 'de-AT', 'de'],
    ['the user’s region has nothing', undefined, { locale: 'de-CH' }, 'de', 'de'],
    ['the locale is written another way', undefined, { locale: 'DE_at' }, 'de-AT', 'de'],
    ['the locale has a script', undefined, { locale: 'de-Latn-AT' }, 'de-AT', 'de'],
    ['the user speaks a language without texts', undefined, { locale: 'fr-CA' }, 'any', 'any'],
    ['the locale is none', undefined, { locale: '__proto__' }, 'any', 'any'],
    ['the metadata says the locale', { lang: 'de-AT' }, {}, 'de-AT', 'de'],
    ['the metadata goes before the user', { lang: 'de' }, { locale: 'de-AT' }, 'de', 'de'],
    ['the metadata’s language has no texts, the user’s has', { lang: 'fr' }, { locale: 'de' }, 'de', 'de'],
    ['a variant fits', { tier: 'gold', lang: 'en-GB' }, { locale: 'de' }, 'gold en', 'gold en'],
    ['another of its values fits', { tier: 'platinum', lang: 'en' }, {}, 'gold en', 'gold en'],
    ['the variant’s language is the user’s', { tier: 'gold' }, { locale: 'en' }, 'gold en', 'gold en'],
    ['the variant does not speak the user’s language', { tier: 'gold' }, { locale: 'de' }, 'de', 'de'],
    ['the variant’s value is another', { tier: 'none' }, { locale: 'en' }, 'any', 'any'],
  ];

  test.each(TABLE)('where %s', async (_, clientMetadata, userAttributes, email, sms) => {
    const event = eventOf({ source, request: { clientMetadata, userAttributes } });
    const filled = source === INVITATION ? '{username} {####}' : '{####}';
    expect((await coldStart()(event)).response).toEqual({
      emailSubject: email,
      emailMessage: `<p>${email} ${filled}</p>`,
      smsMessage: `${sms} ${filled}`,
    });
    expect(lines).toEqual([]);
  });

  test.each<[string, (source: string, words: string) => object, string[]]>([
    ['an e-mail', emailTemplate, ['emailMessage', 'emailSubject']],
    ['an SMS', smsTemplate, ['smsMessage']],
  ])('with %s alone leaves the other to Cognito, and nobody misses it', async (_, template, parts) => {
    const one = synthesizeMessages({}, (messages) => messages.addTemplate(source, template(source, 'one')));
    const { response } = await coldStart(one.bundle)({ ...eventOf({ source }), response: {} });
    expect(Object.keys(response).sort()).toEqual(parts);
    expect(counted('DefaultMessages')).toBe(0);
    one.remove();
  });
});

describe('a default locale', () => {
  test('stands in for users of other languages, before the texts without a locale', async () => {
    const spoken = synthesizeMessages({ defaultLocale: 'en-GB' }, (messages) => {
      for (const locale of ['de', 'en', undefined]) {
        messages.addTemplate(CustomMessageSource.SIGN_UP, { locale, sms: `${locale} {{code}}` });
      }
    });
    const smsFor = async (locale?: string) => {
      const event = eventOf({ source: CustomMessageSource.SIGN_UP, request: { userAttributes: { locale } } });
      return (await coldStart(spoken.bundle)(event)).response.smsMessage;
    };
    expect([await smsFor(), await smsFor('fr'), await smsFor('de')]).toEqual(['en {####}', 'en {####}', 'de {####}']);
    spoken.remove();
  });
});

describe('a link', () => {
  test.each([CustomMessageSource.SIGN_UP, CustomMessageSource.RESEND_CODE])(
    'stands where %s offers one, and Cognito sends its own where it does not',
    async (source) => {
      const linked = synthesizeMessages({}, (messages) => {
        const pool = messages.node.scope!.node.findChild('Pool').node.defaultChild as any;
        pool.verificationMessageTemplate = { defaultEmailOption: 'CONFIRM_WITH_LINK' };
        messages.addTemplate(source, { subject: 'S', html: '<p>Please {{link}}.</p>' });
      });
      const handler = coldStart(linked.bundle);
      const withLink = eventOf({ source, request: { linkParameter: '{##Click Here##}' } });
      expect((await handler(withLink)).response.emailMessage).toBe('<p>Please {##Click Here##}.</p>');
      const without = eventOf({ source });
      expect(await handler(without)).toBe(without);
      expect(counted('DefaultMessages', 'NoPlaceholder')).toBe(1);
      linked.remove();
    },
  );
});

describe('a message in the template’s words', () => {
  const welcome = { request: { clientMetadata: { campaign: 'welcome', other: SECRET } } };

  test('is the answer, in the event that came, without a word in the log', async () => {
    const event = eventOf(welcome);
    const before = structuredClone(event);
    expect(await coldStart()(event)).toEqual({
      ...before,
      response: {
        emailSubject: 'Welcome',
        emailMessage: `<p>${SECRET}, welcome: {####}</p>`,
        smsMessage: 'any {####}',
      },
    });
    expect(event).toEqual(before);
    expect(lines).toEqual([]);
    expect([counted('RenderedMessages'), counted('DefaultMessages'), counted('RefusedMetadata')]).toEqual([2, 0, 0]);
    expect(metrics[0]).toMatchObject({ service: 'CustomMessageTrigger', UserPoolId: 'eu-central-1_abc' });
  });

  test('is all of the answer where the event’s own is none', async () => {
    for (const response of [undefined, null, 'abc', []]) {
      const answer = await coldStart()({ ...eventOf(), response });
      expect(Object.keys(answer.response)).toEqual(['emailSubject', 'emailMessage', 'smsMessage']);
    }
  });

  test.each([undefined, null, {}, 'text', [], { campaign: null }, Object.create({ campaign: 'welcome' })])(
    'needs no metadata (%j)',
    async (clientMetadata) => {
      expect((await coldStart()(eventOf({ request: { clientMetadata } }))).response.emailSubject).toBe('any');
    },
  );

  test('sees no value that breaks its rule, which is counted and named', async () => {
    const clientMetadata = { campaign: `welcome-${SECRET}`, tier: SECRET, lang: 'de' };
    expect((await coldStart()(eventOf({ request: { clientMetadata } }))).response.emailSubject).toBe('de');
    expect(counted('RefusedMetadata')).toBe(2);
    expect(lines).toEqual([
      {
        message: 'A value of ClientMetadata breaks its rule',
        source: 'CustomMessage_UpdateUserAttribute',
        refusedMetadata: ['tier', 'campaign'],
      },
    ]);
  });

  test('is the same from a warm function', async () => {
    const warm = coldStart();
    expect(await warm(eventOf())).toEqual(await warm(eventOf()));
  });
});

describe('the event comes back unchanged, with one line that says why', () => {
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new TypeError(SECRET);
      },
    },
  );
  const noTemplate = { source: 'unknown', defaults: [{ reason: 'NoTemplate' }] };
  const failed = { reason: 'Error', error: 'TypeError' };
  const both = (reason: object) => ({ defaults: [expect.objectContaining(reason), expect.objectContaining(reason)] });

  test.each<[string, unknown, object]>([
    ['nothing', undefined, noTemplate],
    ['null', null, noTemplate],
    ['a string', SECRET, noTemplate],
    ['a number', 1, noTemplate],
    ['a list', [], noTemplate],
    ['an empty object', {}, noTemplate],
    ['a source of another trigger', eventOf({ source: 'PreSignUp_SignUp' }), noTemplate],
    ['a source that is a value', eventOf({ source: SECRET }), noTemplate],
    ['a source of the prototype', eventOf({ source: 'constructor' }), noTemplate],
    ['a source that is no string', eventOf({ source: ['CustomMessage_SignUp'] }), noTemplate],
    ['no request', { ...eventOf(), request: undefined }, both({ reason: 'NoPlaceholder', variable: 'code' })],
    ['a request of null', { ...eventOf(), request: null }, both({ reason: 'NoPlaceholder' })],
    ['a request that is a string', { ...eventOf(), request: SECRET }, both({ reason: 'NoPlaceholder' })],
    ['no code', eventOf({ request: { codeParameter: null } }), both({ reason: 'NoPlaceholder' })],
    ['a request that throws', { ...eventOf(), request: hostile }, failed],
    [
      'metadata that throws',
      eventOf({ request: { clientMetadata: new Proxy({}, { getOwnPropertyDescriptor: () => hostile }) } }),
      failed,
    ],
  ])('%s', async (_, event, line) => {
    expect(await coldStart()(event)).toBe(event);
    expect(lines).toEqual([expect.objectContaining({ message: 'Cognito sends its own message', ...line })]);
  });

  test.each<[string, string | undefined, string]>([
    ['is not there', undefined, 'index.json of the messages cannot be read (ENOENT)'],
    ['is empty', '', 'index.json of the messages cannot be read (no JSON)'],
    ['is cut off', `{"metadata": "${SECRET}`, 'index.json of the messages cannot be read (no JSON)'],
  ])('where the index %s', async (_, index, error) => {
    const broken = mkdtempSync(path.join(tmpdir(), 'broken-'));
    execFileSync('cp', [declared.bundle, broken]);
    if (index !== undefined) {
      execFileSync('mkdir', [path.join(broken, 'messages')]);
      writeFileSync(path.join(broken, 'messages/index.json'), index);
    }
    const event = eventOf();
    expect(await coldStart(path.join(broken, 'index.js'))(event)).toBe(event);
    expect(lines).toEqual([{ message: 'Cognito sends its own message', reason: 'Error', error }]);
    expect(counted('DefaultMessages', 'Error')).toBe(1);
    rmSync(broken, { recursive: true });
  });

  test('where a text is not there, which leaves the others', async () => {
    const broken = mkdtempSync(path.join(tmpdir(), 'broken-'));
    execFileSync('cp', ['-r', `${declared.directory}/.`, broken]);
    rmSync(path.join(broken, 'messages/CustomMessage_SignUp/1/any.sms.json'));
    const handler = coldStart(path.join(broken, 'index.js'));
    const event = eventOf({ source: CustomMessageSource.SIGN_UP });
    expect(await handler(event)).toBe(event);
    expect(lines[0].error).toBe('CustomMessage_SignUp/1/any.sms.json of the messages cannot be read (ENOENT)');
    const german = eventOf({ source: CustomMessageSource.SIGN_UP, request: { userAttributes: { locale: 'de' } } });
    expect((await handler(german)).response.emailSubject).toBe('de');
    rmSync(broken, { recursive: true });
  });
});

test('what fails in one channel leaves the other, is logged and is counted by its reason', async () => {
  const request = { clientMetadata: { campaign: 'welcome' }, userAttributes: {} };
  const answer = await coldStart()(eventOf({ request }));
  expect(answer.response).toEqual({ emailMessage: null, emailSubject: null, smsMessage: 'any {####}' });
  expect(lines).toEqual([
    {
      message: 'Cognito sends its own message',
      source: 'CustomMessage_UpdateUserAttribute',
      defaults: [{ channel: 'email', part: 'html', reason: 'NoValue', variable: 'userAttributes.given_name' }],
    },
  ]);
  expect([counted('RenderedMessages'), counted('DefaultMessages'), counted('DefaultMessages', 'NoValue')]).toEqual([
    1, 1, 1,
  ]);
  expect(metrics.flatMap(({ _aws }) => _aws.CloudWatchMetrics.flatMap(({ Dimensions }: any) => Dimensions))).toEqual([
    ['service', 'UserPoolId'],
    ['service', 'UserPoolId', 'Reason'],
  ]);
});

test('two channels that are left to Cognito for one reason count as two', async () => {
  await coldStart()(eventOf({ request: { codeParameter: null } }));
  expect([counted('DefaultMessages'), counted('DefaultMessages', 'NoPlaceholder')]).toEqual([2, 2]);
});

test('the bundle starts in a process of its own and needs nothing but Node', () => {
  const script = `const { handler } = require(${JSON.stringify(declared.bundle)}); handler(JSON.parse(process.argv[1])).then((answer) => console.error(JSON.stringify(answer.response)))`;
  const output = execFileSync(
    'sh',
    ['-c', '"$0" -e "$1" "$2" 2>&1 >/dev/null', process.execPath, script, JSON.stringify(eventOf())],
    {
      cwd: '/',
      env: {},
      encoding: 'utf8',
    },
  );
  expect(JSON.parse(output)).toMatchObject({ emailSubject: 'any' });
});
