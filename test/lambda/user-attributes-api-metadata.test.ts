/** ClientMetadata on its way from a caller to the words of a message. */
import { CustomMessageSource, MetadataKey } from '../../lib';
import { LambdaRunner } from '../support/lambda-runner';
import { synthesizeMessages } from '../support/message-function';
import { type Answer, type Person, type SelfService, startSelfService } from './api/support/self-service';

let service: SelfService;
/** What the pool's trigger has seen. */
let seen: { triggerSource: string; request: { clientMetadata?: Record<string, string> } }[];

beforeAll(async () => {
  service = await startSelfService();
});
afterAll(() => service.stop());
afterAll(() => service.expectSecrecy());
beforeEach(() => {
  service.forget();
  seen = [];
  service.cognito.setCustomMessage((event: never) => {
    seen.push(event);
    return event;
  });
});

const OLD = { email: 'annabel@example.com', email_verified: 'true', given_name: 'Annabel' };
const NEW = { email: 'sophie@example.org' };

/** The calls that may make Cognito send a code. */
const CALLS: [string, (person: Person, metadata?: object, headers?: Record<string, string>) => Promise<Answer>][] = [
  ['CustomMessage_UpdateUserAttribute', (person, metadata, headers) => person.change(NEW, metadata, headers)],
  [
    'CustomMessage_VerifyUserAttribute',
    (person, clientMetadata, headers) =>
      person.ask('POST', '/email/verification-code', { body: clientMetadata ? { clientMetadata } : {}, headers }),
  ],
];

const metadata = (): object | undefined => {
  expect(seen).toHaveLength(1);
  return seen[0].request.clientMetadata;
};

describe.each(CALLS)('%s', (source, send) => {
  test('tells the trigger that a user has asked for it themselves', async () => {
    expect((await send(await service.person(OLD))).status).toBeLessThan(300);
    expect(seen).toMatchObject([{ triggerSource: source }]);
    expect(metadata()).toEqual({ source: 'self-service' });
  });

  test('carries the declared keys', async () => {
    await send(await service.person(OLD), { campaign: 'spring-sale', referrer: 'twelveletter' });
    expect(metadata()).toEqual({ source: 'self-service', campaign: 'spring-sale', referrer: 'twelveletter' });
  });

  test.each([
    ['an undeclared key', { tone: 'formal' }, 'unknown-metadata', 'tone'],
    ['the source', { source: 'seeder' }, 'unknown-metadata', 'source'],
    ['the source as it would be', { source: 'self-service' }, 'unknown-metadata', 'source'],
    ['the locale', { locale: 'de' }, 'unknown-metadata', 'locale'],
    ['an inherited name', JSON.parse('{"__proto__":{"campaign":"spring-sale"}}'), 'unknown-metadata', '__proto__'],
    ['another inherited name', { constructor: 'spring-sale' }, 'unknown-metadata', 'constructor'],
    ['a value outside the list', { campaign: 'winter-sale' }, 'metadata-refused', 'campaign'],
    ['a value against the pattern', { referrer: 'Not This' }, 'metadata-refused', 'referrer'],
    ['a value that only begins well', { referrer: 'search\n' }, 'metadata-refused', 'referrer'],
    ['a value that is too long', { referrer: 'thirteenchars' }, 'metadata-refused', 'referrer'],
    ['a blank value', { referrer: '' }, 'metadata-refused', 'referrer'],
    ['a number', { campaign: 5 }, 'metadata-refused', 'campaign'],
    ['null', { campaign: null }, 'metadata-refused', 'campaign'],
    ['a list', { campaign: ['spring-sale'] }, 'metadata-refused', 'campaign'],
  ])('refuses %s, beside what is right, and asks Cognito nothing', async (_, sent, code, key) => {
    const ann = await service.person(OLD);
    const { status, body } = await send(ann, { ...sent, ...(key === 'campaign' ? { referrer: 'search' } : {}) });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ code, pointer: `#/clientMetadata/${key}` }] });
    expect(service.calls()).toEqual([]);
    expect(await ann.attributes()).toEqual(OLD);
  });

  test.each([[[]], ['campaign'], [5], [null]])('refuses %j in the place of the keys', async (clientMetadata) => {
    const ann = await service.person(OLD);
    const [method, path] = source.endsWith('UpdateUserAttribute')
      ? ['PATCH', '']
      : ['POST', '/email/verification-code'];
    const { status } = await ann.ask(method, path, { body: { clientMetadata } });
    expect(status).toBe(400);
    expect(service.calls()).toEqual([]);
  });

  test.each([
    ['de-AT', 'de-AT'],
    ['DE-at', 'de-AT'],
    ['de-AT, de;q=0.9, en;q=0.8', 'de-AT'],
    ['fr;q=0.5, pt-BR;q=0.9, *;q=0.1', 'pt-BR'],
    ['en;q=0, nl', 'nl'],
    ['*, es;q=0.5', 'es'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['de_AT, it', 'it'], // no language tag
    [`${'x'.repeat(36)}, sv`, 'sv'],
    ['!!, <b>, ;;;, {####}, da;q=0.2', 'da'],
  ])('tells the language that the caller likes best: %s', async (header, locale) => {
    await send(await service.person(OLD), undefined, { 'accept-language': header });
    expect(metadata()).toEqual({ source: 'self-service', locale });
  });

  test.each(['*', 'de;q=0', 'de;q=zero', '###', '<script>alert(1)</script>', '{####}', 'de_AT'])(
    'tells none where the caller likes none that there is: %j',
    async (header) => {
      await send(await service.person(OLD), undefined, { 'accept-language': header });
      expect(metadata()).toEqual({ source: 'self-service' });
    },
  );

  test('tells none of a list that is too long', async () => {
    await send(await service.person(OLD), undefined, { 'accept-language': `de, ${'en, '.repeat(300)}fr` });
    expect(metadata()).toEqual({ source: 'self-service' });
  });
});

test('a code is asked for with or without a body', async () => {
  const ann = await service.person(OLD);
  for (const body of [undefined, {}, 'null']) {
    const headers: Record<string, string> = body === 'null' ? { 'content-type': 'application/json' } : {};
    const { status } = await ann.ask('POST', '/email/verification-code', { body, headers });
    expect(status).toBe(202);
  }
  expect(seen.map(({ request }) => request.clientMetadata)).toEqual(Array(3).fill({ source: 'self-service' }));
});

test('a code is asked for with ClientMetadata and nothing else', async () => {
  const ann = await service.person(OLD);
  const { status } = await ann.sendCode('email', { clientMetadata: {}, attributes: NEW });
  expect(status).toBe(400);
  expect(service.calls()).toEqual([]);
});

test('what changes no address has no trigger, and what it sends along harms nobody', async () => {
  const ann = await service.person(OLD);
  expect((await ann.change({ given_name: 'Sophie-Ann' }, { campaign: 'spring-sale' })).status).toBe(200);
  expect(seen).toEqual([]);
});

test('a message is chosen by what the caller sends, who asks for it, and in which language', async () => {
  const declared = synthesizeMessages(
    { metadata: [MetadataKey.of('campaign'), MetadataKey.of('source'), MetadataKey.of('locale')], localeKey: 'locale' },
    (messages) => {
      const add = (condition: object, words: string) =>
        messages.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
          ...condition,
          subject: `${words}, {{userAttributes.given_name}}`,
          html: `<p>${words} {{userAttributes.given_name}}: {{code}}</p>`,
        });
      add({}, 'An administrator');
      add({ when: { source: 'self-service' } }, 'You');
      add({ when: { source: 'self-service' }, locale: 'de' }, 'Du');
      add({ when: { source: 'self-service', campaign: 'spring-sale' } }, 'Spring');
      add({ when: { source: 'self-service', campaign: 'spring-sale' }, locale: 'pt' }, 'Primavera');
    },
  );
  const messages = new LambdaRunner({ bundle: declared.bundle, timeoutSeconds: 5, memoryMb: 256 });
  try {
    service.cognito.setCustomMessage(messages);
    for (const [sent, language, words] of [
      [undefined, 'nl', 'You'],
      [undefined, 'nl, de-CH;q=0.3', 'You'], // the best language alone
      [undefined, 'de-CH, nl;q=0.3', 'Du'],
      [{ campaign: 'spring-sale' }, '*', 'Spring'],
      [{ campaign: 'spring-sale' }, 'pt-BR', 'Primavera'],
      [{ campaign: 'autumn-sale' }, 'de', 'Du'],
    ] as const) {
      service.cognito.clearDeliveries();
      const ann = await service.person({ ...OLD, given_name: 'Zoë <b>' });
      await ann.change(NEW, sent, { 'accept-language': language });
      const [code] = ann.codes();
      expect(service.cognito.deliveries).toMatchObject([
        {
          destination: NEW.email,
          custom: true,
          emailSubject: `${words}, Zoë <b>`,
          emailMessage: `<p>${words} Zoë &lt;b&gt;: ${code}</p>`,
        },
      ]);
      expect((await ann.confirm('email', code)).status).toBe(204);
      expect(await ann.attributes()).toMatchObject(NEW);
    }
  } finally {
    await messages.stop();
    declared.remove();
  }
});
