import { CustomMessageSource, MetadataKey } from '../../../../lib';
import { MESSAGE_SOURCES } from '../../../../lib/private/contracts/message';
import { type Declared, piecesOf, readDeclared, SIGN_UP } from './read-declaration';

const EMAIL = { 'sign-up/subject.txt': 'Your code', 'sign-up/body.html': '<p>{{code}}</p>' };

const smsPieces = (text: string, files: Declared['files'] = {}) =>
  piecesOf(readDeclared({ files: { ...files, 'sign-up/sms.txt': text } }), `${SIGN_UP}/0/any.sms.json`, 'sms');
const htmlPieces = (text: string) =>
  piecesOf(readDeclared({ files: { ...EMAIL, 'sign-up/body.html': text } }), `${SIGN_UP}/0/any.email.json`, 'html');

test('the public sources are those of the wire', () => {
  expect(Object.values(CustomMessageSource)).toEqual(MESSAGE_SOURCES);
});

test('a directory and the app’s own texts become one index and one file a text', () => {
  const { wire, findings } = readDeclared({
    files: {
      ...EMAIL,
      'sign-up/de/sms.txt': 'Ihr Code: {{code}}\n',
      'sign-up/gold/DE_at/sms.txt': 'Servus! {{code}}',
      'admin-create-user/sms.txt': '{{username}} {{code}}',
    },
    variants: { gold: { when: { tier: 'gold' }, whenOneOf: { campaign: ['b', 'a'] } } },
    inline: [{ when: { tier: 'gold' }, sms: 'Gold: {{code}}' }],
    metadata: [
      MetadataKey.of('tier', { maxLength: 10, pattern: '[a-z]+' }),
      MetadataKey.oneOf('campaign', ['a', 'b']),
      MetadataKey.of('lang'),
    ],
    localeKey: 'lang',
    defaultLocale: 'de_at',
  });
  expect(findings).toEqual([]);
  expect(wire).toEqual({
    'index.json': {
      metadata: {
        campaign: { maxLength: 1, values: ['a', 'b'] },
        lang: { maxLength: 64 },
        tier: { maxLength: 10, pattern: '[a-z]+' },
      },
      localeKey: 'lang',
      defaultLocale: 'de-AT',
      sources: {
        CustomMessage_SignUp: [
          {
            name: 'gold',
            when: { campaign: ['a', 'b'], tier: ['gold'] },
            texts: { sms: { 'de-at': 'CustomMessage_SignUp/0/de-at.sms.json' } },
          },
          { when: { tier: ['gold'] }, texts: { sms: { '': 'CustomMessage_SignUp/1/any.sms.json' } } },
          {
            when: {},
            texts: {
              email: { '': 'CustomMessage_SignUp/2/any.email.json' },
              sms: { de: 'CustomMessage_SignUp/2/de.sms.json' },
            },
          },
        ],
        CustomMessage_AdminCreateUser: [
          { when: {}, texts: { sms: { '': 'CustomMessage_AdminCreateUser/0/any.sms.json' } } },
        ],
      },
    },
    'CustomMessage_SignUp/0/de-at.sms.json': { sms: ['Servus! ', ['value', 'code']] },
    'CustomMessage_SignUp/1/any.sms.json': { sms: ['Gold: ', ['value', 'code']] },
    'CustomMessage_SignUp/2/any.email.json': { subject: ['Your code'], html: ['<p>', ['value', 'code'], '</p>'] },
    'CustomMessage_SignUp/2/de.sms.json': { sms: ['Ihr Code: ', ['value', 'code']] },
    'CustomMessage_AdminCreateUser/0/any.sms.json': { sms: [['value', 'username'], ' ', ['value', 'code']] },
  });
});

test('what is not declared is not on the wire', () => {
  const { index } = readDeclared({ inline: [{ sms: '{{code}}' }], metadata: [] });
  expect(Object.keys(index)).toEqual(['metadata', 'sources']);
});

test('the order of the templates does not matter', () => {
  const inline: Declared['inline'] = [
    { locale: 'de', sms: '{{code}}' },
    { locale: 'en', sms: '{{code}}', subject: 'Hi', html: '{{code}}' },
    { when: { tier: 'a', campaign: 'b' }, sms: '{{code}}' },
    { when: { tier: 'b' }, sms: '{{code}}' },
    { when: { tier: 'a' }, sms: '{{code}}' },
  ];
  const metadata = [MetadataKey.of('tier'), MetadataKey.of('campaign')];
  const there = readDeclared({ inline, metadata });
  const back = readDeclared({ inline: [...inline].reverse(), metadata });
  expect(there.findings).toEqual([]);
  expect(JSON.stringify(back.wire)).toBe(JSON.stringify(there.wire));
});

test('only a whole e-mail is an e-mail', () => {
  const { index } = readDeclared({ inline: [{ subject: 'Hi', sms: '{{code}}' }] });
  expect(Object.keys(index.sources[SIGN_UP][0].texts)).toEqual(['sms']);
});

describe('partials', () => {
  const files = {
    'sign-up/sms.txt': '{{> code}}',
    'sign-up/de/sms.txt': '{{> code}}',
    'sign-up/de-AT/sms.txt': '{{> code}}',
    'sign-up/de-CH/sms.txt': '{{> code}}',
    'sign-up/en/sms.txt': '{{> code}}',
    'sign-up/zh-Hant-TW/sms.txt': '{{> code}}',
    'partials/code.txt': 'Code {{code}}',
    'partials/code.html': 'not in an SMS {{code}}',
    'partials/de/code.txt': 'Kode {{code}}',
    'partials/de_at/code.txt': 'Kod {{code}}',
    'partials/zh-hant/code.txt': '{{code}}',
  };

  test('are those of the text’s language, then of its parents, then everybody’s', () => {
    const outcome = readDeclared({ files });
    expect(outcome.findings).toEqual([]);
    const first = (locale: string) => piecesOf(outcome, `${SIGN_UP}/0/${locale}.sms.json`, 'sms')[0];
    expect(
      Object.fromEntries(['any', 'de', 'de-at', 'de-ch', 'en', 'zh-hant-tw'].map((tag) => [tag, first(tag)])),
    ).toEqual({
      any: 'Code ',
      de: 'Kode ',
      'de-at': 'Kod ',
      'de-ch': 'Kode ',
      en: 'Code ',
      'zh-hant-tw': ['value', 'code'],
    });
  });

  test('of partials are looked up in the language of the text', () => {
    const outcome = readDeclared({
      files: {
        'sign-up/de/sms.txt': '{{> outer}}',
        'partials/outer.txt': '{{> inner}} {{code}}',
        'partials/inner.txt': 'Hello',
        'partials/de/inner.txt': 'Hallo',
      },
    });
    expect(piecesOf(outcome, `${SIGN_UP}/0/de.sms.json`, 'sms')).toEqual(['Hallo ', ['value', 'code']]);
  });

  test.each([
    ['within a line', 'Hello {{> p}}, {{code}}', 'one\ntwo\n', ['Hello one\ntwo, ', ['value', 'code']]],
    ['on a line of its own', 'Hello\n  {{> p}}\n{{code}}', 'one\ntwo\n', ['Hello\none\ntwo\n', ['value', 'code']]],
    ['in a section on a line of its own', '{{#clientMetadata.tier}}{{> p}}{{/clientMetadata.tier}}\n{{code}}', 'one\n',
      [['if', 'clientMetadata.tier', ['one\n']], ['value', 'code']]],
    ['with lines that end as on Windows', 'Hello\r\n{{> p}}\r\n{{code}}', 'one\r\n', ['Hello\none\n', ['value', 'code']]],
    ['with a byte-order mark', '{{code}} {{> p}}', '\uFEFFone', [['value', 'code'], ' one']],
    ['blank, at the start', '{{> p}}\n\n{{> p}}\nHello {{code}}', ' \n', ['Hello ', ['value', 'code']]],
  ])('%s', (_, text, partial, pieces) => {
    expect(smsPieces(text, { 'partials/p.txt': partial })).toEqual(pieces);
  }); // prettier-ignore
});

test.each([
  ['white space around a text', '\n \u00A0Hello {{code}} \r\n\n', ['Hello ', ['value', 'code']]],
  ['comments', '{{! a }}\nHello{{! b }}, {{code}}\n{{!\nc\n}}\n', ['Hello, ', ['value', 'code']]],
  ['a byte-order mark', '\uFEFFHello {{code}}', ['Hello ', ['value', 'code']]],
  ['carriage returns', 'Hello\r\n{{code}}\rBye', ['Hello\n', ['value', 'code'], '\nBye']],
])('%s: gone', (_, text, pieces) => expect(smsPieces(text)).toEqual(pieces));

test('sections keep what stands between', () => {
  expect(
    smsPieces('{{code}} {{#userAttributes.name}}for {{ userAttributes.name }}{{/userAttributes.name}}{{^clientMetadata.tier}}!{{/clientMetadata.tier}}'),
  ).toEqual([
    ['value', 'code'],
    ' ',
    ['if', 'userAttributes.name', ['for ', ['value', 'userAttributes.name']]],
    ['unless', 'clientMetadata.tier', ['!']],
  ]); // prettier-ignore
});

test('sections on lines of their own leave no lines', () => {
  expect(smsPieces('{{code}}\n{{#clientMetadata.tier}}\nGold\n{{/clientMetadata.tier}}\nBye')).toEqual([
    ['value', 'code'],
    '\n',
    ['if', 'clientMetadata.tier', ['Gold\n']],
    'Bye',
  ]);
});

describe('format characters and special blanks of an e-mail', () => {
  test.each([
    ['stand as entities', 'a\u200Db\u00ADc\u00A0d\u202Fe\uFEFFf {{code}}', ['a&#8205;b&#173;c&#160;d&#8239;e&#65279;f ', ['value', 'code']]],
    ['also those beyond the first plane', '\u{E0067}{{code}}', ['&#917607;', ['value', 'code']]],
    ['also in a tag', '<p title="a\u00ADb">{{code}}', ['<p title="a&#173;b">', ['value', 'code']]],
    ['also in a section', '{{code}}{{#clientMetadata.tier}}\u200D{{/clientMetadata.tier}}', [['value', 'code'], ['if', 'clientMetadata.tier', ['&#8205;']]]],
    ['also after a style sheet, values and sections', '<style>p{}</style>{{username}}{{#clientMetadata.tier}}x{{/clientMetadata.tier}}\u200D{{code}}',
      ['<style>p{}</style>', ['value', 'username'], ['if', 'clientMetadata.tier', ['x']], '&#8205;', ['value', 'code']]],
    ['not in a style sheet', '<style>a{content:"\u200D"}</style>\u200D{{code}}', ['<style>a{content:"\u200D"}</style>&#8205;', ['value', 'code']]],
    ['not in a comment', '<!--\u200D-->\u200D{{code}}', ['<!--\u200D-->&#8205;', ['value', 'code']]],
    ['and plain blanks stay', 'a b\tc\nd {{code}}', ['a b\tc\nd ', ['value', 'code']]],
  ])('%s', (_, text, pieces) => expect(htmlPieces(text)).toEqual(pieces)); // prettier-ignore

  test('stay as they are in subjects', () => {
    const outcome = readDeclared({ files: { ...EMAIL, 'sign-up/subject.txt': 'a\u200Db' } });
    expect(piecesOf(outcome, `${SIGN_UP}/0/any.email.json`, 'subject')).toEqual(['a\u200Db']);
  });
});

describe('the longest that a text could get', () => {
  const tier = (maxLength: number) => ({ metadata: [MetadataKey.of('tier', { maxLength })] });
  const tooLong = (declared: Omit<Declared, 'inline'>, text: string) =>
    readDeclared({ inline: [{ sms: text }], ...declared }).tooLong;
  const at = (length: number) => [`${SIGN_UP}, for any ClientMetadata, sms: up to ${length} characters`];

  test('counts a key by its maxLength', () => {
    expect(tooLong(tier(134), '{{code}}{{clientMetadata.tier}}')).toEqual([]);
    expect(tooLong(tier(135), '{{code}}{{clientMetadata.tier}}')).toEqual(at(141));
  });

  test('counts a custom attribute by its maxLength, and never by more than a message shows', () => {
    const lengths = (length: number | undefined) => ({ customAttributes: { 'custom:plan': length } });
    const text = '{{code}}{{userAttributes.custom:plan}}';
    expect(tooLong(lengths(134), text)).toEqual([]);
    expect(tooLong(lengths(135), text)).toEqual(at(141));
    expect(tooLong(lengths(2048), text)).toEqual(at(262));
    expect(tooLong(lengths(undefined), text)).toEqual([]);
  });

  test('takes 64 characters for what nobody has declared', () => {
    expect(tooLong({}, `${'x'.repeat(70)}{{code}}{{username}}`)).toEqual([]);
    expect(tooLong({}, `${'x'.repeat(71)}{{code}}{{username}}`)).toEqual(at(141));
    expect(tooLong({}, `${'x'.repeat(71)}{{code}}{{userAttributes.name}}`)).toEqual(at(141));
  });

  test('counts the longer side of a section, and both sections of different variables', () => {
    const section = (name: string, text: string, other: string) =>
      `{{#clientMetadata.${name}}}${text}{{/clientMetadata.${name}}}{{^clientMetadata.${name}}}${other}{{/clientMetadata.${name}}}`;
    expect(tooLong({}, `{{code}}${section('tier', 'x'.repeat(134), 'y'.repeat(134))}`)).toEqual([]);
    expect(tooLong({}, `{{code}}${section('tier', 'x'.repeat(9), 'y'.repeat(135))}`)).toEqual(at(141));
    expect(tooLong({}, `{{code}}${section('tier', 'x'.repeat(70), '')}${section('campaign', '', 'y'.repeat(65))}`)).toEqual(at(141));
  }); // prettier-ignore

  test('counts a value of HTML by what escaping may make of it, and names the file', () => {
    const body = (length: number) => ({
      ...tier(100),
      files: { ...EMAIL, 'sign-up/body.html': `${'x'.repeat(length)}{{clientMetadata.tier}}{{code}}` },
    });
    expect(readDeclared(body(19_394)).tooLong).toEqual([]);
    expect(readDeclared(body(19_395)).tooLong).toEqual(['messages/sign-up/body.html:1: up to 20001 characters']);
  });

  test('counts the user name of an invitation by its placeholder', () => {
    const text = `${'x'.repeat(124)}{{code}}{{username}}`;
    expect(readDeclared({ inline: [{ source: CustomMessageSource.ADMIN_CREATE_USER, sms: text }] }).tooLong).toEqual(
      [],
    );
  });
});

test('a variant without texts for everybody is told', () => {
  const { withoutFallback } = readDeclared({
    files: {
      'sign-up/de/sms.txt': '{{code}}',
      'resend-code/de/sms.txt': '{{code}}',
      'resend-code/sms.txt': '{{code}}',
    },
    inline: [{ when: { tier: 'a' }, locale: 'en', sms: '{{code}}' }],
  });
  expect(withoutFallback).toEqual(['messages/sign-up/de', `${SIGN_UP}, when tier is 'a', en`]);
});

test('texts of the default locale, or of its parents, are for everybody', () => {
  const files = { 'sign-up/de/sms.txt': '{{code}}' };
  expect(readDeclared({ files, defaultLocale: 'de_AT' }).withoutFallback).toEqual([]);
  expect(
    readDeclared({ files: { 'sign-up/de-AT/sms.txt': '{{code}}' }, defaultLocale: 'de' }).withoutFallback,
  ).toHaveLength(1);
});

test('an e-mail for everybody does not stand in for an SMS', () => {
  const files = { ...EMAIL, 'sign-up/de/sms.txt': '{{code}}' };
  expect(readDeclared({ files }).withoutFallback).toEqual(['messages/sign-up']);
});
