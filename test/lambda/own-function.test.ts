/** A function of somebody's own that renders the declared messages, as the README and docs/messages.md show it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { CustomMessageSource, MetadataKey } from '../../lib';
import { LambdaRunner } from '../support/lambda-runner';
import { type MessageFunction, synthesizeMessages } from '../support/message-function';

const HANDLER = `
  import { customMessages } from ${JSON.stringify(path.join(__dirname, '../../custom-message'))};
  const messages = customMessages();
  export const handler = async (event) => {
    if (event.callerContext.clientId === 'legacy') return event;
    const clientMetadata = { ...event.request.clientMetadata, tenant: 'Blue & Sons' };
    return messages.respond({ ...event, request: { ...event.request, clientMetadata } });
  };
`;

let declared: MessageFunction;
let work: string;
beforeAll(() => {
  declared = synthesizeMessages({ metadata: [MetadataKey.of('tenant')] }, (messages) =>
    messages.addTemplate(CustomMessageSource.SIGN_UP, { sms: '{{clientMetadata.tenant}}: {{code}}' }),
  );
  work = mkdtempSync(path.join(tmpdir(), 'own-function-'));
  buildSync({
    stdin: { contents: HANDLER, resolveDir: work },
    bundle: true,
    platform: 'node',
    outfile: path.join(work, 'index.js'),
  });
});
afterAll(() => {
  declared.remove();
  rmSync(work, { recursive: true });
});

const event = (clientId: string) => ({
  triggerSource: 'CustomMessage_SignUp',
  userPoolId: 'p',
  callerContext: { clientId },
  request: { codeParameter: '{####}', userAttributes: {} },
  response: {},
});

const answers = async (env: Record<string, string>, clientId = 'web') => {
  const runner = new LambdaRunner({ bundle: path.join(work, 'index.js'), env });
  const { payload } = await runner.invoke(event(clientId));
  const { logs } = runner;
  await runner.stop();
  return { payload: payload as any, logs };
};

test('renders what the layer holds, with metadata of its own', async () => {
  const { payload, logs } = await answers({ COGNITO_MESSAGES: path.join(declared.directory, 'messages') });
  expect(payload.response).toEqual({ smsMessage: 'Blue & Sons: {####}' });
  expect(JSON.parse(logs[0])).toMatchObject({ service: 'CustomMessageTrigger', RenderedMessages: 1 });
});

test('runs as an ES module too', () => {
  const source = HANDLER.replace('/custom-message"', '/custom-message/index.mjs"');
  const outfile = path.join(work, 'index.mjs');
  const run = `\nhandler(${JSON.stringify(event('web'))}).then(({ response }) => console.error(JSON.stringify(response)));`;
  buildSync({
    stdin: { contents: source + run, resolveDir: work },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  const env = { COGNITO_MESSAGES: path.join(declared.directory, 'messages') };
  const { stderr } = spawnSync(process.execPath, [outfile], { env, encoding: 'utf8' });
  expect(JSON.parse(stderr)).toEqual({ smsMessage: 'Blue & Sons: {####}' });
});

test('decides for itself whom Cognito answers', async () => {
  const env = { COGNITO_MESSAGES: path.join(declared.directory, 'messages') };
  expect((await answers(env, 'legacy')).payload).toEqual(event('legacy'));
});

test('leaves the message to Cognito where it is not told of a layer', async () => {
  const { payload, logs } = await answers({});
  expect(payload.response).toEqual({});
  expect(logs.join()).toContain('COGNITO_MESSAGES is not set');
});
