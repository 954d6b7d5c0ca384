import { mkdirSync, symlinkSync } from 'node:fs';
import * as path from 'node:path';
import { Lazy, Token } from 'aws-cdk-lib';
import { CustomMessageSource, MetadataKey } from '../../../../lib';
import type { Declared } from './read-declaration';

/** A mistake, and all that synth has to say of it: to the letter, or by what it must hold. */
export interface BadDeclaration extends Declared {
  readonly title: string;
  readonly findings: readonly (string | RegExp)[];
}

const EMAIL = { 'sign-up/subject.txt': 'Your code', 'sign-up/body.html': '<p>{{code}}</p>' };
const LACKS_CODE = 'lacks {{code}}, which every message must hold: put it where the code shall stand';
const LACKS_NAME =
  'lacks {{username}}, which an invitation must hold beside the code: put it where the user name shall stand';
const LITERAL_CODE = 'holds a literal placeholder of Cognito ({####} or {##…##}), which may change: write {{code}}';
const LITERAL_NAME = 'holds the literal placeholder {username}, which may change: write {{username}}';
const KNOWN = 'write {{code}}, {{username}}, {{link}}, {{clientMetadata.KEY}} or {{userAttributes.NAME}}';
const ADDRESS = 'is part of a web or e-mail address, which mail clients link: part them by a blank';
const NO_LANGUAGE = 'is no language (BCP 47, such as de or de-AT): correct it';
const UNKNOWN_TOKEN =
  'holds a token that is known only at deployment, when nothing can check it: write the text out, or send the value as ClientMetadata';
const NESTED = 'stands in the folder of a language, which holds files alone:';

/** A finding on a line of the one text that a row is about. */
type OnLine = readonly [line: number, finding: string];

/** The text of sign-up/sms.txt, and what is wrong with it. */
const sms = (title: string, text: string, ...findings: OnLine[]): BadDeclaration => ({
  title: `SMS: ${title}`,
  files: { 'sign-up/sms.txt': text },
  findings: findings.map(([line, finding]) => `messages/sign-up/sms.txt:${line}: ${finding}`),
});

/** The text of sign-up/body.html. */
const html = (title: string, text: string, ...findings: OnLine[]): BadDeclaration => ({
  title: `body: ${title}`,
  files: { ...EMAIL, 'sign-up/body.html': text },
  findings: findings.map(([line, finding]) => `messages/sign-up/body.html:${line}: ${finding}`),
});

/** The text of sign-up/subject.txt. */
const subject = (title: string, text: string, ...findings: OnLine[]): BadDeclaration => ({
  title: `subject: ${title}`,
  files: { ...EMAIL, 'sign-up/subject.txt': text },
  findings: findings.map(([line, finding]) => `messages/sign-up/subject.txt:${line}: ${finding}`),
});

const directory = (
  title: string,
  files: Declared['files'],
  findings: readonly (string | RegExp)[],
  rest: Omit<Declared, 'files'> = {},
): BadDeclaration => ({ title: `directory: ${title}`, files, findings, ...rest });

const inline = (
  title: string,
  templates: NonNullable<Declared['inline']>,
  findings: readonly (string | RegExp)[],
  rest: Omit<Declared, 'inline'> = {},
): BadDeclaration => ({ title: `in the app: ${title}`, inline: templates, findings, ...rest });

const inside = (name: string, place: string): string =>
  `{{${name}}} ${name.startsWith('#') || name.startsWith('^') ? 'begins' : name.startsWith('/') ? 'ends' : 'stands'} inside ${place}, which is not read as text: put it into the text`;

const syntax: BadDeclaration[] = [
  sms('an unclosed variable, found where it opens', 'Hello\nYour code is {{code\nGood bye\n', [
    2,
    '{{code Good bye is not closed: write }} after the name',
  ]),
  sms('an unclosed variable that runs into a closed one', '{{code}}\n{{username\nand {{code}}', [
    2,
    `{{username and {{code}} is not a variable: ${KNOWN}`,
  ]),
  sms('an unclosed section, found where it opens', '{{code}}\n\n{{#clientMetadata.tier}}\nGold\n', [
    3,
    '{{#clientMetadata.tier}} is not closed: write {{/clientMetadata.tier}} where the section ends',
  ]),
  sms('a section that another is closed in', '{{code}}\n{{#clientMetadata.tier}}\nGold\n{{/clientMetadata.teir}}', [
    2,
    '{{#clientMetadata.tier}} is not closed: write {{/clientMetadata.tier}} where the section ends, before {{/clientMetadata.teir}}',
  ]),
  sms('a section that is only closed', '{{code}}\n\n{{/clientMetadata.tier}}', [
    3,
    '{{/clientMetadata.tier}} closes no section: write {{#clientMetadata.tier}} where it begins, or leave it out',
  ]),
  sms('what is not closed right after what is', '{{code}}{{username}}{{#clientMetadata.tier}}{{username', [
    1,
    '{{username is not closed: write }} after the name',
  ]),
  sms(
    'a section that is not closed, after one with blanks in its tags',
    '{{# clientMetadata.tier }}{{code}}{{/clientMetadata.tier}}\n{{#a}}',
    [2, '{{#a}} is not closed: write {{/a}} where the section ends'],
  ),
  sms('a tag that is just short enough to be shown', `{{code}}{{${'x'.repeat(36)}}}`, [
    1,
    `{{${'x'.repeat(36)}}} is not a variable: ${KNOWN}`,
  ]),
  sms('a section whose name holds the words of an error', '{{code}}\n{{#a at 9}}', [
    2,
    '{{#a at 9}} is not closed: write {{/a at 9}} where the section ends',
  ]),
  sms('delimiters that are none', 'Hello\n{{=x=}} {{code}}', [
    2,
    '{{=x=}} changes the delimiters, which messages do not do: keep {{ and }}',
  ]),
  sms('other delimiters', '{{code}}\n{{=<% %>=}}', [
    2,
    '{{=<% %>=}} changes the delimiters, which messages do not do: keep {{ and }}',
  ]),
  sms('other delimiters, and a section that is not closed with them', '{{code}}\n{{=<% %>=}}\n<%#a%>', [
    2,
    '{{=<% %>=}} changes the delimiters, which messages do not do: keep {{ and }}',
  ]),
  sms('triple braces', 'Your code\n{{{code}}}', [
    2,
    '{{{code}}} is a raw form, and a value is always escaped: write two braces and no &',
  ]),
  sms('triple braces that stay open', 'Your code\n{{{code}}', [
    2,
    '{{{code}} is a raw form, and a value is always escaped: write two braces and no &',
  ]),
  sms('the form with an ampersand', '{{code}}\n\n{{& username}}', [
    3,
    '{{& username}} is a raw form, and a value is always escaped: write two braces and no &',
  ]),
  sms(
    'a raw form of what is no variable',
    '{{code}}\n{{& name}}',
    [2, '{{& name}} is a raw form, and a value is always escaped: write two braces and no &'],
    [2, `{{& name}} is not a variable: ${KNOWN}`],
  ),
  ...['name', 'Code', 'clientMetadata', 'clientMetadata.', '', '.', 'resolve:ssm:x', '__proto__', 'user name'].map(
    (name) => sms(`{{${name}}}`, `{{code}}\n{{${name}}}`, [2, `{{${name}}} is not a variable: ${KNOWN}`]),
  ),
  sms('a long stretch between braces is shown in part', `{{code}}\n{{a\n${'long '.repeat(100)}}}`, [
    2,
    `{{a ${'long '.repeat(7)}l… is not a variable: ${KNOWN}`,
  ]),
  sms('a key with a dot', '{{code}}\n{{clientMetadata.a.b}}', [
    2,
    '{{clientMetadata.a.b}} has a dot in the name after clientMetadata, where the template language would split it: use a key without dots',
  ]),
  ...['clientMetadata.a b', `userAttributes.${'x'.repeat(33)}`, 'userAttributes.a/b'].map((name) =>
    sms(`the name ${name}`, `{{code}}\n{{${name}}}`, [
      2,
      `{{${name}`.slice(0, 40) +
        (name.length > 36 ? '…' : '}}') +
        ' has a name that is too long or holds more than letters, digits, _, - and colons: use another key',
    ]),
  ),
  sms('a section on what every message has', '{{code}}\n{{#username}}Hi{{/username}}', [
    2,
    '{{#username}} opens a section on what every message has: sections ask for clientMetadata.KEY or userAttributes.NAME',
  ]),
  sms('a section on the code does not hide the code', '\n{{#code}}{{code}}{{/code}}', [
    2,
    '{{#code}} opens a section on what every message has: sections ask for clientMetadata.KEY or userAttributes.NAME',
  ]),
  sms(
    'a section on what is no variable, and a mistake inside',
    '{{#name}}\n{{nick}} {{code}}\n{{/name}}',
    [1, `{{#name}} is not a variable: ${KNOWN}`],
    [2, `{{nick}} is not a variable: ${KNOWN}`],
  ),
  sms(
    'a section inside another',
    '{{code}}\n{{#clientMetadata.tier}}\n{{^clientMetadata.campaign}}Hi{{/clientMetadata.campaign}}\n{{/clientMetadata.tier}}',
    [3, '{{^clientMetadata.campaign}} opens a section inside another, which nobody can oversee: part them'],
  ),
  sms(
    'sections in sections without end',
    `${'{{#clientMetadata.tier}}\n'.repeat(2_000)}{{code}}${'{{/clientMetadata.tier}}'.repeat(2_000)}`,
    ...Array.from({ length: 8 }, (_, depth): OnLine => [
      depth + 2,
      '{{#clientMetadata.tier}} opens a section inside another, which nobody can oversee: part them',
    ]),
  ),
];

const lines: BadDeclaration[] = [
  sms('after leading blank lines', '\n\n  \n{{code}}\n{{name}}', [5, `{{name}} is not a variable: ${KNOWN}`]),
  sms('after a byte-order mark', '\uFEFF{{code}}\n{{name}}', [2, `{{name}} is not a variable: ${KNOWN}`]),
  sms('after lines that end as on Windows', '\r\n{{code}}\r\n{{name}}\r\n', [
    3,
    `{{name}} is not a variable: ${KNOWN}`,
  ]),
  sms('after lines that end as on an old Macintosh', '{{code}}\r\r{{name}}', [
    3,
    `{{name}} is not a variable: ${KNOWN}`,
  ]),
  sms('after comments', '{{! one }}\n{{!\ntwo\n}}\n{{code}} {####}', [5, LITERAL_CODE]),
  sms('after a comment and blank lines at the start', '{{! one }}\n\n\n{####} {{code}}', [4, LITERAL_CODE]),
  sms('in a text that begins on a later line', '\n\nHello\n{####} {{code}}', [4, LITERAL_CODE]),
  sms('on two lines, each told', '{{code}}\n{####}\n{{username}}\n{####} {####}', [2, LITERAL_CODE], [4, LITERAL_CODE]),
  sms('over a tag of several lines', '{{\ncode\n}}\n{{name}}', [4, `{{name}} is not a variable: ${KNOWN}`]),
  sms('inside a section', '{{code}}\n{{#clientMetadata.tier}}\nHi\n{username}\n{{/clientMetadata.tier}}', [
    4,
    LITERAL_NAME,
  ]),
  html('where a section ends', '{{code}}\n{{#clientMetadata.tier}}\n<a\n{{/clientMetadata.tier}}\n>x', [
    4,
    inside('/clientMetadata.tier', 'a tag'),
  ]),
  inline(
    'the line of a text in the app',
    [{ sms: '\nYour code: {{code}}\r\n{{name}}' }],
    [`CustomMessage_SignUp, for any ClientMetadata, sms line 3: {{name}} is not a variable: ${KNOWN}`],
  ),
  inline(
    'the first line goes without saying',
    [{ sms: '{{code}} {{name}}' }],
    [`CustomMessage_SignUp, for any ClientMetadata, sms: {{name}} is not a variable: ${KNOWN}`],
  ),
  inline(
    'whom a template is for',
    [
      {
        when: { tier: 'gold' },
        whenOneOf: { campaign: ['b', 'a', 'a'] },
        locale: 'de_AT',
        subject: 'Hi',
        html: '{{code}}\n{{x}}',
      },
    ],
    [
      `CustomMessage_SignUp, when campaign is 'a' or 'b' and tier is 'gold', de_AT, html line 2: {{x}} is not a variable: ${KNOWN}`,
    ],
  ),
];

const partials: BadDeclaration[] = [
  directory('a mistake in a partial, told once', {
    'sign-up/sms.txt': '{{> code}}', 'resend-code/sms.txt': '\n{{> code}}', 'partials/code.txt': 'Hello\n{{code}}\n{{name}}\n',
  }, [`messages/partials/code.txt:3: {{name}} is not a variable: ${KNOWN}`]), // prettier-ignore
  directory('a mistake in a partial of a partial', {
    'sign-up/sms.txt': '{{> outer}}', 'partials/outer.txt': '\n{{> inner}}\n', 'partials/inner.txt': '\r\n\r\n{{code}} {####}',
  }, [`messages/partials/inner.txt:3: ${LITERAL_CODE}`]), // prettier-ignore
  directory('a mistake behind a partial', {
    'sign-up/sms.txt': '{{> code}}\n\n{{name}}', 'partials/code.txt': '\n\n\n{{code}}',
  }, [`messages/sign-up/sms.txt:3: {{name}} is not a variable: ${KNOWN}`]), // prettier-ignore
  directory('what begins in a partial and ends in the text', {
    'sign-up/sms.txt': '{{code}}\n{{> brace}}####}', 'partials/brace.txt': 'see\n{\n',
  }, [`messages/partials/brace.txt:2: ${LITERAL_CODE}`]), // prettier-ignore
  directory(
    'a mistake at the very beginning of a partial',
    { 'sign-up/sms.txt': '{{code}} and\n{{> p}}', 'partials/p.txt': '{####}' },
    [`messages/partials/p.txt:1: ${LITERAL_CODE}`],
  ),
  sms('what a comment parts', '{{code}}\n{#{{! so }}###}', [2, LITERAL_CODE]),
  directory('a partial that cannot be read as a template does not make the code missing', {
    'sign-up/sms.txt': '{{> code}}', 'partials/code.txt': '{{code}}\n{{#clientMetadata.tier}}',
  }, ['messages/partials/code.txt:2: {{#clientMetadata.tier}} is not closed: write {{/clientMetadata.tier}} where the section ends']), // prettier-ignore
  directory('a partial that there is not', { 'sign-up/sms.txt': 'Hello\n{{> code}}' }, [
    'messages/sign-up/sms.txt:2: {{> code}} is no partial: make a file partials/code.txt',
  ]),
  directory('the partials that there are, by their names', {
    ...EMAIL, 'sign-up/body.html': '{{> coed}}',
    'partials/code.html': '{{code}}', 'partials/bye.html': 'Bye', 'partials/text.txt': 'x', 'partials/de/german.html': 'x',
  }, ['messages/sign-up/body.html:1: {{> coed}} is no partial: make a file partials/coed.html, or name one of bye, code']), // prettier-ignore
  directory('a partial of another kind', {
    ...EMAIL, 'sign-up/body.html': '{{> code}}', 'partials/code.txt': '{{code}}',
  }, ['messages/sign-up/body.html:1: {{> code}} is no partial: make a file partials/code.html']), // prettier-ignore
  directory('a partial of another language', {
    'sign-up/sms.txt': '{{> code}}', 'sign-up/de/sms.txt': '{{> code}}', 'sign-up/fr/sms.txt': '{{> code}}',
    'partials/de/code.txt': '{{code}}',
  }, [
    'messages/sign-up/sms.txt:1: {{> code}} is no partial: make a file partials/code.txt',
    'messages/sign-up/fr/sms.txt:1: {{> code}} is no partial: make a file partials/code.txt',
  ]), // prettier-ignore
  directory('a partial of a language under its region alone', {
    'sign-up/de/sms.txt': '{{> code}}', 'partials/de-AT/code.txt': '{{code}}',
  }, ['messages/sign-up/de/sms.txt:1: {{> code}} is no partial: make a file partials/code.txt']), // prettier-ignore
  directory('a partial that holds itself', { 'sign-up/sms.txt': '{{> a}}', 'partials/a.txt': '{{code}}\n{{> a}}' }, [
    'messages/partials/a.txt:2: {{> a}} holds itself (a, a): part them',
  ]),
  directory('partials in a circle', {
    'sign-up/sms.txt': '{{> a}}', 'partials/a.txt': '{{> b}}', 'partials/b.txt': '\n{{> a}}',
  }, ['messages/partials/b.txt:2: {{> a}} holds itself (a, b, a): part them']), // prettier-ignore
  directory('partials nine deep', {
    'sign-up/sms.txt': '{{code}}{{> p1}}',
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [`partials/p${n}.txt`, n < 9 ? `{{> p${n + 1}}}` : 'x'])),
  }, ['messages/partials/p8.txt:1: {{> p9}} stands in 8 partials already: flatten them']), // prettier-ignore
  directory('partials that multiply', {
    'sign-up/sms.txt': '{{> p1}}',
    ...Object.fromEntries([1, 2, 3, 4].map((n) => [`partials/p${n}.txt`, n < 4 ? `{{> p${n + 1}}}`.repeat(30) : ''])),
  }, [1, 2, 3].map((n) => `messages/partials/p${n}.txt:1: {{> p${n + 1}}} is the text's partial number 1001: use fewer`)), // prettier-ignore
  directory('a section of a partial inside a section', {
    'sign-up/sms.txt': '{{code}}{{#clientMetadata.tier}}{{> p}}{{/clientMetadata.tier}}',
    'partials/p.txt': '\n{{#clientMetadata.campaign}}x{{/clientMetadata.campaign}}',
  }, ['messages/partials/p.txt:2: {{#clientMetadata.campaign}} opens a section inside another, which nobody can oversee: part them']), // prettier-ignore
  inline(
    'a partial without a directory',
    [{ sms: '{{> code}}' }],
    [
      'CustomMessage_SignUp, for any ClientMetadata, sms: {{> code}} is no partial: partials are files of a directory: pass templates: MessageTemplates.fromDirectory(…)',
    ],
  ),
  inline(
    'a mistake in the partial of a text in the app',
    [{ sms: '{{> code}}' }],
    [`messages/partials/code.txt:2: {{name}} is not a variable: ${KNOWN}`],
    { files: { 'partials/code.txt': '{{code}}\n{{name}}' } },
  ),
];

const texts: BadDeclaration[] = [
  sms('no code', 'Hello\nand welcome', [1, LACKS_CODE]),
  html('no code', '<p>Hello</p>', [1, LACKS_CODE]),
  sms('the code in a section alone', '{{#clientMetadata.tier}}\n{{code}}{{/clientMetadata.tier}}', [
    2,
    '{{code}} stands in a section, which not everybody gets to read: put it outside',
  ]),
  html('the link in a section', '{{code}}\n{{^clientMetadata.tier}}\n{{link}}{{/clientMetadata.tier}}', [
    3,
    '{{link}} stands in a section, which not everybody gets to read: put it outside',
  ]),
  directory('an invitation without the user name', { 'admin-create-user/sms.txt': 'Hello\n{{code}}' }, [
    `messages/admin-create-user/sms.txt:1: ${LACKS_NAME}`,
  ]),
  directory('an invitation by e-mail without either', {
    'admin-create-user/subject.txt': 'Hello', 'admin-create-user/body.html': '<p>Hello</p>',
  }, [`messages/admin-create-user/body.html:1: ${LACKS_CODE}`, `messages/admin-create-user/body.html:1: ${LACKS_NAME}`]), // prettier-ignore
  directory('the user name of an invitation in a section', {
    'admin-create-user/sms.txt': '{{code}}\n{{#userAttributes.name}}{{username}}{{/userAttributes.name}}',
  }, ['messages/admin-create-user/sms.txt:2: {{username}} stands in a section, which not everybody gets to read: put it outside']), // prettier-ignore
  ...['code', 'link'].map((name) =>
    subject(`{{${name}}}`, `\nHello {{${name}}}`, [
      2,
      `{{${name}}} is not filled into subjects by Cognito: put it into html alone`,
    ]),
  ),
  subject('the code in a section', 'Hello {{#clientMetadata.tier}}{{code}}{{/clientMetadata.tier}}', [
    1,
    '{{code}} is not filled into subjects by Cognito: put it into html alone',
  ]),
  directory('the user name in the subject of an invitation', {
    'admin-create-user/subject.txt': 'Hello {{username}}', 'admin-create-user/body.html': '{{username}} {{code}}',
  }, ['messages/admin-create-user/subject.txt:1: {{username}} is not filled into subjects by Cognito: put it into html alone']), // prettier-ignore
  sms('a link', '{{code}}\n{{link}}', [
    2,
    '{{link}} is offered by Cognito in the e-mails of SIGN_UP and RESEND_CODE alone: write {{code}}',
  ]),
  ...['forgot-password', 'update-user-attribute', 'verify-user-attribute', 'authentication'].map(
    (source) =>
    directory(`a link in an e-mail of ${source}`, {
      [`${source}/subject.txt`]: 'Hello', [`${source}/body.html`]: '<p>\n{{link}}</p>',
    }, [
      `messages/${source}/body.html:1: ${LACKS_CODE}`,
      `messages/${source}/body.html:2: {{link}} is offered by Cognito in the e-mails of SIGN_UP and RESEND_CODE alone: write {{code}}`,
    ]), // prettier-ignore
  ),
  html('a literal link', '{{code}}\n{##Verify##}', [2, LITERAL_CODE]),
  subject('a literal code', 'Code {####}', [1, LITERAL_CODE]),
  ...['{username}', '{ username }', '{UserName}'].map((literal) =>
    html(`a literal ${literal}`, `{{code}}\n\n${literal}`, [3, LITERAL_NAME]),
  ),
  html('a literal user name over two lines', '{{code}}\n{\nusername}', [2, LITERAL_NAME]),
  subject('a line break', 'Your\ncode\nis here', [1, 'has a line break: write it on one line']),
  subject('a separator of lines', 'Your\u2028code', [1, 'has a line break: write it on one line'], [
    1, 'holds characters that Cognito refuses (U+2028): leave them out, or use a plain blank']), // prettier-ignore
  subject('an encoded word', 'Yes =?utf-8?Q?no?=', [
    1,
    "holds =?, which begins a mail header's encoded word: part the two by a blank",
  ]),
  subject('an encoded word that a comment parts', 'Yes ={{! so }}?', [
    1,
    "holds =?, which begins a mail header's encoded word: part the two by a blank",
  ]),
  sms('a soft hyphen', '{{code}}\na\u00ADb', [
    2,
    'holds characters that Cognito refuses (U+00AD): leave them out, or use a plain blank',
  ]),
  sms(
    'a no-break blank, a joiner and a byte-order mark',
    '{{code}}\na\u00A0b\u200Dc\uFEFFd\u200De\nf\u00A0g',
    [2, 'holds characters that Cognito refuses (U+00A0, U+200D, U+FEFF): leave them out, or use a plain blank'],
    [3, 'holds characters that Cognito refuses (U+00A0): leave them out, or use a plain blank'],
  ),
  html('a control character', '{{code}}\n\u0007', [
    2,
    'holds characters that Cognito refuses (U+0007): write them as HTML entities, such as &#x0007;, or leave them out',
  ]),
  html(
    'a joiner in a style sheet, where an entity means nothing',
    '<style>\na::before{content:"\u200D"}</style>{{code}}',
    [
      2,
      'holds characters that Cognito refuses (U+200D): write them as HTML entities, such as &#x200D;, or leave them out',
    ],
  ),
  html('a joiner in a comment', '<!--\n\u200D-->{{code}}', [
    2,
    'holds characters that Cognito refuses (U+200D): write them as HTML entities, such as &#x200D;, or leave them out',
  ]),
  sms('many control characters', '{{code}} \u0001\u0002\u0003\u0004\u0005\u0006\u0007', [
    1,
    'holds characters that Cognito refuses (U+0001, U+0002, U+0003, U+0004, U+0005 and 2 more): leave them out, or use a plain blank',
  ]),
  sms('five control characters, all named', '{{code}} \u0001\u0002\u0003\u0004\u0005', [
    1,
    'holds characters that Cognito refuses (U+0001, U+0002, U+0003, U+0004, U+0005): leave them out, or use a plain blank',
  ]),
  sms('a character beyond the first plane', '{{code}} \u{E0001}', [
    1,
    'holds characters that Cognito refuses (U+E0001): leave them out, or use a plain blank',
  ]),
  sms('too long by one', `${'x'.repeat(135)}{{code}}`, [
    1,
    'is 141 characters long with its placeholders, and Cognito takes 140 at most: shorten it',
  ]),
  sms('too long with any value', `${'x '.repeat(67)}{{code}}{{clientMetadata.tier}}`, [
    1,
    'is 141 characters long with its placeholders, and Cognito takes 140 at most: shorten it',
  ]),
  sms(
    'too long either way of its sections',
    `{{code}}{{#clientMetadata.tier}}${'x'.repeat(136)}{{/clientMetadata.tier}}{{^clientMetadata.tier}}${'y'.repeat(135)}{{/clientMetadata.tier}}`,
    [1, 'is 141 characters long with its placeholders, and Cognito takes 140 at most: shorten it'],
  ),
  directory('an invitation too long by one, with its placeholders', {
    'admin-create-user/sms.txt': `${'x'.repeat(125)}{{code}}{{username}}`,
  }, ['messages/admin-create-user/sms.txt:1: is 141 characters long with its placeholders, and Cognito takes 140 at most: shorten it']), // prettier-ignore
  subject('too long by one', 'x'.repeat(141), [
    1,
    'is 141 characters long with its placeholders, and Cognito takes 140 at most: shorten it',
  ]),
  html('too long by one', `${'x'.repeat(19_995)}{{code}}`, [
    1,
    'is 20001 characters long with its placeholders, and Cognito takes 20000 at most: shorten it',
  ]),
  html('too long through the entities that it needs', `${'x'.repeat(19_988)}\u200D{{code}}`, [
    1,
    'is 20001 characters long with its placeholders, and Cognito takes 20000 at most: shorten it',
  ]),
  sms('no code, while a value may make it long enough', 'Hi {{username}}', [1, LACKS_CODE]),
  sms('too short', 'abc', [1, LACKS_CODE], [1, 'is too short (3), and Cognito wants 6 at least: write more']),
  ...['', '  \n\t', '{{! nothing }}\n'].map((text) =>
    subject(`blank: ${JSON.stringify(text)}`, text, [1, 'is blank: write something, or leave it out']),
  ),
  sms('blank', '\n', [1, LACKS_CODE], [1, 'is blank: write something, or leave it out']),
  ...['email', 'picture', 'profile', 'website'].map((name) =>
    sms(`the address ${name}`, `{{code}}\n{{userAttributes.${name}}}`, [
      2,
      `{{userAttributes.${name}}} is an address, which mail clients link and messages never repeat: leave it out`,
    ]),
  ),
  sms('a value after a host', '{{code}}\nhttps://example.com/{{username}}', [2, `{{username}} ${ADDRESS}`]),
  html('a value as subdomain', '<p>{{code}}\n{{clientMetadata.tier}}.example.com</p>', [
    2,
    `{{clientMetadata.tier}} ${ADDRESS}`,
  ]),
  subject('a value as mailbox', '{{username}}@example.com', [1, `{{username}} ${ADDRESS}`]),
  sms(
    'two values around a dot',
    '{{code}} {{username}}.{{clientMetadata.tier}} and {{clientMetadata.tier}}',
    [1, `{{username}} ${ADDRESS}`],
    [1, `{{clientMetadata.tier}} ${ADDRESS}`],
  ),
  sms('a value, a dot and the code', '{{code}}\n{{username}}.{{code}}', [2, `{{username}} ${ADDRESS}`]),
  html('a quote that is missing', '<p>{{code}}</p>\n<p>\n<a href="https://blue.example>to Blue</a>\n</p>', [
    3,
    'a tag that begins here never ends, and takes the rest of the e-mail with it: close it',
  ]),
  html('a comment that does not end', '<p>{{code}}</p>\n<!-- for translators >\n<p>more</p>', [
    2,
    'a comment that begins here never ends, and takes the rest of the e-mail with it: close it',
  ]),
  html('a style sheet that does not end', '<p>{{code}}</p>\n<style>p{}', [
    2,
    '<style> that begins here never ends, and takes the rest of the e-mail with it: close it',
  ]),
  sms('a character that was lost', '{{code}}\nGr\uFFFD\uFFFDe', [
    2,
    'holds U+FFFD, which stands for a character that was lost: write it again, and save the file as UTF-8',
  ]),
  html('a dot written as an entity', '<p>{{code}}\n{{username}}&#46;com</p>', [2, `{{username}} ${ADDRESS}`]),
  html('a dot in a tag of its own', '<p>{{code}}\n{{username}}<b>.</b>com</p>', [2, `{{username}} ${ADDRESS}`]),
  sms('an address that a section makes', '{{code}}\n{{username}}{{#clientMetadata.tier}}.com{{/clientMetadata.tier}}', [
    2,
    `{{username}} ${ADDRESS}`,
  ]),
  sms(
    'an address that is there without a value',
    '{{code}}\n{{username}}{{^clientMetadata.tier}}.com{{/clientMetadata.tier}}',
    [2, `{{username}} ${ADDRESS}`],
  ),
  sms('an undeclared key', '{{code}}\n{{clientMetadata.team}}', [
    2,
    "{{clientMetadata.team}} is not declared: add MetadataKey.of('team') to the trigger's metadata",
  ]),
  sms('an undeclared key of a section', '{{code}}\n{{#clientMetadata.team}}x{{/clientMetadata.team}}', [
    2,
    "{{clientMetadata.team}} is not declared: add MetadataKey.of('team') to the trigger's metadata",
  ]),
  sms(
    'an undeclared key inside a section',
    '{{code}}\n{{#clientMetadata.tier}}\n{{clientMetadata.team}}{{/clientMetadata.tier}}',
    [3, "{{clientMetadata.team}} is not declared: add MetadataKey.of('team') to the trigger's metadata"],
  ),
  ...([['givenName', 'given_name'], ['fullname', 'name'], ['plan', 'custom:plan'], ['timezone', 'zoneinfo']] as const).map(([name, meant]) =>
    sms(`the attribute ${name}`, `{{code}}\n{{userAttributes.${name}}}`, [
      2,
      `{{userAttributes.${name}}} is no attribute by Cognito's names: write {{userAttributes.${meant}}}`,
    ]),
  ), // prettier-ignore
  {
    ...sms('a custom attribute that the pool does not have', '{{code}}\n{{userAttributes.custom:team}}', [
      2,
      "{{userAttributes.custom:team}} is unknown to the user pool's schema: add it to the pool's customAttributes, or correct the name",
    ]),
    customAttributes: { 'custom:tenant': undefined },
  },
];

const places: BadDeclaration[] = [
  ...([
    ['a quoted attribute', '<a title="{{username}}">x</a>', 'username', 'a tag'],
    ['a link', '<a href="https://example.com/?c={{code}}">x</a>', 'code', 'a tag'],
    ['a link around a link', '<a href="{{link}}">x</a>', 'link', 'a tag'],
    ['an unquoted attribute', '<a title={{username}}>x</a>', 'username', 'a tag'],
    ['the name of an attribute', '<a {{username}}>x</a>', 'username', 'a tag'],
    ['the name of a tag', '<{{username}}>x', 'username', 'a tag'],
    ['a tag that closes', '</{{username}}>', 'username', 'a tag'],
    ['a declaration', '<!{{username}}>', 'username', 'a tag'],
    ['a script', '<script>let x = "{{username}}"</script>', 'username', '<script>'],
    ['a style sheet', '<STYLE>p{color:{{username}} }</STYLE>', 'username', '<style>'],
    ['a title', '<title>{{username}}</title>', 'username', '<title>'],
    ['a comment', '<!-- {{username}} -->', 'username', 'a comment'],
    ['a comment for Outlook', '<!--[if mso]>{{username}}<![endif]-->', 'username', 'a comment'],
    ['a section that begins in a tag', '<a {{#clientMetadata.tier}}>x</a>{{/clientMetadata.tier}}', '#clientMetadata.tier', 'a tag'],
    ['a section after a bracket', '<{{^clientMetadata.tier}}p>{{/clientMetadata.tier}}', '^clientMetadata.tier', 'a tag'],
    ['a section that ends in a comment', '{{#clientMetadata.tier}}<!-- x{{/clientMetadata.tier}} -->', '/clientMetadata.tier', 'a comment'],
  ] as const).map(([title, text, name, place]) => html(`a variable in ${title}`, `{{code}}\n${text}`, [2, inside(name, place)])), // prettier-ignore
  html('every variable of a tag', '{{code}}\n<{{username}}\ntitle="{{clientMetadata.tier}}">', [2, inside('username', 'a tag')], [
    3, inside('clientMetadata.tier', 'a tag')]), // prettier-ignore
  directory('a variable of a partial in the tag around the partial', {
    ...EMAIL, 'sign-up/body.html': '{{code}}\n<a title="{{> name}}">', 'partials/name.html': '\n{{username}}\n',
  }, [`messages/partials/name.html:2: ${inside('username', 'a tag')}`]), // prettier-ignore
];

const folders: BadDeclaration[] = [
  {
    title: 'directory: one that there is not',
    files: EMAIL,
    prepare: (made) => symlinkSync(path.join(made, 'nowhere'), path.join(made, 'sign-up', 'sms.txt')),
    findings: ['messages/sign-up/sms.txt is neither a file nor a folder: remove it'],
  },
  {
    title: 'directory: a link round in circles',
    files: EMAIL,
    prepare: (made) => symlinkSync('partials', path.join(made, 'partials')),
    findings: ['messages/partials is neither a file nor a folder: remove it'],
  },
  {
    title: 'directory: a link to the folder around it',
    files: EMAIL,
    prepare: (made) => symlinkSync('.', path.join(made, 'sign-up', 'de')),
    findings: [`messages/sign-up/de/de ${NESTED} move it out`],
  },
  {
    title: 'directory: a link of the partials to the folder around it',
    files: EMAIL,
    prepare: (made) => {
      mkdirSync(path.join(made, 'partials'));
      symlinkSync('.', path.join(made, 'partials', 'de'));
    },
    findings: [`messages/partials/de/de ${NESTED} move it out`],
  },
  ...['signup', 'Sign-Up', 'CustomMessage_SignUp', 'de', '__proto__'].map((name) =>
    directory(`a folder ${name}`, { ...EMAIL, [`${name}/sms.txt`]: '{{code}}' }, [
      `messages/${name} is no occasion on which Cognito sends a message: name the folder sign-up, admin-create-user, resend-code, forgot-password, update-user-attribute, verify-user-attribute, authentication or partials`,
    ]),
  ),
  directory('a file beside the folders', { ...EMAIL, 'body.html': '{{code}}' }, [
    /^messages\/body\.html is no occasion on which Cognito sends a message: name the folder sign-up,/,
  ]),
  ...['resend-code', 'partials'].map((name) =>
    directory(`${name} as a file`, { ...EMAIL, [name]: '{{code}}' }, [`messages/${name} is a file: make it a folder`]),
  ),
  ...['subject.txt', 'body.html', 'sms.txt'].map((name) =>
    directory(`${name} as a folder`, { 'sign-up/de/sms.txt': '{{code}}', [`sign-up/${name}/x`]: '' }, [
      `messages/sign-up/${name} is a folder: make it a file`,
    ]),
  ),
  ...['body.htm', 'Subject.txt', 'sms.txt~', 'constructor'].map((name) =>
    directory(`a file ${name}`, { ...EMAIL, [`sign-up/${name}`]: '{{code}}' }, [
      `messages/sign-up/${name} is no text of a message: name it subject.txt, body.html, sms.txt`,
    ]),
  ),
  ...['german', 'x', 'de-', 'de-AT-x-y', 'de-1996', 'new-tenant', 'en-USA', 'constructor'].map((name) =>
    directory(
      `a folder ${name} that is neither a language nor declared`,
      { ...EMAIL, [`sign-up/${name}/sms.txt`]: '{{code}}' },
      [
        `messages/sign-up/${name} is neither a language (BCP 47, such as de or de-AT) nor a declared variant: declare the variant in the variants of MessageTemplates.fromDirectory, or name the folder by a language`,
      ],
    ),
  ),
  directory(
    'a folder in a variant that is no language',
    { 'sign-up/gold/german/sms.txt': '{{code}}', 'sign-up/sms.txt': '{{code}}' },
    [
      'messages/sign-up/gold/german is neither a language (BCP 47, such as de or de-AT) nor a declared variant: name the folder by a language',
    ],
    { variants: { gold: { when: { tier: 'gold' } } } },
  ),
  directory(
    'a variant in a language',
    { 'sign-up/de/gold/sms.txt': '{{code}}', 'sign-up/gold/sms.txt': '{{code}}' },
    [`messages/sign-up/de/gold ${NESTED} put the language into the variant (gold/de)`],
    { variants: { gold: { when: { tier: 'gold' } } } },
  ),
  directory('a language in a language', { ...EMAIL, 'sign-up/de/at/sms.txt': '{{code}}' }, [
    `messages/sign-up/de/at ${NESTED} move it out`,
  ]),
  directory('a language in a language of the partials', { ...EMAIL, 'partials/de/at/x.txt': '' }, [
    `messages/partials/de/at ${NESTED} move it out`,
  ]),
  directory('an empty folder', { ...EMAIL, 'resend-code/': '', 'sign-up/de/': '' }, [
    'messages/resend-code is empty: write subject.txt, body.html, sms.txt, or remove it',
    'messages/sign-up/de is empty: write subject.txt, body.html, sms.txt, or remove it',
  ]),
  directory('a partial of another kind of file', { ...EMAIL, 'partials/header.mjml': '' }, [
    'messages/partials/header.mjml is no partial: let its name end with .html or .txt',
  ]),
  directory('partials of what is no language', { ...EMAIL, 'partials/german/header.html': '' }, [
    'messages/partials/german is no language (BCP 47, such as de or de-AT): rename the folder',
  ]),
  directory(
    'one partial twice',
    { ...EMAIL, 'partials/de-AT/a.txt': '', 'partials/de_at/a.txt': '', 'partials/de_at/b.txt': '' },
    ['messages/partials/de_at/a.txt: says what messages/partials/de-AT/a.txt says already: leave one out'],
  ),
  directory('one language twice', { 'sign-up/de-AT/sms.txt': '{{code}}', 'sign-up/de_at/sms.txt': '{{code}}' }, [
    'messages/sign-up/de_at: says what messages/sign-up/de-AT says already: leave one out',
  ]),
  directory(
    'a text that is not UTF-8',
    { ...EMAIL, 'sign-up/body.html': Buffer.from('<p>Gr\u00fc\u00df {{code}}', 'latin1') },
    ['messages/sign-up/body.html is not UTF-8: save it as UTF-8'],
  ),
  directory('a text in UTF-16', { 'sign-up/sms.txt': Buffer.from('\uFEFF{{code}}', 'utf16le') }, [
    'messages/sign-up/sms.txt is not UTF-8: save it as UTF-8',
  ]),
  directory('a partial that is not UTF-8, with the code in it', {
    'sign-up/sms.txt': '{{> code}}', 'partials/code.txt': Buffer.from([0x7b, 0xff, 0xfe]),
  }, ['messages/partials/code.txt is not UTF-8: save it as UTF-8']), // prettier-ignore
  directory('html without a subject', { 'sign-up/body.html': '{{code}}' }, [
    'messages/sign-up: has body.html but no subject.txt, and an e-mail is sent with both or neither: add the subject',
  ]),
  directory('a subject without html', { ...EMAIL, 'sign-up/de/subject.txt': 'Hallo' }, [
    'messages/sign-up/de: has subject.txt but no body.html, and an e-mail is sent with both or neither: add the body',
  ]),
  directory('no text at all', { 'partials/code.txt': '{{code}}', 'README.md': '' }, [
    'has no templates, so Cognito sends its own messages: pass templates, call addTemplate(), or leave the construct out',
  ]),
  directory(
    'a variant without a folder',
    EMAIL,
    ["the variant 'gold' has no folder in messages: make one, or leave the variant out"],
    {
      variants: { gold: { when: { tier: 'gold' } } },
    },
  ),
  directory(
    'a variant with the name of a language',
    { ...EMAIL, 'sign-up/pro/sms.txt': '{{code}}' },
    ["the variant 'pro' has the name of a language, and a folder could be taken for one: rename it"],
    { variants: { pro: { when: { tier: 'pro' } } } },
  ),
  directory('a variant whose condition is wrong, told once', {
    'sign-up/vips/sms.txt': '{{code}}', 'sign-up/vips/de/sms.txt': '{{code}}', 'resend-code/vips/sms.txt': '{{code}}',
  }, ["the variant 'vips': when 'team' is not declared: add MetadataKey.of('team') to the trigger's metadata"], {
    variants: { vips: { when: { team: 'a' } } },
  }), // prettier-ignore
  directory(
    'a variant with a token',
    { 'sign-up/vips/sms.txt': '{{code}}' },
    [
      "the variant 'vips': when 'tier' is not a string known at synthesis, as all ClientMetadata is one: write it out, or leave the key out",
    ],
    { variants: { vips: { when: { tier: Token.asString({ Ref: 'Tier' }) } } } },
  ),
  directory(
    'two variants for the same',
    { 'sign-up/gold/sms.txt': '{{code}}', 'sign-up/vips/sms.txt': '{{code}}' },
    ['messages/sign-up/vips: says what messages/sign-up/gold says already: leave one out'],
    { variants: { gold: { when: { tier: 'gold' } }, vips: { whenOneOf: { tier: ['gold'] } } } },
  ),
  directory(
    'a variant for everybody',
    { ...EMAIL, 'sign-up/all/sms.txt': '{{code}}' },
    [
      "the variant 'all': is for whatever ClientMetadata arrives, as the folder around it is: name a key in when or whenOneOf",
    ],
    { variants: { all: {} } },
  ),
  directory(
    'two variants that could tie',
    { 'sign-up/gold/sms.txt': '{{code}}', 'sign-up/spring/de/sms.txt': '{{code}}' },
    [
      'CustomMessage_SignUp: the template messages/sign-up/gold and the one messages/sign-up/spring/de could match the same metadata, and neither names more keys: add a key to one of them, or give a key that both name different values',
    ],
    { variants: { gold: { when: { tier: 'gold' } }, spring: { when: { campaign: 'spring' } } } },
  ),
];

const tied = (one: string, other: string): string =>
  `CustomMessage_SignUp: the template CustomMessage_SignUp, ${one} and the one CustomMessage_SignUp, ${other} could match the same metadata, and neither names more keys: add a key to one of them, or give a key that both name different values`;

const code = '{{code}}';
const ANY = 'CustomMessage_SignUp, for any ClientMetadata';

const declarations: BadDeclaration[] = [
  inline(
    'nothing',
    [],
    [
      'has no templates, so Cognito sends its own messages: pass templates, call addTemplate(), or leave the construct out',
    ],
  ),
  inline(
    'an occasion that there is not',
    [{ source: 'SignUp' as CustomMessageSource, sms: code }],
    [
      'SignUp, for any ClientMetadata: is no occasion on which Cognito sends a message: name one of CustomMessageSource',
    ],
  ),
  inline('no text', [{}], [`${ANY}: has no text at all: declare subject and html, or sms, or leave the template out`]),
  inline(
    'html without a subject',
    [{ html: code, sms: code }],
    [`${ANY}: has html but no subject, and an e-mail is sent with both or neither: add the subject`],
  ),
  inline(
    'a subject without html',
    [{ subject: 'Hi' }],
    [`${ANY}: has subject but no html, and an e-mail is sent with both or neither: add the body`],
  ),
  inline('a token in a text', [{ sms: { Ref: 'Text' } as never }], [`${ANY}, sms: ${UNKNOWN_TOKEN}`]),
  ...['german', 'x', '', 'de-1996', 'welcome'].map((locale) =>
    inline(
      `the locale ${locale}`,
      [{ locale, sms: code }, { sms: code }],
      [new RegExp(`^CustomMessage_SignUp, for any ClientMetadata(, ${locale})?: locale '${locale}' is no language`)],
    ),
  ),
  inline(
    'a locale that is a token, beside a default',
    [
      { locale: { Ref: 'Locale' } as never, sms: code },
      { locale: 'de', sms: code },
    ],
    [/locale '\[object Object\]' is no language/],
    { defaultLocale: 'de' },
  ),
  inline(
    'the same twice',
    [{ sms: code }, { subject: 'Hi', html: code, sms: code }],
    [`${ANY}: says what ${ANY} says already: leave one out`],
  ),
  inline(
    'one language twice',
    [
      { locale: 'de-at', sms: code },
      { locale: 'de_AT', sms: code },
    ],
    [`${ANY}, de_AT: says what ${ANY}, de-at says already: leave one out`].map((finding) =>
      finding.replace('de_AT', 'de-AT').replace('de-at', 'de-AT'),
    ),
  ),
  inline('the same as a folder', [{ sms: code }], [`${ANY}: says what messages/sign-up says already: leave one out`], {
    files: { 'sign-up/sms.txt': code },
  }),
  inline(
    'a default that nobody speaks',
    [{ locale: 'en', sms: code }, { sms: code }],
    [
      "defaultLocale 'de' is spoken by no template: name one of their locales, or leave it out, since texts without a locale are for everybody else anyhow",
    ],
    { defaultLocale: 'de' },
  ),
  inline(
    'a default that only a region speaks',
    [{ locale: 'de-AT', sms: code }, { sms: code }],
    [
      "defaultLocale 'de' is spoken by no template: name one of their locales, or leave it out, since texts without a locale are for everybody else anyhow",
    ],
    { defaultLocale: 'de' },
  ),
  inline(
    'a default without any locales',
    [{ sms: code }],
    [
      "defaultLocale 'en' is spoken by no template: name one of their locales, or leave it out, since texts without a locale are for everybody else anyhow",
    ],
    { defaultLocale: 'en' },
  ),
  inline('a default that is no language', [{ locale: 'de', sms: code }], [`defaultLocale 'german' ${NO_LANGUAGE}`], {
    defaultLocale: 'german',
  }),
  inline(
    'a key for locales that is not declared',
    [{ sms: code }],
    ["localeKey 'lang' is not declared: add MetadataKey.of('lang', { maxLength: 35 }) to metadata"],
    { localeKey: 'lang' },
  ),

  inline(
    'a condition on an undeclared key',
    [{ when: { team: 'a' }, sms: code }],
    [
      "CustomMessage_SignUp, when team is 'a': when 'team' is not declared: add MetadataKey.of('team') to the trigger's metadata",
    ],
  ),
  inline(
    'a key in when and in whenOneOf',
    [{ when: { tier: 'a' }, whenOneOf: { tier: ['b'] }, sms: code }],
    ["CustomMessage_SignUp, when tier is 'b': 'tier' is named in when and in whenOneOf: name it in one of them"],
  ),
  inline(
    'a key without values',
    [{ whenOneOf: { tier: [] }, sms: code }],
    [
      "CustomMessage_SignUp, when tier is : when 'tier' has no values, so it is never met: name one, or leave the key out",
    ],
  ),
  inline(
    'values that are no list',
    [{ whenOneOf: { tier: { Ref: 'List' } as never }, sms: code }],
    [/: when 'tier' is no list of strings known at synthesis: write them out, or leave the key out$/],
  ),
  inline(
    'values that are a token',
    [{ whenOneOf: { tier: Token.asList({ Ref: 'List' }) }, sms: code }],
    [/: when 'tier' is no list of strings known at synthesis: write them out, or leave the key out$/],
  ),
  ...[1, true, null, { Ref: 'Tier' }, Lazy.string({ produce: () => 'x' })].map((value) =>
    inline(
      `the condition ${JSON.stringify(value)}`,
      [{ when: { tier: value as string }, sms: code }],
      [
        /: when 'tier' is not a string known at synthesis, as all ClientMetadata is one: write it out, or leave the key out$/,
      ],
    ),
  ),
  inline(
    'a value that the list does not let through',
    [{ when: { tier: 'gold' }, sms: code }],
    [
      "CustomMessage_SignUp, when tier is 'gold': when 'tier' is 'gold', which the key's list of values never lets through: correct the one or the other",
    ],
    { metadata: [MetadataKey.oneOf('tier', ['blue', 'teal'])] },
  ),
  inline(
    'a value that is too long for its key',
    [{ whenOneOf: { tier: ['gold', 'tin'] }, sms: code }],
    [
      "CustomMessage_SignUp, when tier is 'gold' or 'tin': when 'tier' is 'gold', which the key's maxLength never lets through: correct the one or the other",
    ],
    { metadata: [MetadataKey.of('tier', { maxLength: 3 })] },
  ),
  inline(
    'a value that only begins as the pattern wants',
    [{ when: { tier: 'gold1' }, sms: code }],
    [
      "CustomMessage_SignUp, when tier is 'gold1': when 'tier' is 'gold1', which the key's pattern never lets through: correct the one or the other",
    ],
    { metadata: [MetadataKey.of('tier', { pattern: '[a-z]+|x' })] },
  ),

  ...([
    ['twice', [MetadataKey.of('a'), MetadataKey.of('a'), MetadataKey.of('a')], "metadata 'a' is declared twice: leave one out"],
    ['the name __proto__', [MetadataKey.of('__proto__')], "metadata '__proto__': the name means something else in a template: choose another key"],
    ['the name Ref', [MetadataKey.of('Ref')], "metadata 'Ref': the name means something else in a template: choose another key"],
    ['no name', [MetadataKey.of('')], "metadata '': the name has 0 characters, and 1 to 128 are allowed: choose another key"],
    ['a long name', [MetadataKey.of('x'.repeat(129))], /: the name has 129 characters, and 1 to 128 are allowed: choose another key$/],
    ['a token for a name', [MetadataKey.of(Token.asString({ Ref: 'Name' }))], /: the name is no string known at synthesis: write it out$/],
    ['a number for a name', [MetadataKey.of(1 as never)], "metadata '1': the name is no string known at synthesis: write it out"],
    ...[0, -1, 1.5, 257, Number.NaN, Token.asNumber({ Ref: 'Length' })].map((maxLength) =>
      [`maxLength ${maxLength}`, [MetadataKey.of('a', { maxLength })], "metadata 'a': values may have from 1 to 256 characters: correct maxLength, or shorten the values"] as const),
    ['a value over 256 characters', [MetadataKey.oneOf('a', ['x'.repeat(257)])], "metadata 'a': values may have from 1 to 256 characters: correct maxLength, or shorten the values"],
    ...['[', '(', 'a{2,1}', '\\-', 'a)|(?:b'].map((pattern) =>
      [`the pattern ${pattern}`, [MetadataKey.of('a', { pattern })], "metadata 'a': the pattern is no regular expression (JavaScript, flag u): correct it"] as const),
    ...['(a+)+', '(x*)*y', '([a-z]+-?)*', '(a|a)*b', '(\\w|\\d)+x', 'a*a*a*b'].map((pattern) =>
      [`the pattern ${pattern}`, [MetadataKey.of('a', { pattern })], "metadata 'a': the pattern has more than one way to match, and a value could keep it busy for minutes: write it in one way, such as [a-z0-9]+(?:-[a-z0-9]+)*"] as const),
    ['a pattern with a named group', [MetadataKey.of('a', { pattern: '(?<year>\\d{4})' })], "metadata 'a': the pattern holds what cannot be checked, such as a named group: write (?:…)"],
    ['no values', [MetadataKey.oneOf('a', [])], "metadata 'a': has no values, so none can ever arrive: name them"],
    ['values that are no list', [MetadataKey.oneOf('a', 'x' as never)], "metadata 'a': has no values, so none can ever arrive: name them"],
    ['a blank value', [MetadataKey.oneOf('a', ['x', ''])], "metadata 'a': a value is blank or no string known at synthesis: write it out"],
    ['a token for a value', [MetadataKey.oneOf('a', [Token.asString({ Ref: 'Value' })])], "metadata 'a': a value is blank or no string known at synthesis: write it out"],
    ['a number for a value', [MetadataKey.oneOf('a', [1 as never])], "metadata 'a': a value is blank or no string known at synthesis: write it out"],
    ['the same mistake twice', [MetadataKey.of('Ref'), MetadataKey.of('Condition')], [
      "metadata 'Ref': the name means something else in a template: choose another key",
      "metadata 'Condition': the name means something else in a template: choose another key",
    ]],
  ] as [string, MetadataKey[], string | RegExp | string[]][]).map(([title, metadata, findings]): BadDeclaration =>
    ({ title: `metadata: ${title}`, inline: [{ sms: code }], metadata, findings: [findings].flat() })), // prettier-ignore

  inline(
    'two keys that say nothing of each other',
    [
      { when: { tier: 'a' }, sms: code },
      { when: { campaign: 'a' }, sms: code },
    ],
    [tied("when tier is 'a'", "when campaign is 'a'")],
  ),
  inline(
    'one shared key and two others',
    [
      { when: { tier: 'a', x: '1' }, sms: code },
      { when: { tier: 'a', y: '1' }, sms: code },
    ],
    [tied("when tier is 'a' and x is '1'", "when tier is 'a' and y is '1'")],
    { metadata: ['tier', 'x', 'y'].map((key) => MetadataKey.of(key)) },
  ),
  inline(
    'lists that overlap',
    [
      { whenOneOf: { tier: ['a', 'b'] }, sms: code },
      { whenOneOf: { tier: ['c', 'b'] }, sms: code },
    ],
    [tied("when tier is 'a' or 'b'", "when tier is 'b' or 'c'")],
  ),
  inline(
    'a third that settles the e-mail alone',
    [
      { when: { tier: 'a' }, subject: 'Hi', html: code, sms: code },
      { when: { campaign: 'a' }, subject: 'Hi', html: code, sms: code },
      { when: { tier: 'a', campaign: 'a' }, subject: 'Hi', html: code },
    ],
    [tied("when tier is 'a'", "when campaign is 'a'")],
  ),
  inline(
    'a third that settles one language alone',
    [
      { when: { tier: 'a' }, sms: code },
      { when: { campaign: 'a' }, sms: code },
      { when: { tier: 'a', campaign: 'a' }, locale: 'de', sms: code },
    ],
    [tied("when tier is 'a'", "when campaign is 'a'")],
  ),
  inline(
    'a third that settles one of the values alone',
    [
      { whenOneOf: { tier: ['a', 'b'] }, sms: code },
      { whenOneOf: { campaign: ['a', 'b'] }, sms: code },
      { when: { tier: 'a', campaign: 'a' }, sms: code },
    ],
    [tied("when tier is 'a' or 'b'", "when campaign is 'a' or 'b'")],
  ),
  inline(
    'a third that asks for more than the two',
    [
      { when: { tier: 'a' }, sms: code },
      { when: { campaign: 'a' }, sms: code },
      { when: { tier: 'a', campaign: 'a', x: '1' }, sms: code },
    ],
    [tied("when tier is 'a'", "when campaign is 'a'")],
    { metadata: ['tier', 'campaign', 'x'].map((key) => MetadataKey.of(key)) },
  ),
];

export const badDeclarations = (): BadDeclaration[] => [
  ...syntax, ...lines, ...partials, ...texts, ...places, ...folders, ...declarations,
]; // prettier-ignore
