import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customMessages } from '../../../lambda/message/messages';
import { CORPUS, type Fixture, SOUND_VALUES } from './adversarial/corpus';
import { expectHarmless, messageHarm } from './adversarial/harmless';
import { COMPILED, type CompiledText, TEXT_KEY, writeMessages } from './adversarial/messages-folder';
import { Recorder } from './adversarial/recorder';
import { SOUND_TEXT_NAMES } from './adversarial/texts';

const directory = mkdtempSync(join(tmpdir(), 'messages-'));
writeMessages(directory);
const messages = customMessages({ directory });
let recorder: Recorder;

const SOUND = COMPILED.filter(({ name }) => SOUND_TEXT_NAMES.includes(name));
const SEAMS = COMPILED.filter((text) => !SOUND.includes(text));

beforeEach(() => (recorder = new Recorder()));
afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(directory, { recursive: true }));

/** The event that fills a text's variables by a fixture's values, in turn. */
function eventFor({ name, source }: CompiledText, { values }: Fixture) {
  const value = (index: number): unknown => values[index % values.length];
  return {
    version: '1',
    triggerSource: source,
    userPoolId: 'eu-central-1_abc',
    userName: value(3),
    request: {
      codeParameter: '{####}',
      usernameParameter: source === 'CustomMessage_AdminCreateUser' ? '{username}' : null,
      linkParameter: source === 'CustomMessage_SignUp' ? '{##Click here##}' : null,
      clientMetadata: { [TEXT_KEY]: name, a: value(0), b: value(1) },
      userAttributes: { 'custom:c': value(2), locale: value(0) },
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  };
}

async function outcomeOf(text: CompiledText, fixture: Fixture) {
  const event = eventFor(text, fixture);
  return {
    event,
    before: eventFor(text, fixture),
    outcome: await recorder.outcome(event, messages.respond, messages.render),
  };
}

test('the corpus names each idea once', () => {
  const names = Object.values(CORPUS)
    .flat()
    .map(({ name }) => name);
  expect(names.length).toBeGreaterThan(150);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe.each(Object.entries(CORPUS))('%s', (_, fixtures) => {
  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    for (const text of SOUND) {
      const { event, before, outcome } = await outcomeOf(text, fixture);
      expectHarmless(event, before, outcome);
    }
    for (const text of SEAMS) {
      const event = eventFor(text, fixture);
      expect([text.name, messageHarm(event, messages.render(event))]).toEqual([text.name, []]);
    }
  });
});

describe('a sound value gets through wherever it stands by itself', () => {
  test.each(SOUND_VALUES.map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    for (const text of SOUND) {
      const { event, before, outcome } = await outcomeOf(text, fixture);
      expectHarmless(event, before, outcome);
      expect([text.name, outcome.rendering.defaults]).toEqual([text.name, []]);
    }
  });
});

test('what an error quotes is not repeated, and nobody’s sign-up fails for it', async () => {
  const quoting = {
    get userAttributes(): never {
      throw new TypeError('evil words');
    },
  };
  const event = { triggerSource: 'CustomMessage_SignUp', request: quoting };
  expect(messages.respond(event)).toBe(event);
  expect(JSON.stringify(recorder.written)).toContain('TypeError');
  expect(JSON.stringify(recorder.written)).not.toContain('evil');
});
