import { removeFolders } from './support/fixture';
import { email, kindsOf, rendered, textOf } from './support/rendered';

afterAll(removeFolders);

const sms = (text: string, metadata = {}) => rendered({ metadata, sources: { SignUp: [{ sms: { '': text } }] } })[0];

test('a careful message gives no cause', () => {
  const html =
    '<html lang="en"><body><p>{{code}} <a href="https://example.com">help</a><img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p></body></html>';
  expect(email(html).findings).toEqual([]);
  expect(sms('Your code is {{code}}').findings).toEqual([]);
});

test.each([
  ['No language', '<p>{{code}}</p>', 'lang="en"'],
  ['Remote content', '<img alt="" src="https://cdn.example.com/a.png">{{code}}', 'cdn.example.com'],
  ['Remote content', '<p style="background:url(//a.example/x.png)">{{code}}</p>', 'a.example'],
  ['Remote content', '<style>@import "https://b.example/x.css";</style>{{code}}', 'b.example'],
  ['Remote content', '<img alt="" srcset="https://c.example/1.png 1x, logo.png 2x">{{code}}', '2 resources'],
  ['Attached content', '<img alt="" src="cid:logo">{{code}}', 'data:'],
  ['Active content', '<script>1</script>{{code}}', '<script>'],
  ['Active content', '<form><input></form>{{code}}', '<form> and <input>'],
  ['Active content', '<p onclick="x()">{{code}}</p>', 'onclick'],
  ['Active content', '<a href=" JavaScript:x()">{{code}}</a>', 'javascript: links'],
  ['Active content', '<meta http-equiv="Refresh" content="0;url=/x">{{code}}', 'refresh'],
  ['Image without alt', '<img src="data:,">{{code}}', '1 image has'],
  ['Open element', '<p lang="en">{{code}} <b>bold</p>', '<b> is not closed, or closed in the wrong place'],
  ['Open element', '<table><tr><td>{{code}}', '<table> is not closed'],
  ['Broken tag', '<a href="https://a.example>x</a>{{code}}<p class="y">z</p>', 'quotes where none belong'],
  ['Needs values', '<p lang="en">{{code}} {{userAttributes.given_name}}</p>', '{{userAttributes.given_name}}'],
  ['Unencrypted link', '<a href="http://example.com/x">{{code}}</a>', 'example.com'],
])('%s: %s', (kind, html, words) => {
  expect(textOf(email(html), kind)).toContain(words);
});

test('a value that a section asks for is not needed', () => {
  const name = 'userAttributes.given_name';
  const pieces = [['if', name, [['value', name], ', ']], ['value', 'code'], ' is your code.'] as const;
  for (const message of rendered({ sources: { SignUp: [{ sms: { '': pieces } }] } })) {
    expect(message.findings).toEqual([]);
  }
});

test('an end that nobody writes is not missed', () => {
  expect(email('<ul lang="en"><li>{{code}}<li>x</ul>').findings).toEqual([]);
});

test('markup is read as a mail client reads it: no tags in comments, in text or in other attributes', () => {
  const html =
    '<p lang="en" title="<script>">&lt;script&gt; <!-- <script></script> <img src="http://a.example"> -->{{code}}</p>';
  expect(email(html).findings).toEqual([]);
});

test('the language that a message names must be that of its text', () => {
  const html = { subject: 's', html: '<div lang="en-GB">{{code}}</div>' };
  const messages = rendered({ sources: { SignUp: [{ email: { '': html, de: html, 'en-us': html } }] } });
  expect(messages.map((message) => [message.sample.locale, kindsOf(message)])).toEqual([
    ['', []],
    ['de', ['Wrong language']],
    ['en-us', []],
  ]);
});

test('a long subject is cut', () => {
  expect(kindsOf(email('<p lang="en">{{code}}</p>', { subject: 'x'.repeat(61) }))).toEqual(['Long subject']);
});

test('a temporary password that makes markup is told, with what people would read', () => {
  const message = email('<p lang="en">{{username}} <b>{{code}}</b></p>', { source: 'AdminCreateUser' });
  expect(kindsOf(message)).toEqual(['Password with markup']);
  expect(textOf(message, 'Password with markup')).toContain('Of aB3$x&9<q, people would read aB3$x&9:');
});

test('a temporary password inside a tag is warned of', () => {
  const html = '<p lang="en">{{username}} <a href="https://example.com/?p={{code}}">in</a> {{code}}</p>';
  expect(kindsOf(email(html, { source: 'AdminCreateUser' }))).toContain('Password in a tag');
});

test.each([
  ['Typographic characters', 'Don’t share {{code}} – ever', 'write '],
  ['Sent as UCS-2', 'Ваш код: {{code}}', '70 characters'],
  ['Several segments', `${'€'.repeat(90)}{{code}}`, '2 segments'],
  ['Markup in an SMS', '<b>{{code}}</b>', 'plain text'],
  ['Markup in an SMS', 'Code&nbsp;{{code}}', 'plain text'],
])('SMS: %s', (kind, text, words) => {
  expect(textOf(sms(text), kind)).toContain(words);
});

test('an ampersand or a lone angle bracket in an SMS is no markup', () => {
  expect(sms('A & B, 1 < 2: {{code}}').findings).toEqual([]);
});

test('too little room for values is told: a warning where names are longer, a note where the rule could be shorter', () => {
  const tight = sms(`${'x'.repeat(120)}{{userAttributes.given_name}}{{code}}`);
  const room = ({ findings }: typeof tight) => findings.filter(({ kind }) => kind === 'Room for values');
  expect(room(tight)).toMatchObject([{ level: 'warning' }]);
  expect(textOf(tight, 'Room for values')).toContain('leaves 14 characters to {{userAttributes.given_name}}');
  const declared = sms('{{clientMetadata.tenant}}{{code}}', { tenant: { maxLength: 200 } });
  expect(room(declared)).toMatchObject([{ level: 'note' }]);
  expect(room(sms('{{clientMetadata.tenant}}{{code}}', { tenant: { maxLength: 100 } }))).toEqual([]);
  expect(room(sms('{{userAttributes.given_name}}{{code}}'))).toEqual([]);
});

test('of two texts for one condition, only the longer counts', () => {
  const pieces = (length: number) =>
    [
      ['if', 'userAttributes.given_name', ['x'.repeat(length), ['value', 'userAttributes.given_name']]],
      ['unless', 'userAttributes.given_name', ['y'.repeat(130)]],
      ['value', 'code'],
    ] as const;
  const [message] = rendered({ sources: { SignUp: [{ sms: { '': pieces(10) } }] } });
  expect(message.findings).toEqual([]);
});

test('what is left to Cognito is told with the reason, the variable and a remedy', () => {
  const metadata = { order: { maxLength: 20, pattern: 'x{7}y' } };
  const message = sms('{{clientMetadata.order}} {{code}}', metadata);
  expect(message.sent).toBeUndefined();
  expect(textOf(message, 'Left to Cognito')).toBe(
    'Cognito sends its own words: a variable has no value: {{clientMetadata.order}}. Other values may do: give the preview some with --samples.',
  );
});

test('a variable that is asked for and then used outside its condition is told by name', () => {
  const [, without] = rendered({
    sources: {
      SignUp: [
        {
          sms: {
            '': [
              ['if', 'userAttributes.given_name', ['Hello ']],
              ['value', 'userAttributes.given_name'],
              ['value', 'code'],
            ],
          },
        },
      ],
    },
  });
  expect(textOf(without, 'Left to Cognito')).toContain('Put every {{userAttributes.given_name}} between');
});
