import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CustomMessageSource } from '../../lib/custom-message-source';
import { encodeMessages, MESSAGES_ENV } from '../../lib/private/contracts/message';

// The bundle as it is shipped.
const BUNDLE = join(__dirname, '..', '..', 'assets', 'custom-message', 'index.js');

type Handler = (event: unknown) => Promise<any>;

/** The handler after a cold start with this environment. */
function coldStart(messages: string | undefined): Handler {
  let handler: Handler | undefined;
  if (messages === undefined) delete process.env[MESSAGES_ENV];
  else process.env[MESSAGES_ENV] = messages;
  jest.isolateModules(() => {
    handler = jest.requireActual<{ handler: Handler }>(BUNDLE).handler;
  });
  return handler as Handler;
}

const TEMPLATES = encodeMessages([
  {
    source: CustomMessageSource.UPDATE_USER_ATTRIBUTE,
    subject: 'Your new address',
    html: '<p>Hello {{username}}, your code is {{code}}.</p>',
    sms: 'Your code is {{code}}',
  },
  {
    source: CustomMessageSource.UPDATE_USER_ATTRIBUTE,
    when: { campaign: 'welcome-blue' },
    subject: 'Willkommen bei {{clientMetadata.campaign}}',
    html: '<p>Ihr Code ist {{code}}, {{userAttributes.given_name}}.</p>',
  },
  { source: CustomMessageSource.ADMIN_CREATE_USER, sms: '{{username}}: {{code}}' },
]);

const SECRET = 'Seeded-Value';

function update(request: object = {}) {
  return {
    version: '1',
    triggerSource: 'CustomMessage_UpdateUserAttribute',
    userPoolId: 'eu-central-1_abc',
    userName: 'alice',
    request: {
      codeParameter: '{####}',
      usernameParameter: null,
      linkParameter: null,
      userAttributes: { sub: '1', given_name: SECRET },
      clientMetadata: { campaign: 'welcome-blue', other: SECRET },
      ...request,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  };
}

let lines: unknown[];

beforeEach(() => {
  lines = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, level).mockImplementation((...line: unknown[]) => void lines.push(...line));
  }
});

afterEach(() => {
  jest.restoreAllMocks();
  expect(JSON.stringify(lines)).not.toContain(SECRET);
});

describe('a message in the template’s words', () => {
  const handler = () => coldStart(TEMPLATES);

  test('is all of the answer where the event’s own is none', async () => {
    const { response } = await handler()({ ...update(), response: 'abc' });
    expect(Object.keys(response).sort()).toEqual(['emailMessage', 'emailSubject']);
  });

  test('is the answer, in the event that came, without a word in the log', async () => {
    const event = update();
    const before = structuredClone(event);
    expect(await handler()(event)).toEqual({
      ...before,
      response: {
        emailSubject: 'Willkommen bei welcome-blue',
        emailMessage: `<p>Ihr Code ist {####}, ${SECRET}.</p>`,
        smsMessage: null,
      },
    });
    expect(event).toEqual(before);
    expect(lines).toEqual([]);
  });

  test.each([
    undefined,
    null,
    {},
    'text',
    [],
    { campaign: 'unknown' },
    { campaign: null },
    Object.create({ campaign: 'welcome-blue' }),
  ])('needs no metadata (%j)', async (clientMetadata) => {
    expect((await handler()(update({ clientMetadata }))).response).toEqual({
      emailSubject: 'Your new address',
      emailMessage: '<p>Hello alice, your code is {####}.</p>',
      smsMessage: 'Your code is {####}',
    });
  });

  test('invites a user whom an administrator created', async () => {
    const event = { ...update({ usernameParameter: '{username}' }), triggerSource: 'CustomMessage_AdminCreateUser' };
    expect((await handler()(event)).response).toEqual({
      emailMessage: null,
      emailSubject: null,
      smsMessage: '{username}: {####}',
    });
  });

  test('stands where the event has no response to fill', async () => {
    for (const response of [undefined, null]) {
      const answer = await handler()({ ...update(), response });
      expect(Object.keys(answer.response)).toEqual(['emailSubject', 'emailMessage']);
    }
  });

  test('is the same from a warm function', async () => {
    const warm = handler();
    expect(await warm(update())).toEqual(await warm(update()));
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

  test.each<[string, unknown, unknown]>([
    ['nothing', undefined, { reason: 'an unknown source' }],
    ['null', null, { reason: 'an unknown source' }],
    ['a string', SECRET, { reason: 'an unknown source' }],
    ['a number', 1, { reason: 'an unknown source' }],
    ['a list', [], { reason: 'an unknown source' }],
    ['an empty object', {}, { reason: 'an unknown source' }],
    [
      'a source of another trigger',
      { ...update(), triggerSource: 'PreSignUp_SignUp' },
      { reason: 'an unknown source' },
    ],
    ['a source that is a value', { ...update(), triggerSource: SECRET }, { reason: 'an unknown source' }],
    [
      'a source that is no string',
      { ...update(), triggerSource: ['CustomMessage_UpdateUserAttribute'] },
      { reason: 'an unknown source' },
    ],
    [
      'a source without templates',
      { ...update(), triggerSource: 'CustomMessage_SignUp' },
      { reason: 'no matching template', source: 'CustomMessage_SignUp' },
    ],
    [
      'no request',
      { ...update(), request: undefined },
      { refusals: expect.arrayContaining([{ part: 'sms', reason: 'no value', variable: 'code' }]) },
    ],
    ['a request of null', { ...update(), request: null }, { refusals: expect.anything() }],
    ['a request that is a string', { ...update(), request: SECRET }, { refusals: expect.anything() }],
    [
      'no code',
      update({ codeParameter: null }),
      { refusals: [{ part: 'html', reason: 'no value', variable: 'code' }] },
    ],
    [
      'no attributes',
      update({ userAttributes: null }),
      { refusals: [{ part: 'html', reason: 'no value', variable: 'userAttributes.given_name' }] },
    ],
    [
      'an attribute that is an address',
      update({ userAttributes: { given_name: `${SECRET}.com` } }),
      { refusals: [{ part: 'html', reason: 'a value is in an address' }] },
    ],
    ['a request that throws', { ...update(), request: hostile }, { reason: 'an error', error: 'TypeError' }],
    [
      'metadata that throws',
      update({ clientMetadata: new Proxy({}, { getOwnPropertyDescriptor: () => hostile }) }),
      { reason: 'an error' },
    ],
  ])('%s', async (_, event, line) => {
    const handler = coldStart(TEMPLATES);
    expect(await handler(event)).toBe(event);
    expect(lines).toEqual([expect.objectContaining({ message: 'Cognito sends its own message', ...(line as object) })]);
  });

  test.each<[string, string | undefined, string]>([
    ['is not there', undefined, 'MESSAGES is not set'],
    ['is empty', '', 'MESSAGES is not JSON'],
    ['is cut off', TEMPLATES.slice(0, 100).replace('campaign', SECRET), 'MESSAGES is not JSON'],
    ['is another structure', '{"templates":{}}', 'MESSAGES.templates must be a list'],
  ])('where the environment %s', async (_, messages, reason) => {
    const handler = coldStart(messages);
    expect(lines).toEqual([{ message: 'The templates cannot be read', reason }]);
    const event = update();
    expect(await handler(event)).toBe(event);
    expect(lines[1]).toMatchObject({ reason: 'no templates', source: 'CustomMessage_UpdateUserAttribute' });
  });
});

test('what fails in one channel leaves the other, and is logged', async () => {
  const answer = await coldStart(TEMPLATES)({ ...update({ clientMetadata: {} }), userName: 'x'.repeat(257) });
  expect(answer.response).toEqual({ emailMessage: null, emailSubject: null, smsMessage: 'Your code is {####}' });
  expect(lines).toEqual([
    {
      message: 'Cognito sends its own message',
      source: 'CustomMessage_UpdateUserAttribute',
      refusals: [{ part: 'html', reason: 'no value', variable: 'username' }],
    },
  ]);
});

test('a template that cannot be parsed does not take the others with it', async () => {
  const handler = coldStart(
    encodeMessages([
      { source: CustomMessageSource.SIGN_UP, sms: '{{code}} {{' },
      { source: CustomMessageSource.UPDATE_USER_ATTRIBUTE, sms: 'It is {{code}}' },
    ]),
  );
  expect((await handler(update())).response.smsMessage).toBe('It is {####}');
});

describe('the bundle', () => {
  test('holds no SDK and stays under 20 kB', () => {
    expect(statSync(BUNDLE).size).toBeLessThan(20_000);
  });

  test('starts in a process of its own and needs nothing but Node', () => {
    const script = `require(${JSON.stringify(BUNDLE)}).handler(JSON.parse(process.argv[1])).then((answer) => console.log(JSON.stringify(answer.response)))`;
    const output = execFileSync(process.execPath, ['-e', script, JSON.stringify(update())], {
      cwd: '/',
      env: { [MESSAGES_ENV]: TEMPLATES },
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toMatchObject({ emailSubject: 'Willkommen bei welcome-blue' });
  });
});
