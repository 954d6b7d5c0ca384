import { Lazy } from 'aws-cdk-lib';
import { CustomMessageSource } from '../../../../lib/custom-message-source';
import type { CustomMessageTemplate } from '../../../../lib/custom-message-template';
import { MESSAGE_SOURCES } from '../../../../lib/private/contracts/message';
import { htmlPlace } from '../../../../lib/private/message/html-place';
import { type DeclaredTemplate, validateMessages } from '../../../../lib/private/message/validate-templates';
import { validateMessageTemplate } from '../../../../lib/private/message/validate-template';

const SIGN_UP = CustomMessageSource.SIGN_UP;
const INVITATION = CustomMessageSource.ADMIN_CREATE_USER;

const sms = (text: string): CustomMessageTemplate => ({ sms: text });
const html = (text: string): CustomMessageTemplate => ({ subject: 'Your code', html: text });
const subject = (text: string): CustomMessageTemplate => ({ subject: text, html: '<p>{{code}}</p>' });

test('the public sources are those of the wire', () => {
  expect(Object.values(CustomMessageSource)).toEqual(MESSAGE_SOURCES);
});

describe('sound templates have no finding', () => {
  test.each<[string, CustomMessageTemplate, CustomMessageSource?]>([
    ['an SMS', sms('Your code is {{code}}.')],
    ['blanks inside the braces', sms('Your code is {{ code }}.')],
    ['the code twice', html('<p>{{code}}, I say {{code}}</p>')],
    ['an e-mail and an SMS', { subject: 'Willkommen', html: '<p>{{code}}</p>', sms: 'Code: {{code}}' }],
    ['metadata in the subject', subject('Willkommen bei {{clientMetadata.campaign}}')],
    ['the user name in the subject', subject('Hallo {{username}}')],
    ['a custom attribute', sms('{{code}} für {{userAttributes.custom:tenant}}')],
    ['an attribute with letters outside ASCII', sms('{{code}} {{userAttributes.custom:größe}}')],
    ['a metadata key with dash and underscore', sms('{{code}} {{clientMetadata.my-key_1}}')],
    ['an invitation', sms('{{username}}, {{code}}'), INVITATION],
    ['a link of the template itself', html('<p><a href="https://example.com/?a=1&amp;b=2">here</a> {{code}}</p>')],
    ['the code in a link in the text', sms('https://example.com/?c={{code}}')],
    ['CSS in braces', html('<style>p{color:#fff}</style><p>{{code}}</p>')],
    ['a comment of Outlook', html('<!--[if mso]><table><![endif]--><p>{{code}}</p>')],
    ['emoji and marks', sms('🎉 e\u0301 {{code}} ❤\uFE0F')],
    ['a zero-width joiner as an entity', html('<p>a&#x200D;b {{code}}</p>')],
    ['line breaks in an SMS', sms('Your code:\n{{code}}')],
    ['the longest SMS', sms('x'.repeat(134) + '{{code}}')],
    ['the shortest SMS', sms('{{code}}')],
    ['the longest subject', subject('x'.repeat(140))],
    ['the longest body', html('x'.repeat(19_994) + '{{code}}')],
    ['arithmetic and quotes in the text', html('<p>1 < 2 "quoted" a=b {{code}} {{username}}</p>')],
  ])('%s', (_, template, source = SIGN_UP) => {
    expect(validateMessageTemplate(source, template)).toEqual([]);
  });
});

describe('one fault is one finding, with the part, the rule and the remedy', () => {
  const stands = (place: string) => new RegExp(`html: .*stands inside ${place}.*put it into the text`);
  test.each<[string, CustomMessageTemplate, RegExp, CustomMessageSource?]>([
    ['no text', {}, /has no text at all: declare subject and html, or sms/],
    ['html without subject', { html: '<p>{{code}}</p>' }, /has html but no subject.*add the subject/],
    ['subject without html', { subject: 'Hi' }, /has a subject but no html.*add the html/],
    ['an SMS without code', sms('Welcome!'), /sms: lacks {{code}}.*put it where/],
    ['a body without code', html('<p>Welcome!</p>'), /html: lacks {{code}}/],
    ['an invitation without code', sms('{{username}}!!'), /sms: lacks {{code}}/, INVITATION],
    ['an invitation without user name', sms('{{code}}!!'), /sms: lacks {{username}}/, INVITATION],
    ['an invitation by mail without user name', html('<p>{{code}}</p>'), /html: lacks {{username}}/, INVITATION],
    ['the code in the subject', subject('{{code}}'), /subject: {{code}} is not filled into subjects.*into html/],
    [
      'the user name in the subject of an invitation',
      { subject: '{{username}}', html: '{{username}} {{code}}' },
      /subject: {{username}} is not filled/,
      INVITATION,
    ],
    ['an unknown variable', sms('{{code}} {{name}}'), /sms: {{name}} is not a variable: write {{code}}, /],
    ['a variable in the wrong case', sms('{{code}} {{Code}}'), /{{Code}} is not a variable/],
    ['a bare list', sms('{{code}} {{clientMetadata}}'), /{{clientMetadata}} is not a variable/],
    ['a dot with nothing after it', sms('{{code}} {{clientMetadata.}}'), /{{clientMetadata.}} is not a variable/],
    ['an empty variable', sms('{{code}} {{}}'), /{{}} is not a variable/],
    ['the implicit iterator', sms('{{code}} {{.}}'), /{{.}} is not a variable/],
    ['CloudFormation’s dynamic reference', sms('{{code}} {{resolve:ssm:x}}'), /{{resolve:ssm:x}} is not a variable/],
    ['a key with a dot', sms('{{code}} {{clientMetadata.a.b}}'), /{{clientMetadata.a.b}} has a dot.*use a key without/],
    [
      'a key with a blank',
      sms('{{code}} {{clientMetadata.a b}}'),
      /has a name that is too long or holds more.*another key/,
    ],
    ['an attribute name over 32 characters', sms(`{{code}} {{userAttributes.${'x'.repeat(33)}}}`), /is too long/],
    ['triple braces', sms('{{code}} {{{username}}}'), /sms: {{{username}}} is a raw form.*write two braces/],
    ['the ampersand form', sms('{{code}} {{& username}}'), /sms: {{& username}} is a raw form/],
    ['a section', sms('{{code}}{{#username}}!{{/username}}'), /{{#username}} opens a section.*one template more/],
    ['an inverted section', sms('{{code}}{{^username}}!{{/username}}'), /{{\^username}} opens an inverted section/],
    ['a partial', sms('{{code}} {{> footer}}'), /{{> footer}} is a partial.*write the text/],
    ['a comment of the template language', sms('{{code}} {{! note }}'), /{{! note }} is a comment.*leave it out/],
    ['other delimiters', sms('{{code}} {{=<% %>=}}'), /{{=<% %>=}} changes the delimiters.*keep {{/],
    ['an unclosed variable', sms('Your code: {{code'), /sms: is not a template \(Unclosed tag at 17\): close every/],
    ['an unclosed section', sms('{{code}}{{#a}}'), /sms: is not a template \(Unclosed section "a"/],
    ['a section that is only closed', sms('{{code}}{{/a}}'), /sms: is not a template \(Unopened section "a"/],
    ['delimiters that are none', sms('{{code}}{{=x=}}'), /sms: is not a template \(Invalid tags/],
    ['a literal code', sms('{{code}} {####}'), /sms: holds a literal placeholder of Cognito.*write {{code}}/],
    ['a literal link', html('{{code}} {##Verify##}'), /html: holds a literal placeholder/],
    ['a literal user name', sms('{{code}} {username}'), /literal placeholder {username}.*write {{username}}/],
    ['an SMS that is too long', sms('x'.repeat(135) + '{{code}}'), /sms: is 141 characters long.*140 at most: shorten/],
    [
      'an invitation that is too long',
      sms('x'.repeat(125) + '{{code}}{{username}}'),
      /sms: is 141 characters/,
      INVITATION,
    ],
    ['an SMS that is too long with any value', sms('x'.repeat(134) + '{{code}}{{username}}'), /sms: is 141 characters/],
    ['a subject that is too long', subject('x'.repeat(141)), /subject: is 141 characters.*140 at most/],
    ['a body that is too long', html('x'.repeat(19_995) + '{{code}}'), /html: is 20001 characters.*20000 at most/],
    [
      'an attribute by the name that aws-cdk-lib gives it',
      html('{{userAttributes.givenName}} {{code}}'),
      /givenName.*write {{userAttributes\.given_name}}/,
    ],
    [
      'a custom attribute without its prefix',
      html('{{userAttributes.plan}} {{code}}'),
      /plan.*write {{userAttributes\.custom:plan}}/,
    ],
    ['an empty subject', subject(''), /subject: is too short \(0\).*1 at least: write more/],
    ['a blank subject', subject('  '), /subject: is blank: write something/],
    ['a zero-width joiner in a body', html('a\u200Db {{code}}'), /html: .*Cognito refuses \(U\+200D\): .*&#x200D;/],
    ['a soft hyphen in an SMS', sms('a\u00ADb {{code}}'), /sms: .*\(U\+00AD\): leave them out/],
    ['a byte-order mark, which JavaScript calls a blank', sms('\uFEFF{{code}}'), /\(U\+FEFF\)/],
    ['a no-break blank', sms('Code\u00A0: {{code}}'), /\(U\+00A0\): .*plain blank/],
    ['a control character', sms('\u0007{{code}}'), /\(U\+0007\)/],
    ['a lone surrogate', sms('\uD83D {{code}}'), /\(U\+D83D\)/],
    ['a line break in the subject', subject('Your\ncode'), /subject: has a line break: write it on one line/],
    ['a value in a quoted attribute', html('<a title="{{username}}">{{code}}</a>'), stands('a tag')],
    ['the code in a link', html('<p>{{code}}<a href="https://example.com/?c={{code}}">x</a></p>'), stands('a tag')],
    ['a value in an unquoted attribute', html('<a title={{username}}>{{code}}</a>'), stands('a tag')],
    ['a value as attribute name', html('<a {{username}}>{{code}}</a>'), stands('a tag')],
    ['a value as tag name', html('<{{username}}>{{code}}'), stands('a tag')],
    ['a value in a closing tag', html('{{code}}</{{username}}>'), stands('a tag')],
    ['a value in a script', html('<script>let x = "{{username}}"</script>{{code}}'), stands('<script>')],
    ['a value in a style', html('<STYLE>p{color:{{username}} }</STYLE>{{code}}'), stands('<style>')],
    ['a value in a comment', html('<!-- {{username}} -->{{code}}'), stands('a comment')],
    ['a value after a host', sms('{{code}} https://example.com/{{username}}'), /sms: has a variable as part of.*blank/],
    ['a value as subdomain', html('<p>{{code}} {{username}}.example.com</p>'), /html: has a variable as part of/],
    ['a value as mailbox', subject('{{username}}@example.com'), /subject: has a variable as part of/],
    ['two values around a dot', sms('{{code}} {{username}}.{{clientMetadata.x}}'), /sms: has a variable as part of/],
    [
      'the address of the user',
      sms('{{code}} {{userAttributes.email}}'),
      /{{userAttributes.email}} is an address.*leave/,
    ],
    ['the website of the user', sms('{{code}} {{userAttributes.website}}'), /{{userAttributes.website}} is an address/],
    [
      'a condition that is no string',
      { when: { tier: 1 as unknown as string }, sms: '{{code}}' },
      /when.tier is not a string/,
    ],
  ])('%s', (_, template, finding, source = SIGN_UP) => {
    const findings = validateMessageTemplate(source, template);
    expect(findings).toEqual([expect.stringMatching(finding)]);
    expect(findings[0]).toContain(source);
  });
});

test('all faults of all parts are reported at once, each with whom the template is for', () => {
  const findings = validateMessageTemplate(SIGN_UP, {
    when: { campaign: 'welcome-blue', tier: 'gold' },
    subject: 'a\nb',
    html: '<p>{{{code}}} {{nobody}} \u200D</p>',
    sms: 'x'.repeat(200),
  });
  expect(findings).toHaveLength(7);
  for (const finding of findings) {
    expect(finding).toMatch(
      /^CustomMessage_SignUp, when campaign is 'welcome-blue' and tier is 'gold', (subject|html|sms): /,
    );
  }
});

test('a template without conditions is named as the one for any ClientMetadata', () => {
  expect(validateMessageTemplate(SIGN_UP, {})[0]).toMatch(/^CustomMessage_SignUp, for any ClientMetadata: /);
});

test('a condition with a token is named as one', () => {
  const unresolved = { Ref: 'Parameter' } as never;
  expect(validateMessageTemplate(SIGN_UP, { when: { a: unresolved } })[0]).toMatch(
    /^CustomMessage_SignUp, when a is a token: /,
  );
});

test('every variable that stands inside a tag is named', () => {
  expect(validateMessageTemplate(SIGN_UP, html('<{{username}} title="{{clientMetadata.x}}">{{code}}'))).toEqual([
    expect.stringMatching(/{{username}} stands inside a tag/),
    expect.stringMatching(/{{clientMetadata.x}} stands inside a tag/),
  ]);
});

test('what is not a text by now is told', () => {
  const unresolved = { 'Fn::Join': ['', ['{{code}}', { Ref: 'Parameter' }]] } as never;
  expect(validateMessageTemplate(SIGN_UP, { sms: unresolved })).toEqual([
    expect.stringMatching(
      /^CustomMessage_SignUp, for any ClientMetadata, sms: holds a token that is known only at deployment/,
    ),
  ]);
});

test('a key that means something else in a template is refused', () => {
  const when = JSON.parse('{ "__proto__": "1" }');
  expect(validateMessageTemplate(SIGN_UP, { when, sms: 'Your code is {{code}}' })).toEqual([
    expect.stringMatching(/when\.__proto__: the name means something else/),
  ]);
});

test('an id selector in a style is no placeholder', () => {
  const style = '<style>@media only screen and (max-width:480px){#main{width:100%!important}}</style>';
  expect(validateMessageTemplate(SIGN_UP, html(`${style}<p>{{code}}</p>`))).toEqual([]);
});

describe('two templates that the same metadata could choose', () => {
  const template = (when?: Record<string, string>, source = SIGN_UP): DeclaredTemplate => ({
    source,
    when,
    sms: '{{code}}',
  });
  const token = Lazy.string({ produce: () => 'anything' });

  test.each<[string, DeclaredTemplate, DeclaredTemplate]>([
    ['two without conditions', template(), template({})],
    ['the same condition', template({ a: '1' }), template({ a: '1' })],
    ['different keys', template({ a: '1' }), template({ b: '1' })],
    ['the same token', template({ a: token }), template({ a: token })],
    ['one key shared, one not', template({ a: '1', b: '1' }), template({ a: '1', c: '1' })],
  ])('are refused: %s', (_, one, other) => {
    expect(validateMessages([one, other])).toEqual([
      expect.stringMatching(/^CustomMessage_SignUp: .*could match the same metadata.*add a key to one of them/),
    ]);
  });

  test.each<[string, DeclaredTemplate, DeclaredTemplate]>([
    ['different values', template({ a: '1' }), template({ a: '2' })],
    ['one key shared with other values', template({ a: '1', b: '1' }), template({ a: '2', c: '1' })],
    ['more keys', template({ a: '1' }), template({ a: '1', b: '1' })],
    ['different sources', template(), template({}, CustomMessageSource.RESEND_CODE)],
    ['a token on a shared key', template({ a: token }), template({ a: '1' })],
  ])('are told apart: %s', (_, one, other) => {
    expect(validateMessages([one, other])).toEqual([]);
  });
});

test('a trigger without templates is refused', () => {
  expect(validateMessages([])).toEqual([expect.stringMatching(/has no templates.*call addTemplate\(\)/)]);
});

describe('the environment holds 4,096 bytes', () => {
  // {"MESSAGES":"{\"templates\":[{\"source\":\"CustomMessage_SignUp\",\"when\":{},\"subject\":\"S\",\"html\":\"…\"}]}"}
  const around = 114;
  const filled = (bytes: number): DeclaredTemplate[] => [
    { source: SIGN_UP, subject: 'S', html: '{{code}}' + 'x'.repeat(bytes - around - 8) },
  ];

  test('templates of just that size pass', () => {
    expect(validateMessages(filled(4096))).toEqual([]);
  });

  test('one byte more is refused with the size', () => {
    expect(validateMessages(filled(4097))).toEqual([
      expect.stringMatching(/take 4097 bytes.*gives 4096: shorten them/),
    ]);
  });

  test('bytes count, not characters, and what needs a backslash counts twice', () => {
    const base = filled(4096)[0].html as string;
    for (const wide of ['ä', '\\', '"']) {
      const text = base.slice(0, -1) + wide;
      expect(validateMessages([{ source: SIGN_UP, subject: 'S', html: text }])).toEqual([
        expect.stringMatching(/bytes/),
      ]);
    }
  });
});

describe('the place where HTML leaves off', () => {
  test.each<[string, string | undefined]>([
    ['', undefined],
    ['text', undefined],
    ['<p>text', undefined],
    ['<p title="a > b">text', undefined],
    ["<p title='\"'>text", undefined],
    ['<p title = "x>', 'a tag'],
    ['<p a"b>text', undefined],
    ['<a href=https://example.com/?q="a>text', undefined],
    ['<br/>text', undefined],
    ['1 < 2', undefined],
    ['a <', 'a tag'],
    ['a </', 'a tag'],
    ['a <!', 'a tag'],
    ['a <!-', 'a tag'],
    ['<!doctype html>', undefined],
    ['<?xml', 'a tag'],
    ['<!-- a > b', 'a comment'],
    ['<!-- a > b -->', undefined],
    ['<!--><a title="-->', 'a tag'],
    ['<!-- --!>', undefined],
    ['<script>if (a < b) "</p>"', '<script>'],
    ['<script src="x"></script >text', undefined],
    ['<script></scripty>', '<script>'],
    ['<style></style', 'a tag'],
    ['<title><b x="</title><p title=">', 'a tag'],
    ['<textarea>x', '<textarea>'],
    ['</script>text', undefined],
    ['<scripty>text', undefined],
  ])('%s', (before, place) => {
    expect(htmlPlace(before)).toBe(place);
  });

  test('takes time in proportion to its length', () => {
    const start = performance.now();
    for (const piece of ['<', '<a', '<a =', '<a ="', '<!--', '<script>', '</', '="\''])
      htmlPlace(piece.repeat(20_000 / piece.length));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

test('an occasion that there is not is told', () => {
  expect(validateMessageTemplate('SignUp' as never, { sms: 'Your code is {{code}}' })).toEqual([
    expect.stringMatching(/^SignUp, for any ClientMetadata: is no occasion.*CustomMessageSource/),
  ]);
});
