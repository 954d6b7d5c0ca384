import * as fc from 'fast-check';
import { localeFallback } from '../../../../lambda/message/locale';
import { selectText } from '../../../../lambda/message/select';
import { CustomMessageSource, type CustomMessageTemplate, MetadataKey } from '../../../../lib';
import type { MessageChannel, VariantWire } from '../../../../lib/private/contracts/message';
import { ambiguities, bySpecificity } from '../../../../lib/private/message/validation/ambiguity';
import { readDeclared, SIGN_UP } from './read-declaration';

const KEYS = ['a', 'b', 'c'];
const VALUES = ['1', '2', '3'];
const METADATA = KEYS.map((key) => MetadataKey.of(key));
const LOCALES = [undefined, 'de', 'de-AT', 'en'];

const value = fc.constantFrom(...VALUES);
const condition = fc
  .dictionary(fc.constantFrom(...KEYS), fc.oneof(value, fc.uniqueArray(value, { minLength: 1 })))
  .map((entries): Pick<CustomMessageTemplate, 'when' | 'whenOneOf'> => ({
    when: Object.fromEntries(
      Object.entries(entries).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    whenOneOf: Object.fromEntries(
      Object.entries(entries).filter((entry): entry is [string, string[]] => Array.isArray(entry[1])),
    ),
  }));
const texts = fc.constantFrom(
  { sms: '{{code}}' },
  { subject: 'Hi', html: '{{code}}' },
  { subject: 'Hi', html: '{{code}}', sms: '{{code}}' },
);
const templates = (locales = LOCALES, maxLength = 6) =>
  fc.array(
    fc
      .tuple(condition, texts, fc.constantFrom(...locales))
      .map(([when, parts, locale]) => ({ ...when, ...parts, ...(locale !== undefined && { locale }) })),
    { minLength: 1, maxLength },
  );
const clientMetadata = fc.dictionary(fc.constantFrom(...KEYS, 'other'), value);
const wishes = fc.array(fc.constantFrom('de', 'de-AT', 'de_CH', 'en-US', 'fr', 'no language'), { maxLength: 3 });
const channel = fc.constantFrom<MessageChannel>('email', 'sms');

const matching = (variants: readonly VariantWire[], metadata: Readonly<Record<string, string>>): VariantWire[] =>
  variants.filter(({ when }) =>
    Object.entries(when).every(([key, values]) => metadata[key] !== undefined && values.includes(metadata[key])),
  );
const rank = ({ when }: VariantWire): string =>
  `${Object.keys(when).length} ${Object.values(when).filter(({ length }) => length === 1).length}`;

/** All ClientMetadata that could matter. */
function* everyMetadata(): Generator<Record<string, string>> {
  const none = undefined;
  for (const a of [none, ...VALUES]) {
    for (const b of [none, ...VALUES]) {
      for (const c of [none, ...VALUES]) {
        const entries = Object.entries({ a, b, c }).filter((entry): entry is [string, string] => entry[1] !== none);
        yield Object.fromEntries(entries);
      }
    }
  }
}

const isAmbiguity = (finding: string): boolean => finding.includes('could match the same metadata');

test('without a finding, no two variants tie for a message, whatever the metadata and the locales', () => {
  fc.assert(
    fc.property(templates(), clientMetadata, wishes, channel, (inline, metadata, wished, wanted) => {
      const { findings, index } = readDeclared({ inline, metadata: METADATA });
      fc.pre(findings.length === 0);
      const locales = localeFallback(wished);
      const able = matching(index.sources[SIGN_UP], metadata).filter(({ texts: { [wanted]: files = {} } }) =>
        locales.some((locale) => locale in files),
      );
      const chosen = selectText(index, SIGN_UP, wanted, metadata, locales);
      const [first, ...rest] = able;
      expect(chosen).toBe(first && locales.map((locale) => first.texts[wanted]![locale]).find(Boolean));
      // The index is in order of specificity, so a tie could only follow at once.
      expect(rest.map(rank)).not.toContain(first && rank(first));
    }),
    { numRuns: 250 },
  );
});

test('with a finding, there is metadata for which two variants tie, and nothing goes before them', () => {
  fc.assert(
    fc.property(templates(), (inline) => {
      const { findings, index } = readDeclared({ inline, metadata: METADATA });
      fc.pre(findings.length > 0 && findings.every(isAmbiguity));
      // Somebody whose languages all variants speak meets all texts, and somebody of another language those for everybody.
      const forEverybody = (variant: VariantWire, wanted: MessageChannel): boolean =>
        '' in (variant.texts[wanted] ?? {});
      const ties = [...everyMetadata()].some((metadata) =>
        (['email', 'sms'] as const).some((wanted) => {
          const able = matching(index.sources[SIGN_UP], metadata).filter(({ texts: { [wanted]: files } }) => files);
          const settled = able.findIndex((variant) => forEverybody(variant, wanted));
          const reachable = settled < 0 ? able : able.filter((variant) => rank(variant) >= rank(able[settled]));
          const ranks = reachable.map(rank);
          return new Set(ranks).size < ranks.length;
        }),
      );
      expect(ties).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('there is one finding for each pair that ties, and none for a pair that cannot', () => {
  fc.assert(
    fc.property(templates([undefined], 4), (inline) => {
      const { messages, findings, index } = readDeclared({ inline, metadata: METADATA });
      fc.pre(findings.every(isAmbiguity));
      const tied = new Set<string>();
      for (const metadata of everyMetadata()) {
        for (const wanted of ['email', 'sms'] as const) {
          const able = matching(index.sources[SIGN_UP], metadata).filter(({ texts: { [wanted]: files } }) => files);
          const best = able
            .filter((variant) => rank(variant) === rank(able[0]))
            .map(({ when }) => JSON.stringify(when));
          for (const one of best) for (const other of best) if (one < other) tied.add(`${one} ${other}`);
        }
      }
      const told = ambiguities(messages.variants).map((pair) =>
        pair.map(({ conditions }) => JSON.stringify(conditions)).sort().join(' '),
      ); // prettier-ignore
      expect([...told].sort()).toEqual([...tied].sort());
    }),
    { numRuns: 150 },
  );
});

test('the order of declaration does not matter', () => {
  const shuffled = templates().chain((inline) =>
    fc.tuple(fc.constant(inline), fc.shuffledSubarray(inline, { minLength: inline.length })),
  );
  fc.assert(
    fc.property(shuffled, ([one, other]) => {
      const [first, second] = [one, other].map((inline) => readDeclared({ inline, metadata: METADATA }));
      expect(second.findings).toHaveLength(first.findings.length);
      fc.pre(first.findings.length === 0);
      expect(JSON.stringify(second.wire)).toBe(JSON.stringify(first.wire));
    }),
    { numRuns: 200 },
  );
});

test('more keys go first, then more keys that must be equal', () => {
  const { index } = readDeclared({
    metadata: METADATA,
    inline: [
      { sms: '0 {{code}}' },
      { whenOneOf: { a: ['1', '2'] }, sms: '1 {{code}}' },
      { when: { a: '1' }, sms: '2 {{code}}' },
      { whenOneOf: { a: ['1', '2'], b: ['1', '2'] }, sms: '3 {{code}}' },
      { when: { a: '1' }, whenOneOf: { b: ['1', '2'] }, sms: '4 {{code}}' },
      { when: { a: '1', b: '1' }, sms: '5 {{code}}' },
    ],
  });
  expect(index.sources[SIGN_UP].map(({ when }) => when)).toEqual([
    { a: ['1'], b: ['1'] },
    { a: ['1'], b: ['1', '2'] },
    { a: ['1', '2'], b: ['1', '2'] },
    { a: ['1'] },
    { a: ['1', '2'] },
    {},
  ]);
});

test('a list of one value is as specific as that value', () => {
  const { messages } = readDeclared({
    metadata: METADATA,
    inline: [{ whenOneOf: { a: ['1'] }, sms: '{{code}}' }, { source: CustomMessageSource.RESEND_CODE, when: { a: '2' }, sms: '{{code}}' }],
  }); // prettier-ignore
  expect(bySpecificity(messages.variants[0], messages.variants[1])).toBe(0);
});
