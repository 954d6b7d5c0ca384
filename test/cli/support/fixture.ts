/** Small triggers and apps, as CustomMessageTrigger would lay them out. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Code, Function, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { MessageChannel, MessageIndexWire, MessagePart, PieceWire } from '../../../lib/private/contracts/message';
import type { TextRuleWire } from '../../../lib/private/contracts/text-rule';

const RUNTIME = path.join(__dirname, '../../../custom-message/index.js');

/** A text in the templates' syntax without conditions, or in pieces. */
type Text = string | readonly PieceWire[];

export interface VariantFixture {
  readonly name?: string;
  readonly when?: Readonly<Record<string, readonly string[]>>;
  /** By locale. */
  readonly email?: Readonly<Record<string, { readonly subject: Text; readonly html: Text }>>;
  readonly sms?: Readonly<Record<string, Text>>;
}

export interface TriggerFixture {
  readonly metadata?: Readonly<Record<string, TextRuleWire>>;
  readonly localeKey?: string;
  readonly defaultLocale?: string;
  /** By source, without `CustomMessage_`. */
  readonly sources: Readonly<Record<string, readonly VariantFixture[]>>;
}

/** A trigger of one message, for tests that look at something else. */
export const ONE_MESSAGE: TriggerFixture = {
  sources: { SignUp: [{ sms: { '': 'Your code is {{code}}' } }] },
};

const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'preview-test-'));
  folders.push(folder);
  return folder;
}

export const removeFolders = (): void =>
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));

/** The asset of a trigger's function, or of a layer, which holds no code. */
export function asset(fixture: TriggerFixture, kind: 'function' | 'layer' = 'function'): string {
  const folder = temporaryFolder();
  const messages = path.join(folder, 'messages');
  mkdirSync(messages);
  const texts = new Map<string, object>();
  const fileOf = (parts: Partial<Record<MessagePart, Text>>): string => {
    const name = `${texts.size}.json`;
    texts.set(name, mapValues(parts as Record<string, Text>, piecesOf));
    return name;
  };
  const index: MessageIndexWire = {
    metadata: fixture.metadata ?? {},
    ...(fixture.localeKey && { localeKey: fixture.localeKey }),
    ...(fixture.defaultLocale && { defaultLocale: fixture.defaultLocale }),
    sources: Object.fromEntries(
      Object.entries(fixture.sources).map(([source, variants]) => [
        `CustomMessage_${source}`,
        variants.map(({ name, when, email, sms }) => ({
          ...(name && { name }),
          when: when ?? {},
          texts: {
            ...(email && { email: mapValues(email, fileOf) }),
            ...(sms && { sms: mapValues(sms, (text) => fileOf({ sms: text })) }),
          } satisfies Partial<Record<MessageChannel, Record<string, string>>>,
        })),
      ]),
    ),
  };
  writeFileSync(path.join(messages, 'index.json'), JSON.stringify(index));
  for (const [name, text] of texts) writeFileSync(path.join(messages, name), JSON.stringify(text));
  if (kind === 'function') {
    const code = `const { customMessages } = require(${JSON.stringify(RUNTIME)});
exports.render = customMessages({ directory: require('node:path').join(__dirname, 'messages') }).render;`;
    writeFileSync(path.join(folder, 'index.js'), code);
  }
  return folder;
}

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

const piecesOf = (text: Text): readonly PieceWire[] =>
  typeof text !== 'string'
    ? text
    : text
        .split(/\{\{(.*?)\}\}/)
        .map((part, position): PieceWire => (position % 2 === 0 ? part : ['value', part]))
        .filter((piece) => piece !== '');

/** As CustomMessageTrigger declares its function. */
export const declareTrigger = (stack: Stack, id: string, directory: string): void => {
  new Function(stack, `${id}Function`, {
    code: Code.fromAsset(directory),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_22_X,
  });
};

export const declareLayer = (stack: Stack, id: string, directory: string): void => {
  new LayerVersion(stack, id, { code: Code.fromAsset(directory) });
};

/** Synthesizes as the CDK CLI has it done, and tells where. */
export function synthesize(define: (app: App) => void): string {
  const outdir = path.join(temporaryFolder(), 'cdk.out');
  const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } });
  define(app);
  app.synth();
  return outdir;
}

/** A cdk.json whose app does no more than copy an assembly to where it is told. */
export function projectOf(assembly: string, context: object = {}): string {
  const folder = temporaryFolder();
  cpSync(assembly, path.join(folder, 'made'), { recursive: true });
  const script = `const fs = require('node:fs');
fs.cpSync('made', process.env.CDK_OUTDIR, { recursive: true });
fs.writeFileSync('context.json', process.env.CONTEXT_OVERFLOW_LOCATION_ENV
  ? fs.readFileSync(process.env.CONTEXT_OVERFLOW_LOCATION_ENV) : process.env.CDK_CONTEXT_JSON);`;
  writeFileSync(path.join(folder, 'app.js'), script);
  writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ app: 'node app.js', context }));
  return folder;
}
