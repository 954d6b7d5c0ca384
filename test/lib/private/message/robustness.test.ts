import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import * as mustache from 'mustache';
import { MetadataKey } from '../../../../lib';
import { brokenTag } from '../../../../lib/private/message/broken-tag';
import { readDirectory } from '../../../../lib/private/message/directory';
import { FileReader } from '../../../../lib/private/message/files';
import { type Declared, readDeclared } from './read-declaration';

/** What templates are made of, right and wrong. */
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{{', '}}', '{', '}', '{{{', '}}}', '{{code}}', '{{username}}', '{{link}}', '{{#clientMetadata.tier}}', '{{/clientMetadata.tier}}',
        '{{^userAttributes.name}}', '{{/userAttributes.name}}', '{{> p}}', '{{> q}}', '{{! note }}', '{{&', '{{=<% %>=}}', '{{=', '=', '{####}',
        '{username}', '<p title="', '">', '<style>', '</style>', '<!--', '-->', '\n', '\r\n', ' ', '.com', '@', '=?', '\u200D', '\uFEFF', 'x',
      ), // prettier-ignore
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

const PLACED = /^(?:messages(?:\/[^\n]*)?[ :]|CustomMessage_SignUp[,:]|the variant |has no templates)/;

const toldWell = (findings: readonly string[]): void => {
  expect(new Set(findings).size).toBe(findings.length);
  for (const finding of findings) expect(finding).toMatch(PLACED);
};

test('whatever a text holds becomes findings, none twice', () => {
  fc.assert(
    fc.property(soup, soup, soup, (subject, html, sms) => {
      toldWell(readDeclared({ inline: [{ subject, html, sms }], metadata: [MetadataKey.of('tier')] }).findings);
    }),
    { numRuns: 250 },
  );
});

test('whatever files and partials hold becomes findings that name a file and a line that there is', () => {
  fc.assert(
    fc.property(soup, soup, soup, soup, (sms, html, p, q) => {
      const files: Declared['files'] = {
        'sign-up/sms.txt': sms,
        'sign-up/subject.txt': 'x',
        'sign-up/body.html': html,
        'partials/p.txt': p,
        'partials/q.txt': q,
        'partials/p.html': q,
        'partials/q.html': p,
      };
      const { findings } = readDeclared({ files, metadata: [MetadataKey.of('tier')] });
      toldWell(findings);
      for (const finding of findings) {
        const [, file, line] = /^messages\/([^:]+):(\d+): /.exec(finding) ?? [];
        expect(Object.keys(files)).toContain(file);
        expect(Number(line)).toBeLessThanOrEqual(String(files[file]).split(/\r\n?|\n/).length);
      }
    }),
    { numRuns: 120 },
  );
});

test('what mustache cannot read has a place, and nothing else has one', () => {
  fc.assert(
    fc.property(soup, (text) => {
      let isReadable = true;
      try {
        mustache.parse(text);
      } catch {
        isReadable = false;
      }
      const broken = brokenTag(text);
      if (!isReadable) expect(text.slice(broken?.start, (broken?.start ?? 0) + 2)).toBe('{{');
      else if (broken) expect(broken.finding).toContain('changes the delimiters');
    }),
    { numRuns: 2_000 },
  );
});

const name = fc.oneof(
  fc.constantFrom('sign-up', 'partials', 'de', 'de-AT', 'gold', 'sms.txt', 'subject.txt', 'body.html', '__proto__', 'constructor', 'x.html', '.x', 'README.md'),
  fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/[/\0\n]/.test(text) && text !== '.' && text !== '..'),
); // prettier-ignore

test('whatever files and folders there are, deep or not, becomes findings', () => {
  const entries = fc.array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 6 }), fc.option(fc.uint8Array({ maxLength: 8 }))), {
    maxLength: 8,
  }); // prettier-ignore
  fc.assert(
    fc.property(entries, (tree) => {
      const prepare = (directory: string): void => {
        for (const [names, content] of tree) {
          const file = path.join(directory, ...names);
          try {
            mkdirSync(content ? path.dirname(file) : file, { recursive: true });
            if (content) writeFileSync(file, content);
          } catch {
            continue; // a file stands where a folder should
          }
        }
      };
      toldWell(readDeclared({ prepare, variants: { gold: { when: { tier: 'gold' } } } }).findings);
    }),
    { numRuns: 80 },
  );
});

test('whatever conditions, keys and locales are declared becomes findings', () => {
  const word = fc.constantFrom('tier', '__proto__', 'constructor', 'Ref', '', 'a b');
  const anything = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.constant({ Ref: 'X' }),
    fc.array(fc.string()),
  );
  const template = fc.record(
    {
      when: fc.dictionary(word, anything),
      whenOneOf: fc.dictionary(word, anything),
      locale: anything,
      sms: anything,
    },
    { requiredKeys: [] },
  );
  const key = fc.tuple(fc.oneof(word, anything), anything, anything).map(([of, maxLength, pattern]) =>
    MetadataKey.of(of as string, { maxLength: maxLength as number, pattern: typeof pattern === 'string' ? pattern : undefined }),
  ); // prettier-ignore
  fc.assert(
    fc.property(fc.array(template, { maxLength: 4 }), fc.array(key), anything, (inline, metadata, locale) => {
      const declared = { inline: inline as never, metadata, defaultLocale: locale as string, localeKey: 'tier' };
      const { findings } = readDeclared(declared);
      expect(new Set(findings).size).toBe(findings.length);
    }),
    { numRuns: 120 },
  );
});

test.each(['nowhere', 'package.json'])('%s is no directory, and the path is from where the app runs', (name) => {
  expect(readDirectory(name, { gold: { when: { tier: 'gold' } } }).findings).toEqual([
    `${name} is no directory: pass the one that holds your messages, relative to ${process.cwd()}`,
  ]);
});

test('what cannot be read is told, with the reason', () => {
  const reader = new FileReader();
  expect(reader.entries('package.json')).toEqual([]);
  expect(reader.text('lib')).toMatchObject({ text: '', isUnreadable: true });
  expect(reader.findings).toEqual([
    'package.json cannot be read (ENOTDIR): let whoever synthesizes read it',
    'lib cannot be read (EISDIR): let whoever synthesizes read it',
  ]);
});

test('big texts are read, and big trees', () => {
  const body = '<p>{{username}} \u200D{{#clientMetadata.tier}}x{{/clientMetadata.tier}}</p>\n'.repeat(1_500);
  const { findings } = readDeclared({ inline: [{ subject: 'x', html: body + '{{code}}' }] });
  expect(findings).toEqual([expect.stringMatching(/is \d+ characters long with its placeholders/)]);
  const many = Array.from({ length: 500 }, (_, index) => ({ when: { tier: `t${index}` }, sms: `{{code}} ${index}` }));
  expect(readDeclared({ inline: many }).findings).toEqual([]);
});
