import { createClient, createCognito } from '../../../lambda/api/cognito';
import { listen, type LocalServer } from '../../support/http';

let server: LocalServer;
const connections = new Set<unknown>();

beforeEach(async () => {
  connections.clear();
  server = await listen((request, response) => {
    connections.add(request.socket);
    expect(request.headers.authorization).toBeUndefined(); // the access token is all that Cognito asks for
    response.end(JSON.stringify({ UserAttributes: [{ Name: 'nickname', Value: 'Al' }] }));
  });
  process.env.USER_POOL_REGION = 'us-east-1';
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = server.endpoint;
});
afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env.USER_POOL_REGION;
  delete process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER;
  await server.stop();
});

test.each([
  ['is used again a moment later', 1_000, 1],
  ['is left where the function may have been frozen meanwhile', 6_000, 2],
])('a connection %s, and no call is signed', async (_, idleMs, expected) => {
  const client = createClient();
  const cognito = createCognito(client);
  expect(await cognito.read('token')).toEqual({ nickname: 'Al' });
  const later = Date.now() + idleMs;
  jest.spyOn(Date, 'now').mockImplementation(() => later);
  expect(await cognito.read('token')).toEqual({ nickname: 'Al' });
  client.destroy();
  expect(connections.size).toBe(expected);
});
