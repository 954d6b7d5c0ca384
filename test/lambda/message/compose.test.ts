import { compose } from '../../../lambda/message/compose';
import type { Library } from '../../../lambda/message/library';

const SOURCE = 'CustomMessage_SignUp';

/** An SMS in three languages, each of which says which it is. */
const library: Library = {
  index: {
    metadata: { lang: { maxLength: 35 } },
    localeKey: 'lang',
    defaultLocale: 'en',
    sources: { [SOURCE]: [{ when: {}, texts: { sms: { de: 'de', en: 'en', '': 'any' } } }] },
  },
  text: (file) => ({ sms: [`${file}: `, ['value', 'code']] }),
};

const smsFor = (clientMetadata: unknown, userAttributes: unknown) =>
  compose(library, {
    triggerSource: SOURCE,
    request: { codeParameter: '{####}', clientMetadata, userAttributes },
  }).messages.sms?.sms;

test('the language is that of the call, else of the user, else the default', () => {
  expect(smsFor({ lang: 'de-AT' }, { locale: 'en' })).toBe('de: {####}');
  expect(smsFor({}, { locale: 'de_AT' })).toBe('de: {####}');
  expect(smsFor({ lang: 'fr' }, { locale: 'de' })).toBe('de: {####}');
  expect(smsFor({}, {})).toBe('en: {####}');
});

test('an inherited language is nobody’s', () => {
  expect(smsFor(Object.create({ lang: 'de' }), Object.create({ locale: 'de' }))).toBe('en: {####}');
});

test('a language that breaks its rule counts for nothing', () => {
  expect(smsFor({ lang: `de${' '.repeat(40)}` }, {})).toBe('en: {####}');
});

test.each(['constructor', '__proto__', 'toString', '', undefined, [SOURCE]])('%j has no texts', (triggerSource) => {
  expect(compose(library, { triggerSource, request: { codeParameter: '{####}' } })).toMatchObject({
    messages: {},
    defaults: [{ reason: 'NoTemplate' }],
  });
});

test('a text sees no value of ClientMetadata that is not declared, or breaks its rule', () => {
  const curious: Library = {
    index: { metadata: { x: { maxLength: 4 } }, sources: { [SOURCE]: [{ when: {}, texts: { sms: { '': 'any' } } }] } },
    text: () => ({
      sms: [
        ['value', 'code'],
        ['if', 'clientMetadata.x', [' for ', ['value', 'clientMetadata.x']]],
        ['if', 'clientMetadata.y', [' of ', ['value', 'clientMetadata.y']]],
      ],
    }),
  };
  const sent = (clientMetadata: unknown) =>
    compose(curious, { triggerSource: SOURCE, request: { codeParameter: '{####}', clientMetadata } });
  expect(sent({ x: 'blue', y: 'evil' }).messages).toEqual({ sms: { sms: '{####} for blue' } });
  expect(sent({ x: 'green', y: 'evil' })).toMatchObject({
    messages: { sms: { sms: '{####}' } },
    refusedMetadata: ['x'],
  });
});
