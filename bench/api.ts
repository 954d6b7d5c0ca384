/**
 * What the API's function adds to calling Cognito directly, warm: the same call through the bundle and through the SDK, one of
 * each in turn in one process, against one Cognito in another.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import Table from 'cli-table3';
import { startLocalCognito } from '../test/support/local-cognito';
import { apiFunction } from './api-function';
import { rounded, save } from './support';

const WARM_UP = 300;
const CALLS = 2_000;

/** Runs in a process of its own, as a function does, and prints the times of each call in milliseconds. */
const MEASURE = `
const { AccessToken, bundle, sdk, endpoint } = JSON.parse(process.argv[1]);
const { CognitoIdentityProviderClient, GetUserCommand, UpdateUserAttributesCommand } = require(sdk);
const client = new CognitoIdentityProviderClient({ endpoint, region: 'us-east-1', maxAttempts: 1 });
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // metrics
const { handler } = require(bundle);
const event = (routeKey, body) => ({
  version: '2.0', routeKey,
  headers: { authorization: 'Bearer ' + AccessToken, 'content-type': 'application/json', 'accept-language': 'de-AT,de;q=0.9' },
  body, isBase64Encoded: false,
  requestContext: { authorizer: { jwt: { claims: { token_use: 'access' } } } },
});
const ask = async (event) => { const { statusCode, body } = await handler(event); if (statusCode !== 200) throw new Error(body); };
const calls = {
  'GetUser, by the SDK': () => client.send(new GetUserCommand({ AccessToken })),
  'GET /me/attributes': () => ask(event('GET /me/attributes')),
  'UpdateUserAttributes, by the SDK': (n) => client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: 'nickname', Value: 'n' + n }, { Name: 'locale', Value: 'de' }], ClientMetadata: { source: 'self-service' } })),
  'PATCH /me/attributes': (n) => ask(event('PATCH /me/attributes', JSON.stringify({ attributes: { nickname: 'n' + n, locale: 'de' } }))),
};
(async () => {
  const times = Object.fromEntries(Object.keys(calls).map((name) => [name, []]));
  for (let n = 0; n < ${WARM_UP + CALLS}; n++) {
    for (const [name, call] of Object.entries(calls)) {
      const started = process.hrtime.bigint();
      await call(n);
      if (n >= ${WARM_UP}) times[name].push(Number(process.hrtime.bigint() - started) / 1e6);
    }
  }
  write(JSON.stringify(times));
})();
`;

const measure = async (options: object): Promise<Record<string, number[]>> => {
  const child = spawn(process.execPath, ['-e', MEASURE, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      AWS_REGION: 'us-east-1',
      USER_POOL_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: (options as { endpoint: string }).endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return JSON.parse(output) as Record<string, number[]>;
};

const at = (times: number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)];

const main = async (): Promise<void> => {
  const cognito = await startLocalCognito();
  const api = apiFunction();
  try {
    const pool = await cognito.createPool();
    const client = await cognito.createAppClient(pool);
    await cognito.seedUsers(pool, [{ username: 'alice', attributes: { given_name: 'Alice' } }]);
    const AccessToken = await cognito.signIn(pool, client, 'alice');
    const sdk = createRequire(__filename).resolve('@aws-sdk/client-cognito-identity-provider');
    const times = await measure({ AccessToken, bundle: api.bundle, sdk, endpoint: cognito.directEndpoint });
    const pairs = [
      ['GET /me/attributes', 'GetUser, by the SDK'],
      ['PATCH /me/attributes', 'UpdateUserAttributes, by the SDK'],
    ];
    const rows = pairs.map(([ours, direct]) => ({
      name: ours,
      medianMs: rounded(at(times[ours], 0.5), 2),
      p99Ms: rounded(at(times[ours], 0.99), 2),
      directMedianMs: rounded(at(times[direct], 0.5), 2),
      directP99Ms: rounded(at(times[direct], 0.99), 2),
      addedMedianMs: rounded(at(times[ours], 0.5) - at(times[direct], 0.5), 2),
    }));
    const table = new Table({
      head: ['warm', 'median, ms', 'p99, ms', 'Cognito directly, median', 'p99', 'added, median'],
      style: { head: [], border: [] },
    });
    for (const { name, medianMs, p99Ms, directMedianMs, directP99Ms, addedMedianMs } of rows)
      table.push([name, medianMs, p99Ms, directMedianMs, directP99Ms, addedMedianMs]);
    console.log(table.toString());
    save('api', { calls: CALLS, bundleBytes: statSync(api.bundle).size, rows });
  } finally {
    api.remove();
    await cognito.stop();
  }
};

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
