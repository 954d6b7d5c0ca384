import { symlinkSync } from 'node:fs';
import * as path from 'node:path';
import { CustomMessageSource, MetadataKey } from '../../../../lib';
import type { Declared } from './read-declaration';

/** A declaration that looks like a mistake and is none. */
export interface GoodDeclaration extends Declared {
  readonly title: string;
}

const EMAIL = { 'sign-up/subject.txt': 'Your code', 'sign-up/body.html': '<p>{{code}}</p>' };
const code = '{{code}}';

const sms = (title: string, text: string, rest: Declared = {}): GoodDeclaration => ({
  title: `SMS: ${title}`,
  files: { 'sign-up/sms.txt': text },
  ...rest,
});
const html = (title: string, text: string, rest: Declared = {}): GoodDeclaration => ({
  title: `body: ${title}`,
  files: { ...EMAIL, 'sign-up/body.html': text },
  ...rest,
});
const subject = (title: string, text: string): GoodDeclaration => ({
  title: `subject: ${title}`,
  files: { ...EMAIL, 'sign-up/subject.txt': text },
});
const directory = (title: string, files: Declared['files'], rest: Declared = {}): GoodDeclaration => ({
  title: `directory: ${title}`,
  files,
  ...rest,
});
const inline = (title: string, templates: Declared['inline'], rest: Declared = {}): GoodDeclaration => ({
  title: `in the app: ${title}`,
  inline: templates,
  ...rest,
});

const keys = (...names: string[]): MetadataKey[] => names.map((name) => MetadataKey.of(name));

/** A newsletter's markup as many a tool writes it. */
const NEWSLETTER = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/><title>Your code</title>
<!--[if mso]><xml><o:PixelsPerInch>96</o:PixelsPerInch></xml><![endif]-->
<style type="text/css">#outlook a{padding:0}@media only screen and (max-width:480px){.col{width:100%!important}#id{color:#fff}}
a[href^="tel"]{color:inherit}@media{a{b:c}}{#id{d:e}}</style></head>
<body style="margin:0" bgcolor="#FFFFFF"><table border=0 width="100%"><tr><td title="a > b">Dear {{userAttributes.given_name}},</td></tr></table>
<!--[if !mso]><!--><p>Fish &amp; chips &lt; 5 &euro;, isn't "it"? 1 < 2</p><!--<![endif]-->
<img src="https://example.com/?a=1&b=2" alt=""><br/><h1>{{code}}</h1>
{{#clientMetadata.campaign}}<p>You follow {{clientMetadata.campaign}}.</p>{{/clientMetadata.campaign}}
</body></html>`;

export const goodDeclarations = (): GoodDeclaration[] => [
  sms('the code', 'Your code is {{code}}.'),
  sms('blanks and line breaks in the braces', 'Your code is {{\n code }}.'),
  sms('the shortest', code),
  sms('the longest', `${'x'.repeat(134)}{{code}}`),
  sms('the longest, with white space around it', ` \n${'x'.repeat(134)}{{code}}\r\n\r\n`),
  sms('one side of a section after the other', `{{code}}{{#clientMetadata.tier}}${'x'.repeat(134)}{{/clientMetadata.tier}}{{^clientMetadata.tier}}${'x'.repeat(134)}{{/clientMetadata.tier}}`), // prettier-ignore
  sms('line breaks', 'Your code:\n{{code}}'),
  sms('a byte-order mark', '\uFEFFYour code: {{code}}'),
  sms('blanks and special blanks around it', '\u00A0 {{code}}\u2003\n'),
  sms('emoji and marks', '🎉 e\u0301 {{code}} ❤\uFE0F'),
  sms('comments', '{{! for the\ntranslators: {####} }}{{code}}{{!}}'),
  sms('a comment on what is no variable', '{{code}} {{! {{name }}'),
  sms('the code in a link', 'https://example.com/?c={{code}}'),
  sms('a link of its own', '{{code}} at https://example.com/, {{username}}'),
  sms('the end of a sentence after a value', 'Hello {{username}}. Your code is {{code}}.'),
  sms('the user name in a section', '{{^userAttributes.name}}Hello {{username}}{{/userAttributes.name}} {{code}}'),
  sms('sections one after the other', '{{code}}{{#clientMetadata.tier}}a{{/clientMetadata.tier}}{{#clientMetadata.campaign}}b{{/clientMetadata.campaign}}'), // prettier-ignore
  sms('an empty section', '{{code}}{{#clientMetadata.tier}}{{/clientMetadata.tier}}'),
  sms('single braces', '{{code}} {name} { username! } {#} }} {code}'),
  sms('a value between brackets, which are no tag there', 'Hello <{{username}}> <!--{{code}}'),
  sms('an encoded word, which no SMS has', '{{code}} =?utf-8?Q?x?='),
  sms('metadata with dash, colon and letters outside ASCII', '{{code}} {{clientMetadata.my-key_1:größe}}', {
    metadata: keys('my-key_1:größe'),
  }),
  sms('a key by the name of a method', '{{code}} {{clientMetadata.constructor}}', { metadata: keys('constructor') }),
  ...['given_name', 'phone_number', 'sub', 'locale', 'name', 'updated_at', 'cognito:user_status', 'custom:größe', `custom:${'x'.repeat(25)}`].map((name) =>
    sms(`the attribute ${name}`, `{{code}} {{userAttributes.${name}}}`),
  ), // prettier-ignore
  sms('a custom attribute of the pool', '{{code}} {{userAttributes.custom:tenant}}', {
    customAttributes: { 'custom:tenant': undefined },
  }),
  subject('a value', 'Welcome to {{clientMetadata.campaign}}'),
  subject('the user name', 'Welcome, {{username}}'),
  subject('the user name in a section', 'Welcome{{#clientMetadata.tier}}, {{username}}{{/clientMetadata.tier}}'),
  subject('the longest', 'x'.repeat(140)),
  subject('one character', 'x'),
  subject('a value alone', '{{username}}'),
  subject('a section alone', '{{#clientMetadata.tier}}Gold{{/clientMetadata.tier}}'),
  subject('white space around it', '\n\n Your code \r\n'),
  subject('a comment on a line of its own', '{{! short! }}\nYour code\n{{! so }}'),
  subject('question and equals signs', 'Why = what ? ?='),
  html('what a newsletter tool writes', NEWSLETTER),
  html('a full page at the limit', `${'x'.repeat(19_994)}{{code}}`),
  html('a link', '<p>{{link}}</p>'),
  html('a link and the code', '<p>{{link}} or {{code}}</p>'),
  html('format characters and special blanks, which become entities', '<p title="a\u00ADb">\u200D \u00A0\u202F\u{E0067}</p>{{code}}'), // prettier-ignore
  html('a byte-order mark in its midst', `<p>\uFEFF{{code}}</p>`),
  html('a section around whole tags', '{{#clientMetadata.tier}}<p>{{clientMetadata.tier}}</p>{{/clientMetadata.tier}}{{code}}'), // prettier-ignore
  html(
    'a section in a script of its own',
    '{{#clientMetadata.tier}}<style>p{}</style>{{/clientMetadata.tier}}{{code}}',
  ),
  html('a value after a bracket that opens nothing', '1 < {{username}} {{code}}'),
  html('values beside tags', '<b>{{username}}</b>{{code}}<br>{{username}}'),
  html('text in a title', '<title>Your code</title>{{code}}'),
  {
    title: 'an invitation',
    files: {
      'admin-create-user/subject.txt': 'Hello',
      'admin-create-user/body.html': '{{username}} {{code}}',
      'admin-create-user/sms.txt': '{{username}}, {{code}}',
    },
  },
  {
    title: 'links of the e-mails that Cognito offers them for',
    files: { 'resend-code/subject.txt': 'Hello', 'resend-code/body.html': '{{link}}' },
  },
  directory('every occasion', Object.fromEntries(
    ['sign-up', 'resend-code', 'forgot-password', 'update-user-attribute', 'verify-user-attribute', 'authentication'].map(
      (source) => [`${source}/sms.txt`, code],
    ),
  )), // prettier-ignore
  directory('files that are no business of ours', {
    ...EMAIL, 'README.md': '', '.DS_Store': '', '.git/config': '', 'sign-up/NOTES.md': '{{', 'sign-up/.body.html.swp': '{{', 'partials/.x': '',
  }), // prettier-ignore
  directory('e-mail and SMS in different languages', {
    ...EMAIL, 'sign-up/sms.txt': code, 'sign-up/de/sms.txt': code, 'sign-up/pt-BR/sms.txt': code, 'sign-up/zh-Hant/sms.txt': code,
    'sign-up/es-419/sms.txt': code, 'sign-up/de_AT/sms.txt': code, 'sign-up/SR-latn-rs/sms.txt': code,
  }), // prettier-ignore
  directory('one language in two spellings, of different parts', { 'sign-up/de-AT/sms.txt': code, 'sign-up/de_AT/subject.txt': 'x', 'sign-up/de_AT/body.html': code }), // prettier-ignore
  directory('languages alone', { 'sign-up/de/sms.txt': code, 'sign-up/en/sms.txt': code }),
  directory('a partial that nobody uses, with mistakes', { ...EMAIL, 'partials/old.html': '{{' }),
  directory('partials eight deep', {
    'sign-up/sms.txt': '{{> p1}}',
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`partials/p${n}.txt`, n < 8 ? `{{> p${n + 1}}}` : code])),
  }), // prettier-ignore
  directory('a partial more than once', { 'sign-up/sms.txt': '{{> a}} {{> a}}{{code}}', 'partials/a.txt': '{{> b}}{{> b}}', 'partials/b.txt': 'x' }), // prettier-ignore
  directory('a thousand partials', { 'sign-up/sms.txt': `{{code}}${'{{> p}}'.repeat(1_000)}`, 'partials/p.txt': '' }),
  directory('a partial by a name with dots and dashes', { 'sign-up/sms.txt': '{{> my-code.v2}}', 'partials/my-code.v2.txt': code }), // prettier-ignore
  directory('a section on what a partial says', {
    'sign-up/sms.txt': '{{code}}{{#clientMetadata.tier}}{{> p}}{{/clientMetadata.tier}}', 'partials/p.txt': '{{clientMetadata.tier}}',
  }), // prettier-ignore
  directory('folders and files that are links', {}, {
    inline: [{ sms: code }],
    prepare: (made) => symlinkSync(made, path.join(made, '.self')),
  }), // prettier-ignore
  directory('a variant with languages', { 'sign-up/sms.txt': code, 'sign-up/gold/sms.txt': code, 'sign-up/gold/de/sms.txt': code }, {
    variants: { gold: { when: { tier: 'gold' } } },
  }), // prettier-ignore
  directory('a variant by the name of a folder of ours', { 'sign-up/partials/sms.txt': code, 'sign-up/sign-up/sms.txt': code }, {
    variants: { partials: { when: { tier: 'a' } }, 'sign-up': { when: { tier: 'b' } } },
  }), // prettier-ignore
  html('a comment, a style sheet and a quote that end', '<!-- a --><style>p{}</style><p title="x">{{code}}</p>'),
  html('a bare < at the end', '<p>{{code}} 1 <</p>'),
  directory('texts beside those of the app', EMAIL, { inline: [{ sms: code }] }),
  inline('a partial of the directory', [{ sms: '{{> code}}' }], { files: { 'partials/code.txt': code } }),
  inline('a partial in the language of the text', [{ locale: 'de_at', sms: '{{> code}}' }], { files: { 'partials/de/code.txt': code } }), // prettier-ignore
  inline('a default by the fall-back of its region', [{ locale: 'de', sms: code }], { defaultLocale: 'de-AT' }),
  inline('a default as POSIX writes it', [{ locale: 'de', sms: code }], { defaultLocale: 'de_AT' }),
  inline('a default that a condition asks for', [{ when: { tier: 'a' }, locale: 'de', sms: code }], {
    defaultLocale: 'de',
  }),
  inline('a key for locales', [{ sms: code }], { metadata: keys('lang'), localeKey: 'lang' }),
  inline('no texts, but partials of a directory that is wrong anyway', [{ sms: code }], { files: {} }),
  inline('one text for two occasions', [{ sms: code }, { source: CustomMessageSource.RESEND_CODE, sms: code }]),
  inline('an e-mail beside an SMS', [{ subject: 'x', html: code }, { sms: code }]),
  inline('conditions on one key', [
    { when: { tier: 'a' }, sms: code },
    { when: { tier: 'b' }, sms: code },
  ]),
  inline('lists without a common value', [
    { whenOneOf: { tier: ['a', 'b'] }, sms: code },
    { whenOneOf: { tier: ['c', 'd'] }, sms: code },
  ]),
  inline('a value beside a list with it', [{ whenOneOf: { tier: ['a', 'b'] }, sms: code }, { when: { tier: 'a' }, sms: code }]), // prettier-ignore
  inline('one key shared with other values', [{ when: { tier: 'a', x: '1' }, sms: code }, { when: { tier: 'b', y: '1' }, sms: code }], {
    metadata: keys('tier', 'x', 'y'),
  }), // prettier-ignore
  inline('more keys and fewer', [{ sms: code }, { when: { tier: 'a' }, sms: code }, { when: { tier: 'a', campaign: 'b' }, sms: code }]), // prettier-ignore
  inline('two that could tie, of different channels', [
    { when: { tier: 'a' }, sms: code },
    { when: { campaign: 'a' }, subject: 'x', html: code },
  ]),
  inline('two that could tie, of different occasions', [
    { when: { tier: 'a' }, sms: code },
    { source: CustomMessageSource.RESEND_CODE, when: { campaign: 'a' }, sms: code },
  ]),
  inline('two that a third settles', [
    { when: { tier: 'a' }, sms: code },
    { when: { campaign: 'a' }, sms: code },
    { when: { tier: 'a', campaign: 'a' }, sms: code },
  ]),
  inline('two that a third settles with the default language', [
    { when: { tier: 'a' }, sms: code },
    { when: { campaign: 'a' }, sms: code },
    { when: { tier: 'a', campaign: 'a' }, locale: 'de', sms: code },
  ], { defaultLocale: 'de-AT' }), // prettier-ignore
  inline('two whose channels are settled by a third and a fourth', [
    { when: { tier: 'a' }, subject: 'x', html: code, sms: code },
    { when: { campaign: 'a' }, subject: 'x', html: code, sms: code },
    { when: { tier: 'a' }, whenOneOf: { campaign: ['a', 'b'] }, sms: code },
    { when: { tier: 'a', campaign: 'a' }, subject: 'x', html: code },
  ]),
  inline('two whose values are settled one by one', [
    { whenOneOf: { tier: ['a', 'b'] }, sms: code },
    { whenOneOf: { campaign: ['a', 'b'] }, sms: code },
    { when: { tier: 'a' }, whenOneOf: { campaign: ['a', 'b'] }, sms: code },
    { when: { tier: 'b', campaign: 'a' }, sms: code },
    { when: { tier: 'b', campaign: 'b' }, sms: code },
  ]),
  inline('a value of the list, of the longest, of the pattern', [{ when: { a: 'x', b: 'yyy', c: 'gold' }, sms: code }], {
    metadata: [MetadataKey.oneOf('a', ['x']), MetadataKey.of('b', { maxLength: 3 }), MetadataKey.of('c', { pattern: 'gold|blue' })],
  }), // prettier-ignore
  inline('keys at their limits', [{ sms: code }], {
    metadata: [
      MetadataKey.of('x'.repeat(128), { maxLength: 256 }),
      MetadataKey.of('a', { maxLength: 1 }),
      MetadataKey.oneOf('b', ['x'.repeat(256)]),
      MetadataKey.of('c.d e', { pattern: '\\p{L}+-?[a-z]{0,3}' }),
      MetadataKey.of('constructor'),
    ],
  }),
];
