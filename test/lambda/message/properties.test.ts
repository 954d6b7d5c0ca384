import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Rendering } from '../../../lambda/message/messages';
import { MESSAGE_SOURCES, MESSAGES_FOLDER } from '../../../lib/private/contracts/message';
import { CORPUS, FRAGMENTS, SOUND_VALUES } from './adversarial/corpus';
import { harmOf } from './adversarial/harmless';
import { COMPILED, TEXT_KEY, writeMessages } from './adversarial/messages-folder';
import { copyOf, Recorder } from './adversarial/recorder';

/**
 * Some five seconds. `MESSAGE_RUNS=100000 npx jest test/lambda/message/properties` takes about a minute; a failure tells its
 * seed and path.
 */
const RUNS = Number(process.env.MESSAGE_RUNS ?? 6_000);

// The bundle as it is shipped, with messages beside it as a trigger lays them there.
const directory = mkdtempSync(join(tmpdir(), 'custom-message-'));
const index = join(directory, 'index.js');
copyFileSync(join(__dirname, '..', '..', '..', 'assets', 'custom-message', 'index.js'), index);
writeMessages(join(directory, MESSAGES_FOLDER));
const { handler, render } = jest.requireActual<{
  handler(event: unknown): Promise<unknown>;
  render(event: unknown): Rendering;
}>(index);

afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(directory, { recursive: true }));

const SEAMS = [
  '{',
  '}',
  '#',
  '##',
  '<',
  '>',
  '&',
  ';',
  '.',
  '@',
  ':',
  '/',
  '\\',
  '=',
  '?',
  ' ',
  '\n',
  '。',
  'com',
  'www',
  'x',
  'ä',
  '1',
  '\u200D',
  '\u0338',
  '\uD83C',
  '\uDF89',
  '🎉',
];
const SHAPED = Object.values(CORPUS)
  .flat()
  .flatMap(({ values }) => values);

/** Any text that JavaScript can hold, lone surrogates included, which `unit: 'binary'` leaves out. */
const utf16 = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), {
      maxLength,
      size: 'max',
    })
    .map((units) => String.fromCharCode(...units));

const smuggled = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...FRAGMENTS) },
      { weight: 5, arbitrary: fc.constantFrom(...SEAMS) },
      { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
      { weight: 1, arbitrary: utf16(3) },
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: smuggled },
  { weight: 4, arbitrary: fc.constantFrom(...SOUND_VALUES.map(({ values }) => values[0])) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: utf16(40) },
  { weight: 1, arbitrary: utf16(300) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(...SHAPED) },
  { weight: 1, arbitrary: fc.anything() },
);

/** What Cognito sends, and what it never would. */
const parameter = (usual: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 16, arbitrary: fc.constant(usual) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '{##code##}',
        '{username}',
        '{#}',
        '####',
        '{<b>}',
        '{a\nb}',
        '{a\u202Eb}',
        '',
        null,
        undefined,
        7,
      ),
    },
  );

const extra = fc.dictionary(
  fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'evil'), fc.string({ unit: 'binary' })),
  value,
  { maxKeys: 2 },
);

const strangers = fc.constantFrom(...COMPILED).chain(({ name, source }) =>
  fc.record({
    version: fc.constant('1'),
    triggerSource: fc.oneof(
      { weight: 24, arbitrary: fc.constant<unknown>(source) },
      { weight: 1, arbitrary: fc.oneof(fc.constantFrom(...MESSAGE_SOURCES), value) },
    ),
    userPoolId: fc.oneof(
      { weight: 8, arbitrary: fc.constant<unknown>('eu-central-1_abc') },
      { weight: 1, arbitrary: value },
    ),
    userName: value,
    request: fc.record({
      codeParameter: parameter('{####}'),
      usernameParameter: parameter('{username}'),
      linkParameter: parameter('{##Click here##}'),
      clientMetadata: fc
        .tuple(
          extra,
          fc.record(
            {
              [TEXT_KEY]: fc.oneof(
                { weight: 24, arbitrary: fc.constant<unknown>(name) },
                { weight: 1, arbitrary: value },
              ),
              a: value,
              b: value,
              lang: fc.oneof(fc.constantFrom<unknown>('de', 'de_AT'), value),
            },
            { requiredKeys: [TEXT_KEY] },
          ),
        )
        .map(([more, declared]) => ({ ...more, ...declared })),
      userAttributes: fc
        .tuple(extra, fc.record({ 'custom:c': value, locale: value }, { requiredKeys: [] }))
        .map(([more, known]) => ({ ...more, ...known })),
    }),
    response: fc.oneof(
      fc.constant<unknown>({ smsMessage: null, emailMessage: null, emailSubject: null }),
      fc.anything(),
    ),
  }),
);

const anyEvent = fc.oneof(
  fc.anything(),
  fc.record(
    {
      triggerSource: fc.oneof(fc.constantFrom<unknown>(...MESSAGE_SOURCES), fc.anything()),
      userPoolId: fc.anything(),
      userName: fc.anything(),
      request: fc.oneof(
        fc.anything(),
        fc.record(
          { codeParameter: parameter('{####}'), clientMetadata: fc.anything(), userAttributes: fc.anything() },
          { requiredKeys: [] },
        ),
      ),
      response: fc.anything(),
    },
    { requiredKeys: [] },
  ),
);

/** Runs events through the handler, and tells how many messages came out in our words. */
async function check(events: fc.Arbitrary<unknown>, runs: number): Promise<number> {
  const recorder = new Recorder();
  let messages = 0;
  await fc.assert(
    fc.asyncProperty(events, async (event) => {
      const before = copyOf(event);
      const outcome = await recorder.outcome(event, handler, render);
      messages += Number('emailMessage' in outcome.rendering) + Number('smsMessage' in outcome.rendering);
      const harm = harmOf(event, before, outcome);
      if (harm.length > 0) throw new Error(`${harm.join('\n')}\n${JSON.stringify(outcome.rendering)}`);
    }),
    { numRuns: runs },
  );
  return messages;
}

const TIMEOUT = 30_000 + 20 * RUNS;

test(
  'no values do harm, whatever they are and wherever they stand',
  async () => {
    // A property of messages must not hold for want of any.
    expect(await check(strangers, RUNS)).toBeGreaterThan(RUNS / 2);
  },
  TIMEOUT,
);

test(
  'no event does harm, whatever it is',
  async () => {
    await check(anyEvent, Math.ceil(RUNS / 4));
  },
  TIMEOUT,
);
