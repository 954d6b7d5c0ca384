import { CustomMessageSource } from '../../../../lib/custom-message-source';

/** A message as an author writes it; `A`, `B`, `C` and `U` between double braces stand for the four kinds of variables. */
export interface Text {
  readonly name: string;
  readonly source: CustomMessageSource;
  readonly subject: string;
  readonly html: string;
  readonly sms: string;
}

/** What the letters stand for: two keys of ClientMetadata, an attribute, and the user's name, which is a value but for an invitation. */
export const VARIABLES = {
  A: 'clientMetadata.a',
  B: 'clientMetadata.b',
  C: 'userAttributes.custom:c',
  U: 'username',
} as const;

const text = (
  name: string,
  html: string,
  sms = 'Hi {{A}}, {{code}}',
  subject = 'For {{A}}',
  source = CustomMessageSource.UPDATE_USER_ATTRIBUTE,
): Text => ({ name, source, html, sms, subject });

/** All parts alike: a body, an SMS and a subject have the same neighbours for their values. */
const alike = (name: string, words: string): Text => text(name, `<p>${words} {{code}}</p>`, `${words} {{code}}`, words);

const SOUND_TEXTS: readonly Text[] = [
  text('plain', '<p>Hello {{A}}, your code is {{code}}.</p>', 'Hello {{A}}: {{code}}', 'Hello {{A}}'),
  text(
    'all variables',
    '<p>{{A}}, {{B}}, {{C}}, {{U}}: {{code}} or {{code}}</p>',
    '{{A}} {{B}} {{C}} {{U}} {{code}}\nor {{code}}',
    '{{A}} {{B}} {{C}} {{U}}',
  ),
  text(
    'tags around',
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Code</title><style>p > b{color:#fff}</style></head>' +
      '<body><div class="x"><p style="margin:0">Hi <b>{{A}}</b>, <i title=y>{{B}}</i> and ' +
      '<a href="https://example.com/?q=1&amp;r={{code}}">{{C}}</a> <img src="https://example.com/i.png" alt="">' +
      'help@example.com {{code}}</p><!-- end --></div></body></html>',
    'https://example.com/?c={{code}} for {{A}} of {{B}}',
  ),
  text(
    'lists',
    '<ul><li>{{A}}</li><li>{{B}}<ol><li>{{C}}</li></ol></li></ul><dl><dt>{{U}}</dt><dd>{{code}}</dd></dl>',
    '- {{A}}\n- {{B}}\n- {{code}}',
  ),
  text(
    'table',
    '<table role="presentation"><tbody><tr><td>{{A}}</td><td><h1>{{B}}</h1></td></tr><tr><th>{{code}}</th></tr></tbody></table>',
    '{{A}} | {{B}} | {{code}}',
  ),
  text(
    'places of their own',
    '<!--[if mso]><table><tr><td><![endif]--><pre>{{A}}</pre><select><option>{{B}}</option></select>' +
      '<svg><text>{{C}}</text></svg><style>a{}</style>{{U}}<br>{{code}}',
  ),
  text('without a tag', '{{A}} {{code}}', '{{code}} {{A}}'),
  text(
    'sections',
    '{{#A}}<p>For <b>{{A}}</b></p>{{/A}}{{^A}}<p><i>Hello</i></p>{{/A}}{{#C}}<hr>{{/C}}<p>{{code}}</p>{{^B}}<br>{{/B}}',
    '{{#A}}{{A}}: {{/A}}{{^A}}Hello\n{{/A}}{{code}}{{#C}} ({{C}}){{/C}}',
    '{{#A}}For {{A}}{{/A}}{{^A}}Hello{{/A}}',
  ),
  text(
    'invitation',
    '<p>{{A}}: {{username}}, {{code}}</p>',
    '{{A}}: {{username}} {{code}}',
    '{{A}}',
    CustomMessageSource.ADMIN_CREATE_USER,
  ),
  text('link', '<p>{{A}}: {{link}}</p>', '{{A}}: {{code}}', '{{A}}', CustomMessageSource.SIGN_UP),
];

/** Synthesis refuses most of these. What gets through it all the same must do no harm either. */
const SEAMS: readonly Text[] = [
  alike('value beside value', '{{A}}{{B}} {{B}}{{A}}'),
  alike('three values', '{{A}}{{B}}{{C}}{{U}}'),
  ...[
    '.com',
    '.',
    '@',
    '@example.com',
    '/',
    '/x',
    ':',
    '//',
    '://x',
    '#}',
    '##}',
    '}',
    ';',
    '?',
    '?=',
    '。com',
    'com',
    '>',
  ].map((after) => alike(`before ${after}`, `{{A}}${after}`)),
  ...[
    'www',
    'www.',
    'evil.',
    'help@',
    '@',
    'https:',
    'https:/',
    'https://',
    'https://example.com',
    'mailto:',
    '/',
    '\\',
    '192.0.2.',
    '&',
    '&#',
    '&#x',
    '&l',
    '&amp',
    '=',
    '{',
    '{#',
    '{user',
    '1 <',
  ].map((before) => alike(`after ${before}`, `Hi ${before}{{A}}`)),
  text('value straight in a table', '<table>{{A}}<tr>{{B}}<td>{{code}}</td></tr></table>'),
  text('around the code', '<p>{{A}}{{code}}{{B}}</p>', '{{A}}{{code}}{{B}}'),
  text('around the link', '<p>{{A}}{{link}}{{B}}</p>', '{{A}}{{code}}', '{{A}}', CustomMessageSource.SIGN_UP),
  ...[
    '<b></b>',
    '<!-- x -->',
    '<wbr>',
    '<o:p></o:p>',
    '<a href="https://example.com/?a>b">',
    '</b><b class="y">',
    '&shy;',
    '&#8203;',
    '&period;',
    '&#46;',
    '&#x2e;',
    '&commat;',
    '&colon;//',
    '&sol;/',
    '{{#C}}{{/C}}',
    '{{^C}}.{{/C}}',
  ].map((between) => text(`on both sides of ${between}`, `<p>{{A}}${between}{{B}} {{code}}</p>`)),
];

export const TEXTS: readonly Text[] = [...SOUND_TEXTS, ...SEAMS].map((one) => ({
  ...one,
  subject: spelled(one.subject),
  html: spelled(one.html),
  sms: spelled(one.sms),
}));

/** The texts that synthesis would let through, too: these have to go out with sound values. */
export const SOUND_TEXT_NAMES: readonly string[] = SOUND_TEXTS.map(({ name }) => name);

function spelled(words: string): string {
  return words.replace(
    /(\{\{[#^/]?)([ABCU])\}\}/g,
    (_, open: string, letter: keyof typeof VARIABLES) => `${open}${VARIABLES[letter]}}}`,
  );
}
