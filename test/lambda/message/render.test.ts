import type { MessageFacts } from '../../../lambda/message/event';
import { renderPart } from '../../../lambda/message/render';
import type { MessagePart } from '../../../lib/private/contracts/message';
import { compiled } from './compile';

const facts = (over: Partial<MessageFacts> = {}): MessageFacts => ({
  source: 'CustomMessage_UpdateUserAttribute',
  userPoolId: 'eu-central-1_abc',
  userName: 'alice',
  codeParameter: '{####}',
  usernameParameter: null,
  linkParameter: null,
  clientMetadata: {},
  userAttributes: {},
  ...over,
});

const invitation = (over: Partial<MessageFacts> = {}): MessageFacts =>
  facts({ source: 'CustomMessage_AdminCreateUser', usernameParameter: '{username}', ...over });

const signUp = (over: Partial<MessageFacts> = {}): MessageFacts =>
  facts({ source: 'CustomMessage_SignUp', linkParameter: '{##Click here##}', ...over });

const render = (part: MessagePart, text: string, from = facts()) => renderPart(part, compiled(part, text), from);

/** What comes of one metadata value. */
const smsWith = (x: unknown, text = '{{code}} {{clientMetadata.x}}') =>
  render('sms', text, facts({ clientMetadata: { x } }));
const htmlWith = (x: unknown, text = '<p>{{code}} {{clientMetadata.x}}</p>') =>
  render('html', text, facts({ clientMetadata: { x } }));
const subjectWith = (x: unknown, text = '{{clientMetadata.x}}') =>
  render('subject', text, facts({ clientMetadata: { x } }));

/** What comes of two, `a` and `b`. */
const smsOf = (text: string, a: unknown, b: unknown) => render('sms', text, facts({ clientMetadata: { a, b } }));
const htmlOf = (text: string, a: unknown, b: unknown) => render('html', text, facts({ clientMetadata: { a, b } }));

describe('variables', () => {
  test('all of them come out of the event', () => {
    const from = facts({ clientMetadata: { campaign: 'blue' }, userAttributes: { 'custom:tenant': 'Acme' } });
    const text = '{{code}} {{ username }} {{clientMetadata.campaign}} {{userAttributes.custom:tenant}}';
    expect(render('subject', 'For {{username}}', from)).toBe('For alice');
    expect(render('html', `<p>${text}</p>`, from)).toBe('<p>{####} alice blue Acme</p>');
    expect(render('sms', text, from)).toBe('{####} alice blue Acme');
  });

  test("the code is whatever the event says that Cognito's placeholder is", () => {
    expect(render('sms', 'Code: {{code}}', facts({ codeParameter: '{##code##}' }))).toBe('Code: {##code##}');
  });

  test("an invitation holds Cognito's placeholder for the user name", () => {
    expect(render('sms', '{{username}} {{code}}', invitation())).toBe('{username} {####}');
  });

  test('an invitation never holds a user name that Cognito gave no placeholder for', () => {
    expect(render('sms', '{{username}} {{code}}', invitation({ usernameParameter: null }))).toEqual({
      part: 'sms',
      reason: 'NoPlaceholder',
      variable: 'username',
    });
  });

  test('but for an invitation, the user name is a value like any other: its owner has chosen it', () => {
    const from = facts({ usernameParameter: '{username}', userName: 'al<i>ce' });
    expect(render('subject', 'Hi {{username}}', from)).toBe('Hi al<i>ce');
    expect(render('html', 'Hi {{username}}: {{code}}', from)).toBe('Hi al&lt;i&gt;ce: {####}');
  });

  test('a link stands in the place of the code, in e-mails that Cognito offers one for', () => {
    expect(render('html', '<p>{{link}}</p>', signUp())).toBe('<p>{##Click here##}</p>');
    const refused = { reason: 'NoPlaceholder', variable: 'link' };
    expect(render('html', '<p>{{link}}</p>', signUp({ linkParameter: null }))).toMatchObject(refused);
    expect(render('sms', '{{link}} {{code}}', signUp())).toMatchObject(refused);
    expect(
      render('html', '<p>{{link}} {{code}}</p>', signUp({ source: 'CustomMessage_ForgotPassword' })),
    ).toMatchObject(refused);
  });

  test.each([
    '<b>',
    '{',
    '{####}{####}',
    '{<b>}',
    'https://evil.example/',
    '{"x"}',
    '{a\nb}',
    '{a\u2028b}',
    '{a\u202Eb}',
  ])('what cannot be a placeholder of Cognito’s is not taken for the code: %j', (codeParameter) => {
    expect(render('sms', 'Code: {{code}}', facts({ codeParameter }))).toMatchObject({ reason: 'NoPlaceholder' });
  });

  test.each([
    ['absent', {}],
    ['null', { x: null }],
    ['a number', { x: 1 }],
    ['an object', { x: { y: 'z' } }],
    ['empty', { x: '' }],
    ['blank', { x: ' \n' }],
    ['of removed characters alone', { x: '\u200B' }],
    ['longer than 256 characters', { x: 'x'.repeat(257) }],
    ['inherited', Object.create({ x: 'inherited' })],
  ])("a value that is %s leaves Cognito's own message", (_, clientMetadata) => {
    expect(render('sms', '{{code}} {{clientMetadata.x}}', facts({ clientMetadata }))).toEqual({
      part: 'sms',
      reason: 'NoValue',
      variable: 'clientMetadata.x',
    });
  });

  test.each(['__proto__', 'constructor', 'toString'])('%s is not looked up on the prototype', (name) => {
    expect(render('sms', `{{code}} {{clientMetadata.${name}}}`)).toMatchObject({ reason: 'NoValue' });
    expect(render('sms', `{{code}} {{userAttributes.${name}}}`)).toMatchObject({ reason: 'NoValue' });
  });

  test('a value of just 256 characters is used', () => {
    expect(htmlWith('x'.repeat(256))).toContain('x'.repeat(256));
  });
});

describe('sections', () => {
  const greeting =
    '{{#clientMetadata.x}}Hi {{clientMetadata.x}}: {{/clientMetadata.x}}{{^clientMetadata.x}}Hello: {{/clientMetadata.x}}{{code}}';

  test('what stands between is sent where there is a value, or where there is none', () => {
    expect(smsWith('Ann', greeting)).toBe('Hi Ann: {####}');
    expect(smsWith(undefined, greeting)).toBe('Hello: {####}');
  });

  test.each([7, '', ' ', '\u200B\u0301', 'x'.repeat(257), ['x']])('%j is no value', (x) => {
    expect(smsWith(x, greeting)).toBe('Hello: {####}');
  });

  test('a message without its code is left to Cognito, whichever section holds it', () => {
    const text = 'Hello! {{#clientMetadata.x}}{{clientMetadata.x}}{{/clientMetadata.x}}';
    expect(smsWith('Ann', text)).toEqual({ part: 'sms', reason: 'NoPlaceholder' });
  });

  test('what lacks inside a section leaves the whole message to Cognito', () => {
    const text = '{{#clientMetadata.x}}{{clientMetadata.y}}{{/clientMetadata.x}}{{code}}';
    expect(smsWith('Ann', text)).toEqual({ part: 'sms', reason: 'NoValue', variable: 'clientMetadata.y' });
    expect(smsWith(undefined, text)).toBe('{####}');
  });

  test('an address comes together over what a section leaves out', () => {
    const text = '{{clientMetadata.x}}{{#clientMetadata.y}} {{/clientMetadata.y}}.com {{code}}';
    expect(smsWith('evil', text)).toEqual({ part: 'sms', reason: 'Address' });
  });
});

describe('a value stays a value', () => {
  test('markup is escaped in HTML', () => {
    expect(htmlWith(`<b>&"'`)).toBe('<p>{####} &lt;b&gt;&amp;&quot;&#39;</p>');
  });

  test('an SMS and a subject are plain text', () => {
    expect(smsWith(`<b>&"'`)).toBe(`{####} <b>&"'`);
    expect(subjectWith(`<b>&"'`)).toBe(`<b>&"'`);
  });

  test.each(['{####}', '{##Verify##}', '{username}', '{{code}}'])('%s is no placeholder', (x) => {
    expect(smsWith(x)).toBe(`{####} ${x.replaceAll('{', '(').replaceAll('}', ')')}`);
    expect(htmlWith(x)).toBe(
      `<p>{####} ${x.replaceAll('#', '&#35;').replaceAll('{', '&#123;').replaceAll('}', '&#125;')}</p>`,
    );
  });

  test('a placeholder does not come together over seams', () => {
    const text = '{{code}} {{clientMetadata.a}}{{clientMetadata.b}}';
    expect(smsOf(text, '{##', '##}')).toBe('{####} (####)');
    expect(htmlOf(text, '{##', '##}')).toBe('{####} &#123;&#35;&#35;&#35;&#35;&#125;');
  });

  test('a template and a value do not make one together', () => {
    expect(smsWith('###', '{{code}} {#{{clientMetadata.x}}}')).toEqual({ part: 'sms', reason: 'NoPlaceholder' });
    expect(smsWith('name', '{{code}} {user{{clientMetadata.x}}}')).toEqual({ part: 'sms', reason: 'NoPlaceholder' });
    expect(htmlWith('name', '{{code}} {user{{clientMetadata.x}}}')).toEqual({ part: 'html', reason: 'NoPlaceholder' });
  });

  test('a placeholder parts what stands around it', () => {
    expect(render('sms', '{user{{code}}name}')).toBe('{user{####}name}');
  });

  test.each([
    ['AT&', '#8238;moc', 'AT&&#35;8238;moc'],
    ['AT&', 'lt;b&gt;', 'AT&&#108;t;b&amp;gt;'],
    ['AT&#', '60;b', 'AT&#&#54;0;b'],
    ['AT&#x', '3c;b', 'AT&#x&#51;c;b'],
    ['&no', 't', '&no&#116;'],
    ['&', '𝐛x', '&&#119835;x'],
    ['1 <', 'b>', '1 <&#98;&gt;'],
    ['AT&T ', 'lt;', 'AT&T lt;'],
    ['&amp;', 'lt;', '&amp;lt;'],
  ])('after %s, %s makes no entity and no tag', (before, x, html) => {
    expect(htmlWith(x, `<p>{{code}} ${before}{{clientMetadata.x}}</p>`)).toBe(`<p>{####} ${html}</p>`);
  });

  test('two values make no entity together', () => {
    expect(htmlOf('{{code}} {{clientMetadata.a}}{{clientMetadata.b}}', '&', 'lt;')).toBe('{####} &amp;lt;');
  });

  test('a value begins no encoded word of a subject, nor completes one', () => {
    expect(subjectWith('=?UTF-8?Q?a?=')).toBe('= ?UTF-8?Q?a?=');
    expect(subjectWith('a=\u200D?b')).toBe('a= ?b');
    expect(subjectWith('?UTF-8?Q?a?=', '={{clientMetadata.x}}')).toEqual({ part: 'subject', reason: 'Characters' });
  });

  test('a value does not begin with a mark, which would join the tag before it', () => {
    expect(htmlWith('\u0338y', '<b>{{clientMetadata.x}}</b>{{code}}')).toBe('<b>y</b>{####}');
    expect(htmlWith('¨evil.com', '<b>{{clientMetadata.x}}</b>{{code}}')).toBe('<b>evil. com</b>{####}');
  });

  test('line breaks become a blank', () => {
    expect(smsWith('a\r\n\u2028b\u0085c')).toBe('{####} a b c');
    expect(subjectWith('a\nBcc: b')).toBe('a Bcc: b');
  });

  test('characters that Cognito refuses are removed', () => {
    expect(smsWith('a\u0000\u200B\u202E\uFEFF\uD800\uE000b')).toBe('{####} ab');
    expect(smsWith('a\u00A0b')).toBe('{####} a b');
    expect(smsWith('👍🏽')).toBe('{####} 👍🏽');
  });

  test('joiners that writing needs are entities in HTML, and left out elsewhere', () => {
    expect(htmlWith('می\u200Cخواهم')).toBe('<p>{####} می&#8204;خواهم</p>');
    expect(htmlWith('👩\u200D🚀')).toBe('<p>{####} 👩&#8205;🚀</p>');
    expect(smsWith('می\u200Cخواهم')).toBe('{####} میخواهم');
    expect(subjectWith('क्\u200Dष')).toBe('क्ष');
  });
});

describe('a value that mail clients would link is parted by blanks', () => {
  test.each([
    ['https://evil.com', 'https: / /evil. com'],
    ['HTTP://x', 'HTTP: / /x'],
    ['//localhost/x', '/ /localhost/x'],
    ['\\\\evil\\x', '\\ \\evil\\x'],
    ['www.evil', 'www. evil'],
    ['www.1', 'www. 1'],
    ['evil.com', 'evil. com'],
    ['see evil.com now', 'see evil. com now'],
    ['evil.co.uk/path', 'evil. co. uk/path'],
    ['a.b/c', 'a. b/c'],
    ['EVIL.COM', 'EVIL. COM'],
    ['evil.xn--p1ai', 'evil. xn--p1ai'],
    ['évil.côm', 'évil. côm'],
    ['evil。com', 'evil。 com'],
    ['evil。c\u200Dom', 'evil。 com'],
    ['ｅｖｉｌ．ｃｏｍ', 'evil. com'],
    ['evil.\u200Bcom', 'evil. com'],
    ['192.0.2.1', '192. 0. 2. 1'],
    ['help@evil', 'help @ evil'],
    ['help @ evil.com', 'help @ evil. com'],
    ['help＠evil.com', 'help @ evil. com'],
    ['mailto:help', 'mailto: help'],
    ['tel:+4912345', 'tel: +4912345'],
    ['javascript:x', 'javascript: x'],
  ])('%s', (x, parted) => {
    expect(smsWith(x)).toBe(`{####} ${parted}`);
    expect(htmlWith(x)).toBe(`<p>{####} ${parted}</p>`);
    expect(subjectWith(x)).toBe(parted);
  });

  test.each([
    'Dr. Who',
    'Acme Inc.',
    '3.14',
    '1.000,00 €',
    '24.12.2025',
    'e. V.',
    '10:30',
    '@alice',
    'wait...',
    'wait…what',
    'a/b',
    'www.',
    'mailto:',
    'Hotel:5',
    'ございます。太郎',
  ])('but not %s', (x) => {
    expect(smsWith(x)).toBe(`{####} ${x}`);
    expect(htmlWith(x)).toBe(`<p>{####} ${x}</p>`);
  });
});

describe("an address that comes together over a seam leaves Cognito's own message", () => {
  const refused = { reason: 'Address' };

  test.each([
    ['evil.', 'com'],
    ['evil.c', 'om'],
    ['evil', '.com'],
    ['www', '.evil'],
    ['www.', 'evil'],
    ['help@', 'evil'],
    ['https:/', '/evil'],
    ['tel:', '123'],
    ['192.0.', '2.1'],
    ['evil。', 'com'],
    ['ｅｖｉｌ．', 'ｃｏｍ'],
    ['evil.', 'c\u200Dom'],
  ])('of the values %s and %s', (a, b) => {
    expect(smsOf('{{code}} {{clientMetadata.a}}{{clientMetadata.b}}', a, b)).toMatchObject(refused);
    expect(htmlOf('{{code}} {{clientMetadata.a}}{{clientMetadata.b}}', a, b)).toMatchObject(refused);
  });

  test.each([
    '<b></b>',
    '</i><i>',
    '<!-- x -->',
    '<wbr>',
    '<o:p></o:p>',
    '<a href="x">',
    '<tr>',
    '&shy;',
    '&#8203;',
    '&#x200b;',
  ])('also across %s, which parts nothing for a reader', (between) => {
    expect(htmlOf(`{{code}} {{clientMetadata.a}}${between}{{clientMetadata.b}}`, 'evil.', 'com')).toMatchObject(
      refused,
    );
  });

  test.each(['<br>', '</p><p>', '</td><td>', '</li><li>', '</h1><hr/>', '<img src="x">', '&nbsp;', '&#160;', ' '])(
    'not across %s',
    (between) => {
      expect(htmlOf(`{{code}} {{clientMetadata.a}}${between}{{clientMetadata.b}}`, 'Acme Inc.', 'Bob')).toBe(
        `{####} Acme Inc.${between}Bob`,
      );
    },
  );

  test.each([
    ['evil', '{{code}} {{clientMetadata.x}}.com'],
    ['/evil', '{{code}} https://example.com{{clientMetadata.x}}'],
    ['.com', '{{code}} example{{clientMetadata.x}}'],
    ['evil', '{{code}} {{clientMetadata.x}}&#46;com'],
    ['evil', '{{code}} {{clientMetadata.x}}&#x2E;com'],
    ['evil', '{{code}} {{clientMetadata.x}}&period;com'],
    ['help', '{{code}} {{clientMetadata.x}}&commat;evil'],
    ['http', '{{code}} {{clientMetadata.x}}&colon;&sol;&sol;evil'],
    ['evil', '{{code}} {{clientMetadata.x}}<b>.com</b>'],
  ])('of %s and the template %s', (x, text) => {
    expect(htmlWith(x, text)).toMatchObject(refused);
  });

  test('of a value and a temporary password, which may be any letters', () => {
    expect(smsWith('evil.', '{{clientMetadata.x}}{{code}}')).toMatchObject(refused);
    expect(smsWith('.com', '{{code}}{{clientMetadata.x}}')).toMatchObject(refused);
    expect(render('html', '{{userAttributes.x}}{{link}}', signUp({ userAttributes: { x: 'evil.' } }))).toMatchObject(
      refused,
    );
  });

  test('an address of the template itself stays', () => {
    const html = '<p>{{code}} <a href="https://example.com">{{clientMetadata.x}}</a> help@example.com</p>';
    expect(htmlWith('Acme', html)).toBe(html.replace('{{code}}', '{####}').replace('{{clientMetadata.x}}', 'Acme'));
  });

  test('an entity of no character is no reason to fail', () => {
    expect(htmlWith('Acme', '{{code}} &#1114112;{{clientMetadata.x}}&#xFFFFFF;')).toBe(
      '{####} &#1114112;Acme&#xFFFFFF;',
    );
  });
});

describe('whatever came out is still held to the rules', () => {
  test.each<[string, string, string]>([
    ['no code', 'NoPlaceholder', 'no code'],
    ['{{code}} {####}', 'NoPlaceholder', 'a literal code'],
    ['{{code}} {##x##}', 'NoPlaceholder', 'a literal link'],
    ['{{code}} {username}', 'NoPlaceholder', 'a literal user name'],
    ['{{code}} { USERNAME }', 'NoPlaceholder', 'a literal user name in upper case'],
    ['{{code}} a\u200Db', 'Characters', 'a format character'],
    ['{{code}}' + 'x'.repeat(135), 'Length', 'an SMS over 140 characters'],
  ])('%#: %s gives %s', (sms, reason) => {
    expect(render('sms', sms)).toEqual({ part: 'sms', reason });
  });

  test('an SMS of just 140 characters goes out', () => {
    expect(render('sms', '{{code}}' + 'x'.repeat(134))).toHaveLength(140);
  });

  test('a value that makes a text too long leaves it to Cognito, and is never cut', () => {
    expect(smsWith('x'.repeat(133))).toHaveLength(140);
    expect(smsWith('x'.repeat(134))).toEqual({ part: 'sms', reason: 'Length' });
    expect(subjectWith('x'.repeat(140))).toHaveLength(140);
    expect(subjectWith('x'.repeat(141))).toEqual({ part: 'subject', reason: 'Length' });
  });

  test('a code shorter than an SMS may be does not make one', () => {
    expect(render('sms', '{{code}}', facts({ codeParameter: '{#}' }))).toEqual({ part: 'sms', reason: 'Length' });
  });

  test('a body of over 20,000 characters', () => {
    const html = '{{code}}' + 'x'.repeat(19_994);
    expect(render('html', html)).toHaveLength(20_000);
    expect(render('html', `${html}x`)).toEqual({ part: 'html', reason: 'Length' });
  });

  test('a subject with a line break, the code, or nothing in it', () => {
    expect(render('subject', 'a\nb')).toEqual({ part: 'subject', reason: 'Characters' });
    expect(render('subject', '{{code}}')).toEqual({ part: 'subject', reason: 'NoPlaceholder', variable: 'code' });
    expect(render('subject', '')).toEqual({ part: 'subject', reason: 'Length' });
  });

  test('an invitation without the user name', () => {
    expect(render('sms', 'It is {{code}}', invitation())).toEqual({ part: 'sms', reason: 'NoPlaceholder' });
  });

  test('an event without a code', () => {
    for (const codeParameter of [undefined, null, '', 1, ['{####}'], { toString: () => '{####}' }]) {
      expect(render('sms', 'It is {{code}}', facts({ codeParameter }))).toEqual({
        part: 'sms',
        reason: 'NoPlaceholder',
        variable: 'code',
      });
    }
  });

  test('a variable that synthesis does not know', () => {
    expect(renderPart('sms', [['value', 'toString']], facts())).toEqual({
      part: 'sms',
      reason: 'Error',
      variable: 'toString',
    });
  });
});
