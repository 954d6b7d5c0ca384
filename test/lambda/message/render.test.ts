import fc from 'fast-check';
import type { MessageFacts } from '../../../lambda/message/event';
import { renderMessage } from '../../../lambda/message/render';
import { decodeMessages, encodeMessages, type MessageTemplateWire } from '../../../lib/private/contracts/message';

const facts = (over: Partial<MessageFacts> = {}): MessageFacts => ({
  source: 'CustomMessage_UpdateUserAttribute',
  userName: 'alice',
  codeParameter: '{####}',
  usernameParameter: null,
  clientMetadata: {},
  userAttributes: {},
  ...over,
});

const invitation = (over: Partial<MessageFacts> = {}): MessageFacts =>
  facts({ source: 'CustomMessage_AdminCreateUser', usernameParameter: '{username}', ...over });

const template = (parts: Partial<MessageTemplateWire>): MessageTemplateWire => ({ source: '', when: {}, ...parts });

const render = (parts: Partial<MessageTemplateWire>, from = facts()) => renderMessage(template(parts), from);

/** The SMS that comes of one metadata value. */
const smsWith = (x: unknown, text = '{{code}} {{clientMetadata.x}}') =>
  render({ sms: text }, facts({ clientMetadata: { x } }));

/** The body that comes of one metadata value. */
const htmlWith = (x: unknown, text = '<p>{{code}} {{clientMetadata.x}}</p>') =>
  render({ subject: 'Subject', html: text }, facts({ clientMetadata: { x } })).message.emailMessage;

describe('variables', () => {
  test('all of them come out of the event', () => {
    const from = facts({ clientMetadata: { campaign: 'blue' }, userAttributes: { 'custom:tenant': 'Acme' } });
    const text = '{{code}} {{ username }} {{clientMetadata.campaign}} {{userAttributes.custom:tenant}}';
    expect(render({ subject: 'For {{username}}', html: `<p>${text}</p>`, sms: text }, from)).toEqual({
      message: {
        emailSubject: 'For alice',
        emailMessage: '<p>{####} alice blue Acme</p>',
        smsMessage: '{####} alice blue Acme',
      },
      refusals: [],
    });
  });

  test("the code is whatever the event says that Cognito's placeholder is", () => {
    expect(render({ sms: 'Code: {{code}}' }, facts({ codeParameter: '{##code##}' })).message.smsMessage).toBe(
      'Code: {##code##}',
    );
  });

  test("an invitation holds Cognito's placeholder for the user name", () => {
    expect(render({ sms: '{{username}} {{code}}' }, invitation()).message.smsMessage).toBe('{username} {####}');
  });

  test('an invitation never holds a user name that Cognito gave no placeholder for', () => {
    expect(render({ sms: '{{username}} {{code}}' }, invitation({ usernameParameter: null }))).toEqual({
      message: {},
      refusals: [{ part: 'sms', reason: 'no value', variable: 'username' }],
    });
  });

  test('but for an invitation, the user name is a value like any other: its owner has chosen it', () => {
    const from = facts({ usernameParameter: '{username}', userName: 'al<i>ce' });
    expect(render({ subject: 'Hi {{username}}', html: 'Hi {{username}}: {{code}}' }, from).message).toEqual({
      emailSubject: 'Hi al<i>ce',
      emailMessage: 'Hi al&lt;i&gt;ce: {####}',
    });
  });

  test.each(['<b>', '{', '{####}{####}', '{<b>}', 'https://evil.example/', '{"x"}'])(
    'what cannot be a placeholder of Cognito’s is not taken for the code: %s',
    (codeParameter) => {
      expect(render({ sms: 'Code: {{code}}' }, facts({ codeParameter })).message).toEqual({});
    },
  );

  test('a value makes no entity of what stands before it, and no encoded word of a subject', () => {
    expect(htmlWith('#8238;moc', '<p>{{code}} AT&{{clientMetadata.x}}</p>')).toBe('<p>{####} AT&&#35;8238;moc</p>');
    const message = render(
      { subject: '{{clientMetadata.x}}', html: '{{code}}' },
      facts({ clientMetadata: { x: '=?UTF-8?Q?a?=' } }),
    );
    expect(message.message.emailSubject).not.toMatch(/=\?UTF/);
  });

  test('a value does not begin with a mark, which would join the tag before it', () => {
    expect(htmlWith('\u0338y', '<b>{{clientMetadata.x}}</b>{{code}}')).toBe('<b>y</b>{####}');
  });

  test('a full stop of other scripts ends a sentence, and no domain', () => {
    expect(htmlWith('太郎', '<p>ございます。{{clientMetadata.x}}さん {{code}}</p>')).toContain('太郎');
    expect(htmlWith('evil。com')).toBeUndefined();
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
    expect(render({ sms: '{{code}} {{clientMetadata.x}}' }, facts({ clientMetadata }))).toEqual({
      message: {},
      refusals: [{ part: 'sms', reason: 'no value', variable: 'clientMetadata.x' }],
    });
  });

  test.each(['__proto__', 'constructor', 'toString'])('%s is not looked up on the prototype', (name) => {
    const { message, refusals } = render({ sms: `{{code}} {{clientMetadata.${name}}} {{userAttributes.${name}}}` });
    expect(message).toEqual({});
    expect(refusals).toHaveLength(1);
  });

  test('a value of just 256 characters is used', () => {
    expect(htmlWith('x'.repeat(256))).toContain('x'.repeat(256));
  });
});

describe('channels', () => {
  test('an SMS that cannot be rendered leaves the e-mail, and the other way round', () => {
    const parts = { subject: 'S', html: '<p>{{code}}</p>', sms: '{{code}} {{clientMetadata.x}}' };
    expect(Object.keys(render(parts).message)).toEqual(['emailSubject', 'emailMessage']);
    const turned = { subject: 'S', html: '{{code}} {{clientMetadata.x}}', sms: 'It is {{code}}' };
    expect(Object.keys(render(turned).message)).toEqual(['smsMessage']);
  });

  test('an e-mail is subject and body, or none', () => {
    expect(render({ subject: '{{clientMetadata.x}}', html: '<p>{{code}}</p>' }).message).toEqual({});
    expect(render({ subject: 'S', html: '{{clientMetadata.x}} {{code}}' }).message).toEqual({});
    expect(render({ html: '<p>{{code}}</p>' }).message).toEqual({});
    expect(render({ subject: 'S' }).message).toEqual({});
  });
});

describe('a value stays a value', () => {
  test('markup is escaped in HTML', () => {
    expect(htmlWith(`<b>&"'`)).toBe('<p>{####} &lt;b&gt;&amp;&quot;&#39;</p>');
  });

  test('an SMS is plain text', () => {
    expect(smsWith(`<b>&"'`).message.smsMessage).toBe(`{####} <b>&"'`);
  });

  test.each(['{####}', '{##Verify##}', '{username}', '{{code}}'])('%s is no placeholder', (x) => {
    expect(smsWith(x).message.smsMessage).toBe(`{####} ${x.replaceAll('{', '(').replaceAll('}', ')')}`);
    expect(htmlWith(x)).toBe(
      `<p>{####} ${x.replaceAll('#', '&#35;').replaceAll('{', '&#123;').replaceAll('}', '&#125;')}</p>`,
    );
  });

  test('a placeholder does not come together over seams', () => {
    const from = facts({ clientMetadata: { a: '{##', b: '##}' } });
    const text = '{{code}} {{clientMetadata.a}}{{clientMetadata.b}}';
    expect(render({ sms: text }, from).message.smsMessage).toBe('{####} (####)');
    expect(render({ subject: 'S', html: text }, from).message.emailMessage).toBe(
      '{####} &#123;&#35;&#35;&#35;&#35;&#125;',
    );
  });

  test('a template and a value do not make one together', () => {
    expect(smsWith('###', '{{code}} {#{{clientMetadata.x}}}').refusals).toEqual([
      { part: 'sms', reason: 'wrong placeholders' },
    ]);
    expect(smsWith('name', '{{code}} {user{{clientMetadata.x}}}').refusals).toEqual([
      { part: 'sms', reason: 'wrong placeholders' },
    ]);
  });

  test('a placeholder parts what stands around it', () => {
    expect(render({ sms: '{user{{code}}name}' }).message.smsMessage).toBe('{user{####}name}');
  });

  test('line breaks become a blank', () => {
    expect(smsWith('a\r\n\u2028b\u0085c').message.smsMessage).toBe('{####} a b c');
    const subject = render(
      { subject: '{{clientMetadata.x}}', html: '{{code}}' },
      facts({ clientMetadata: { x: 'a\nBcc: b' } }),
    );
    expect(subject.message.emailSubject).toBe('a Bcc: b');
  });

  test('characters that Cognito refuses are removed', () => {
    expect(smsWith('a\u0000\u200B\u202E\uFEFF\uD800\uE000b').message.smsMessage).toBe('{####} ab');
    expect(smsWith('a\u00A0b').message.smsMessage).toBe('{####} a b');
    expect(smsWith('👍🏽').message.smsMessage).toBe('{####} 👍🏽');
  });
});

describe('a value that mail clients would link leaves Cognito’s own message', () => {
  test.each([
    'https://evil.com',
    'HTTP://x',
    'www.evil',
    'www.1',
    'evil.com',
    'see evil.com now',
    'evil.co.uk/path',
    'a.b/c',
    'EVIL.COM',
    'xn--evl-8ma.com',
    'evil.xn--p1ai',
    'évil.côm',
    'evil。com',
    'ｅｖｉｌ．ｃｏｍ',
    'evil.\u200Bcom',
    '192.0.2.1',
    'help@evil',
    'help@evil.com',
    'help＠evil',
    'mailto:help',
    'tel:+4912345',
  ])('%s', (x) => {
    expect(smsWith(x)).toEqual({ message: {}, refusals: [{ part: 'sms', reason: 'a value is in an address' }] });
    expect(htmlWith(x)).toBeUndefined();
  });

  test('also where it comes together over a seam', () => {
    const from = facts({ clientMetadata: { a: 'evil.', b: 'com' } });
    expect(render({ sms: '{{code}} {{clientMetadata.a}}{{clientMetadata.b}}' }, from).message).toEqual({});
    expect(smsWith('evil', '{{code}} {{clientMetadata.x}}.com').message).toEqual({});
    expect(smsWith('/evil', '{{code}} https://example.com{{clientMetadata.x}}').message).toEqual({});
    expect(smsWith('.evil.com', '{{code}} example{{clientMetadata.x}}').message).toEqual({});
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
  ])('but not %s', (x) => {
    expect(smsWith(x).message.smsMessage).toBe(`{####} ${x}`);
    expect(htmlWith(x)).toBe(`<p>{####} ${x}</p>`);
  });

  test('an address of the template itself stays', () => {
    const html = '<p>{{code}} <a href="https://example.com">{{clientMetadata.x}}</a> help@example.com</p>';
    expect(htmlWith('Acme', html)).toBe(html.replace('{{code}}', '{####}').replace('{{clientMetadata.x}}', 'Acme'));
  });
});

describe('a text that synth could not check is still held to the rules', () => {
  test.each<[string, string, string]>([
    ['{{code}} {{{username}}}', 'not a template', 'a raw form'],
    ['{{code}} {{#username}}x{{/username}}', 'not a template', 'a section'],
    ['{{code}} {{', 'not a template', 'an unclosed variable'],
    ['{{code}} {{toString}}', 'not a variable', 'an unknown variable'],
    ['no code', 'no placeholder', 'no code'],
    ['{{code}} {####}', 'wrong placeholders', 'a literal code'],
    ['{{code}} {##x##}', 'wrong placeholders', 'a literal link'],
    ['{{code}} {username}', 'wrong placeholders', 'a literal user name'],
    ['{{code}} a\u200Db', 'refused characters', 'a format character'],
    ['{{code}}' + 'x'.repeat(135), 'too long', 'an SMS over 140 characters'],
  ])('%#: %s gives %s', (sms, reason) => {
    expect(render({ sms })).toMatchObject({ message: {}, refusals: [{ part: 'sms', reason }] });
  });

  test('an SMS of just 140 characters goes out', () => {
    expect(render({ sms: '{{code}}' + 'x'.repeat(134) }).message.smsMessage).toHaveLength(140);
  });

  test('a code shorter than an SMS may be does not make one', () => {
    expect(render({ sms: '{{code}}' }, facts({ codeParameter: '{#}' })).refusals).toEqual([
      { part: 'sms', reason: 'too short' },
    ]);
  });

  test('a body of over 20,000 characters', () => {
    const html = '{{code}}' + 'x'.repeat(19_994);
    expect(render({ subject: 'S', html }).message.emailMessage).toHaveLength(20_000);
    expect(render({ subject: 'S', html: `${html}x` }).refusals).toEqual([{ part: 'html', reason: 'too long' }]);
  });

  test('a subject with a line break, the code, or nothing in it', () => {
    const refused = (subject: string) => render({ subject, html: '<p>{{code}}</p>' }).refusals;
    expect(refused('a\nb')).toEqual([{ part: 'subject', reason: 'line break' }]);
    expect(refused('{{code}}')).toEqual([{ part: 'subject', reason: 'no value', variable: 'code' }]);
    expect(refused('')).toEqual([{ part: 'subject', reason: 'too short' }]);
  });

  test('an invitation without the user name', () => {
    expect(render({ sms: 'It is {{code}}' }, invitation()).refusals).toEqual([
      { part: 'sms', reason: 'no placeholder' },
    ]);
  });

  test('an event without a code', () => {
    for (const codeParameter of [undefined, null, '', 1]) {
      expect(render({ sms: 'It is {{code}}' }, facts({ codeParameter })).refusals).toEqual([
        { part: 'sms', reason: 'no value', variable: 'code' },
      ]);
    }
  });
});

describe('whatever the metadata and the attributes', () => {
  // Text made of what could do harm, besides arbitrary strings and things that are no strings.
  const harmful = fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '#',
        '##',
        '{####}',
        '{##',
        '##}',
        'username',
        '<',
        '>',
        '</p>',
        '<script>',
        '&',
        ';',
        '"',
        "'",
        '\n',
        '\r\n',
        '\u2028',
        '\u200D',
        '\uFEFF',
        '\uD800',
        '\uDC00',
        '.',
        '.com',
        '@',
        '/',
        ' ',
        'x',
        'ä',
        '🎉',
        '=',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''));
  const value = fc.oneof(harmful, harmful, fc.string({ unit: 'binary', maxLength: 300 }), fc.anything());
  const values = fc.record({ a: value, b: value }, { requiredKeys: [] });
  const parts = {
    subject: 'For {{clientMetadata.a}}{{userAttributes.b}} #}',
    html: '<p class="x">{{clientMetadata.a}}{{userAttributes.b}}: {{code}} # {{username}} {{clientMetadata.b}}</p>',
    sms: '{{code}}{{clientMetadata.a}}{{clientMetadata.b}}} {{code}}',
  };
  const inputs = fc.record({
    clientMetadata: values,
    userAttributes: values,
    userName: fc.oneof(value, fc.constant('ann')),
    usernameParameter: fc.constantFrom('{username}', null, undefined),
    source: fc.constantFrom('CustomMessage_SignUp', 'CustomMessage_AdminCreateUser'),
  });
  const messageOf = (over: Partial<MessageFacts>) => render(parts, facts(over)).message;
  const refused = /[^\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\v\f\r ]/u;

  /** The share of inputs that gave a message, so that a property about messages cannot pass for want of any. */
  let rendered = 0;
  const holds = (check: (message: ReturnType<typeof messageOf>, over: Partial<MessageFacts>) => void) =>
    fc.assert(
      fc.property(inputs, (over) => {
        const message = messageOf(over);
        rendered += Object.keys(message).length;
        check(message, over);
      }),
      { numRuns: 1_000 },
    );

  beforeEach(() => (rendered = 0));
  afterEach(() => expect(rendered).toBeGreaterThan(20));

  test('a message holds the declared placeholders and no other', () => {
    holds(({ emailMessage, emailSubject, smsMessage }, { usernameParameter, source }) => {
      const named = usernameParameter && source === 'CustomMessage_AdminCreateUser' ? 2 : 1;
      const found = (text?: string) => text?.match(/\{[#\s]*(?:username|#)[^}]*\}?/gi)?.length;
      if (emailSubject !== undefined) expect(emailSubject).not.toMatch(/\{/);
      if (emailMessage !== undefined) {
        expect(emailMessage.split('{####}')).toHaveLength(2);
        expect(emailMessage.split('{username}')).toHaveLength(named);
        expect(found(emailMessage)).toBe(named);
      }
      if (smsMessage !== undefined) {
        expect(smsMessage.split('{####}')).toHaveLength(3);
        expect(found(smsMessage)).toBe(2);
      }
    });
  });

  test('a message holds only characters that Cognito accepts, and a subject one line', () => {
    holds((message) => {
      for (const text of Object.values(message)) expect(text).not.toMatch(refused);
      expect(message.emailSubject ?? '').not.toMatch(/[\r\n]/);
    });
  });

  test('a message keeps to the limits', () => {
    holds(({ emailMessage, emailSubject, smsMessage }) => {
      expect(emailMessage?.length ?? 6).toBeLessThanOrEqual(20_000);
      expect(emailSubject?.length ?? 1).toBeLessThanOrEqual(140);
      expect(smsMessage?.length ?? 6).toBeLessThanOrEqual(140);
    });
  });

  test('a body holds no markup but the template’s own', () => {
    holds(({ emailMessage }) => {
      if (emailMessage === undefined) return;
      expect(emailMessage.match(/<[^>]*>?/g)).toEqual(['<p class="x">', '</p>']);
      expect(emailMessage.replace(/<[^>]*>/g, '')).not.toMatch(/[<>"']/);
      expect(emailMessage.replace(/&(?:amp|lt|gt|quot|#35|#39|#123|#125);/g, '')).not.toMatch(/&/);
    });
  });

  test('subject and body come together', () => {
    holds(({ emailMessage, emailSubject }) => {
      expect(emailMessage === undefined).toBe(emailSubject === undefined);
    });
  });
});

test('time grows with the length of a text alone', () => {
  const start = performance.now();
  for (const x of ['.', 'a.', '1.', '@', 'a', '1', '/', '。1', 'www', ' ']) {
    for (const text of ['{{code}}{{clientMetadata.x}}', `{{code}}${x.repeat(19_000 / x.length)}{{clientMetadata.x}}`]) {
      htmlWith(x.repeat(256 / x.length), text);
    }
  }
  expect(performance.now() - start).toBeLessThan(2_000);
});

describe('the wire', () => {
  const text = fc.string({ unit: 'binary' });
  const declared = fc.record(
    { source: text, when: fc.dictionary(text, text), subject: text, html: text, sms: text },
    { requiredKeys: ['source'] },
  );

  test('what is encoded is decoded', () => {
    fc.assert(
      fc.property(fc.array(declared), (templates) => {
        const { templates: arrived } = decodeMessages(encodeMessages(templates));
        expect(arrived).toEqual(templates.map((one) => ({ ...one, when: { ...one.when } })));
      }),
    );
  });

  test.each([
    [undefined, 'MESSAGES is not set'],
    ['{"templates":[secret', 'MESSAGES is not JSON'],
    ['[]', 'MESSAGES must be an object'],
    ['null', 'MESSAGES must be an object'],
    ['{}', 'MESSAGES.templates must be a list'],
    ['{"templates":["x"]}', 'templates[0] must be an object'],
    ['{"templates":[{"when":{}}]}', 'templates[0].source must be a string'],
    ['{"templates":[{"source":"x"}]}', 'templates[0].when must be an object'],
    ['{"templates":[{"source":"x","when":{"a":1}}]}', 'templates[0].when.a must be a string'],
    ['{"templates":[{"source":"x","when":{},"sms":1}]}', 'templates[0].sms must be a string'],
  ])('%s is refused, naming the field', (wire, error) => {
    expect(() => decodeMessages(wire)).toThrow(new Error(error));
  });
});
