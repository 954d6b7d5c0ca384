import { canHaveBecome, readMessages } from '../../cli/preview/messages';
import { samplesOf } from '../../cli/preview/events';
import { openRuntime } from '../../cli/preview/runtime';
import { NO_SAMPLES, type Samples } from '../../cli/preview/samples';
import { asset, removeFolders, type TriggerFixture } from './support/fixture';
import { kindsOf, nameOf, rendered, textOf } from './support/rendered';

afterAll(removeFolders);

const sms = (...locales: string[]) =>
  Object.fromEntries(locales.map((locale) => [locale, `${locale || 'any'} {{code}}`]));

const samplesIn = (fixture: TriggerFixture, given: Samples = NO_SAMPLES) =>
  samplesOf(readMessages(asset(fixture)), given);

test('every text of every variant, locale and channel is what the function answers its event with', () => {
  const mark = (name: string) => ({
    subject: `Subject ${name}`,
    html: `<p>${name} {{code}} {{clientMetadata.campaign}}</p>`,
  });
  const fixture: TriggerFixture = {
    metadata: { campaign: { maxLength: 20, values: ['a', 'b', 'c'] }, tier: { maxLength: 5 }, lang: { maxLength: 2 } },
    localeKey: 'lang',
    sources: {
      SignUp: [
        {
          name: 'both',
          when: { campaign: ['a'], tier: ['gold', 'red'] },
          email: { '': mark('both'), de: mark('both de') },
        },
        { name: 'one', when: { campaign: ['a', 'b'] }, email: { '': mark('one'), 'de-at': mark('one de-at') } },
        { email: { '': mark('rest'), fr: mark('rest fr') }, sms: sms('', 'de', 'pt-br') },
      ],
      ForgotPassword: [{ sms: sms('', 'ja') }],
    },
  };
  const directory = asset(fixture);
  const render = openRuntime(directory);
  const samples = samplesOf(readMessages(directory), NO_SAMPLES);
  expect(samples).toHaveLength(11);
  for (const { channel, text, event, instead } of samples) {
    const { emailMessage, smsMessage } = render(event);
    const [pieces, answer] = channel === 'email' ? [text.html, emailMessage] : [text.sms, smsMessage];
    expect(instead).toBeUndefined();
    expect(canHaveBecome(pieces!, answer!)).toBe(true);
  }
});

test('where a more specific variant takes the first value, another is tried', () => {
  const samples = samplesIn({
    metadata: { campaign: { maxLength: 20, values: ['a', 'b'] } },
    sources: {
      SignUp: [
        { name: 'a', when: { campaign: ['a'] }, sms: sms('') },
        { name: 'any', when: { campaign: ['a', 'b'] }, sms: sms('') },
      ],
    },
  });
  expect(samples.map(({ variant, event }) => [nameOf(variant), event.request.clientMetadata])).toEqual([
    ['a', { campaign: 'a' }],
    ['any', { campaign: 'b' }],
  ]);
});

test('a text that nobody gets is told, and what they get instead', () => {
  const messages = rendered({ defaultLocale: 'en', sources: { SignUp: [{ sms: sms('', 'en') }] } });
  expect(messages.map((message) => [message.sample.locale, kindsOf(message)])).toEqual([
    ['en', []],
    ['', ['Never sent']],
  ]);
  expect(textOf(messages[1], 'Never sent')).toContain('gets “Everybody else, English”');
  expect(messages[1].sent).toBeUndefined();
});

test('the locale comes by ClientMetadata where its rule allows it, else by the user’s attribute', () => {
  const samples = samplesIn({
    metadata: { lang: { maxLength: 5, values: ['de', 'pt_BR'] } },
    localeKey: 'lang',
    sources: { SignUp: [{ sms: sms('de', 'pt-br', 'fr-ca', '') }] },
  });
  const bearers = samples.map(({ locale, event: { request } }) => [
    locale,
    request.clientMetadata.lang,
    request.userAttributes.locale,
  ]);
  expect(bearers).toEqual([
    ['', undefined, undefined],
    ['de', 'de', undefined],
    ['fr-ca', undefined, 'fr-CA'],
    ['pt-br', 'pt_BR', undefined],
  ]);
});

test('a text with conditions is shown a second time, without the values that it can do without', () => {
  const messages = rendered({
    metadata: { campaign: { maxLength: 20, values: ['a'] } },
    sources: {
      SignUp: [
        {
          when: { campaign: ['a'] },
          sms: {
            '': [
              ['if', 'userAttributes.given_name', ['Hi ', ['value', 'userAttributes.given_name'], '! ']],
              ['unless', 'userAttributes.given_name', ['Hello! ']],
              ['if', 'clientMetadata.campaign', ['Campaign ', ['value', 'clientMetadata.campaign'], ': ']],
              ['value', 'code'],
            ],
          },
        },
      ],
    },
  });
  expect(messages.map(({ sample, sent }) => [sample.absent, sent?.smsMessage])).toEqual([
    [[], 'Hi Alex! Campaign a: 482913'],
    [['userAttributes.given_name'], 'Hello! Campaign a: 482913'],
  ]);
});

test('only an invitation has a user name to fill in, and only a text that asks for it a link', () => {
  const html = '<p lang="en">{{username}} {{code}}</p>';
  const samples = samplesIn({
    sources: {
      SignUp: [{ email: { '': { subject: 's', html: '<p>{{link}}</p>' } }, sms: sms('') }],
      AdminCreateUser: [{ email: { '': { subject: 's', html } } }],
    },
  });
  expect(samples.map(({ event: { request } }) => [request.usernameParameter, request.linkParameter])).toEqual([
    [null, '{##Verify your account##}'],
    [null, null],
    ['{username}', null],
  ]);
});

test('samples stand in for what is made up, but do not lead to another text', () => {
  const [message] = samplesIn(
    {
      metadata: { campaign: { maxLength: 20, values: ['a', 'b'] }, tenant: { maxLength: 9, pattern: '[a-z]+' } },
      sources: {
        SignUp: [
          {
            when: { campaign: ['a'] },
            sms: { '': '{{clientMetadata.tenant}} {{userAttributes.given_name}} {{code}}' },
          },
        ],
      },
    },
    { userName: 'zoe', userAttributes: { given_name: 'Zoë' }, clientMetadata: { campaign: 'b', tenant: 'north' } },
  );
  expect(message.event).toMatchObject({
    userName: 'zoe',
    request: { userAttributes: { given_name: 'Zoë' }, clientMetadata: { campaign: 'a', tenant: 'north' } },
  });
});

test('made-up values speak the language, and keep to their rules', () => {
  const metadata = {
    firstName: { maxLength: 40 },
    campaignTitle: { maxLength: 10 },
    order: { maxLength: 9, pattern: '\\d{6}' },
    strange: { maxLength: 9, pattern: 'x{7}y' },
  };
  const html = Object.keys(metadata)
    .map((key) => `{{clientMetadata.${key}}} `)
    .join('');
  const [sample] = samplesIn({ metadata, sources: { SignUp: [{ sms: { de: `${html}{{code}}` } }] } });
  expect(sample.event.request.clientMetadata).toEqual({
    firstName: 'Anna',
    campaignTitle: 'Campaign t',
    order: '482913',
  });
});
