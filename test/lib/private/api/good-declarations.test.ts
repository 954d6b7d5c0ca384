import { Aws, CfnParameter, Fn, Lazy, Token } from 'aws-cdk-lib';
import {
  CfnIdentityPoolPrincipalTag,
  CfnUserPool,
  CfnUserPoolClient,
  UserPool,
  UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { MetadataKey, UserAttributesEndpoint, WritableAttribute } from '../../../../lib';
import { STANDARD_NAMES } from '../../../../lib/private/attribute-names';
import { type ApiOptions, ApiStack, mistakesOf } from './api-stack';

const { of, oneOf } = WritableAttribute;
const imported = (stack: ApiStack) => [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'abc')];
const there = (stack: ApiStack) => UserPool.fromUserPoolId(stack, 'There', 'eu-west-1_abc');
const l1 = (stack: ApiStack, schema: CfnUserPool['schema']): ApiOptions => ({
  userPool: new CfnUserPool(stack, 'L1', { schema }),
  userPoolClients: imported(stack),
});

const GOOD: [string, (stack: ApiStack) => ApiOptions][] = [
  ['every standard attribute that people can write, under our names', () => ({
    writable: Object.keys(STANDARD_NAMES).filter((name) => !name.endsWith('Verified')).map((name) => of(name)),
  })],
  ['every standard attribute that people can write, under Cognito’s', () => ({
    writable: Object.values(STANDARD_NAMES).filter((name) => !name.endsWith('_verified')).map((name) => of(name)),
  })],
  ['everything that people can read', () => ({
    readable: ['sub', ...Object.values(STANDARD_NAMES), ...Object.keys(STANDARD_NAMES), 'custom:tenant', 'custom.badge'],
  })],
  ['nothing but reading', () => ({ writable: [], readable: ['email'] })],
  ['a custom attribute of 20 characters that nobody knows', (stack) => ({
    userPool: there(stack), userPoolClients: imported(stack), writable: [of(`custom:${'x'.repeat(20)}`)],
  })],
  ['the shortest and the longest value', () => ({
    writable: [of('nickname', { maxLength: 1 }), of('website', { maxLength: 2048 }), oneOf('address', ['x'.repeat(2048)])],
  })],
  ['values that the schema takes', () => ({
    writable: [oneOf('custom:theme', ['xx', 'x'.repeat(10)]), oneOf('custom:volume', ['1', '100', '50.5']),
      oneOf('custom:newsletter', ['true', 'false']), oneOf('custom:seen', ['2030-01-31T12:00:00Z', '0'])],
  })],
  ['values in the form of their attribute', () => ({
    writable: [oneOf('locale', ['de', 'de-AT', 'en_GB', 'zh-Hant-TW']), oneOf('birthdate', ['0000-02-29']),
      oneOf('phoneNumber', ['+431234']), oneOf('email', ['a@b']), oneOf('updated_at', ['0'])],
  })],
  ['patterns with one way to match', () => ({
    writable: [of('nickname', { pattern: '[\\p{L}\\p{N}][\\p{L}\\p{N} -]*' }), of('website', { pattern: 'https://[^\\s]+' }),
      of('zoneinfo', { pattern: '' }), of('gender', { pattern: 'a|b' })],
  })],
  ['sensitive ones that are listed twice, under two spellings', () => ({
    writable: [of('custom.plan'), of('custom:tenant')], sensitive: ['custom:plan', 'custom.tenant'],
  })],
  ['a claim for tags that is listed twice', (stack) => {
    const principalTags = { color: 'custom:theme' };
    new CfnIdentityPoolPrincipalTag(stack, 'Tags', { identityPoolId: 'p', identityProviderName: 'n', principalTags });
    return { writable: [of('custom:theme')], sensitive: ['custom:theme'] };
  }],
  ['sensitive ones that people can only read', () => ({ readable: ['custom:tenant', 'custom:plan'] })],
  ['a schema that is a token', (stack) => ({
    ...l1(stack, Lazy.any({ produce: () => [] })), writable: [of('custom:anything')], readable: ['custom:else'],
  })],
  ['a schema with a token in it', (stack) => ({
    ...l1(stack, [Lazy.any({ produce: () => ({ name: 'x' }) })]), writable: [of('custom:anything')],
  })],
  ['mutability and limits that are tokens', (stack) => ({
    ...l1(stack, [{
      name: 'note', mutable: Lazy.any({ produce: () => true }), attributeDataType: 'String',
      stringAttributeConstraints: { maxLength: new CfnParameter(stack, 'Longest').valueAsString },
    }]),
    writable: [oneOf('custom:note', ['x'.repeat(500)])],
  })],
  ['a schema with Cognito’s own names', (stack) => ({
    ...l1(stack, [{ name: 'custom:note', mutable: true }]), writable: [of('custom:note')],
  })],
  ['an address on an L1 that keeps it', (stack) => ({
    userPool: new CfnUserPool(stack, 'L1', {
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email', 'phone_number'] },
    }),
    userPoolClients: imported(stack),
    writable: [of('email'), of('phone_number')],
  })],
  ['an address on a pool that an override makes keep it', (stack) => {
    const userPool = stack.addPool('Overridden', { keepOriginal: undefined });
    const path = 'UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate';
    (userPool.node.defaultChild as CfnUserPool).addPropertyOverride(path, ['email']);
    return { userPool, userPoolClients: imported(stack), writable: [of('email')] };
  }],
  ['a client without lists, of standard attributes', (stack) => ({
    userPoolClients: [stack.addClient('Client')], writable: [of('nickname'), of('email')],
  })],
  ['a client that reads sub without listing it', (stack) => ({
    userPoolClients: [stack.addClient('Client', { writes: ['nickname'], reads: ['nickname'] })],
    readable: ['sub', 'nickname'],
  })],
  ['a client with lists that are tokens', (stack) => ({
    userPoolClients: [stack.addClient('Client', { writes: Fn.split(',', Aws.STACK_NAME), reads: [Aws.STACK_NAME] })],
    writable: [of('custom:theme')],
  })],
  ['a client whom overrides let do it', (stack) => {
    const client = stack.addClient('Client', { writes: [], reads: [] });
    const resource = client.node.defaultChild as CfnUserPoolClient;
    resource.addPropertyOverride('WriteAttributes', ['nickname']);
    resource.addPropertyOverride('ReadAttributes', ['nickname']);
    return { userPoolClients: [client] };
  }],
  ['a client of which an override takes the list away', (stack) => {
    const client = stack.addClient('Client', { writes: [], reads: [] });
    const resource = client.node.defaultChild as CfnUserPoolClient;
    resource.addPropertyDeletionOverride('WriteAttributes');
    resource.addPropertyDeletionOverride('ReadAttributes');
    return { userPoolClients: [client] };
  }],
  ['a client of an imported pool', (stack) => {
    const userPool = there(stack);
    return { userPool, userPoolClients: [userPool.addClient('Client')] };
  }],
  ['a client of a pool that is imported twice', (stack) => ({
    userPool: there(stack),
    userPoolClients: [UserPool.fromUserPoolId(stack, 'Again', 'eu-west-1_abc').addClient('Client')],
  })],
  ['a client and a pool that cannot be told apart before deployment', (stack) => ({
    userPool: UserPool.fromUserPoolId(stack, 'There', new CfnParameter(stack, 'PoolId').valueAsString),
    userPoolClients: [stack.addEagerClient()],
  })],
  ['an L1 client of the pool', (stack) => ({
    userPoolClients: [new CfnUserPoolClient(stack, 'L1', { userPoolId: stack.pool.userPoolId })],
  })],
  ['50 clients', (stack) => ({
    userPoolClients: Array.from({ length: 50 }, (_, i) => UserPoolClient.fromUserPoolClientId(stack, `Client${i}`, `id-${i}`)),
  })],
  ['origins as browsers send them', () => ({
    endpoint: UserAttributesEndpoint.create({
      allowOrigins: ['https://app.example.com', 'https://app.example.com:8443', 'https://xn--bcher-kva.example', 'https://10.0.0.1',
        'https://[::1]', 'http://localhost', 'http://localhost:3000', 'http://127.0.0.1:8080', 'https://localhost'],
    }),
  })],
  ['origins that are tokens', () => ({
    endpoint: UserAttributesEndpoint.create({ allowOrigins: [`https://${Aws.STACK_NAME}.example.com`, Token.asString({ Ref: 'X' })] }),
  })],
  ['paths of many kinds', (stack) => ({
    endpoint: UserAttributesEndpoint.routesOf(stack.addHttpApi(), { path: '/v1.0/~me/a_b-C' }),
  })],
  ['null for options, which other languages write', (stack) => ({
    writable: [of('nickname', null as never), of('locale', { maxLength: null, pattern: null } as never)],
    metadata: [],
    endpoint: UserAttributesEndpoint.routesOf(stack.addHttpApi(), null as never),
  })],
  ['null for the options of an endpoint', () => ({ endpoint: UserAttributesEndpoint.create(null as never) })],
  ['the lowest and the highest rates, and tokens', (stack) => ({
    rates: { reads: 10_000, changes: 0.01, codes: new CfnParameter(stack, 'Codes', { type: 'Number' }).valueAsNumber },
  })],
  ['rates that are not declared', () => ({ rates: { reads: undefined } })],
  ['ClientMetadata by every kind of rule', () => ({
    writable: [of('email')],
    metadata: [MetadataKey.of('a'), MetadataKey.of('b', { maxLength: 256, pattern: '[a-z]+' }), MetadataKey.oneOf('Source', ['x'])],
  })],
]; // prettier-ignore

test.each(GOOD)('%s is no mistake', (_, declare) => expect(mistakesOf(declare)).toEqual([]));

test('an override of the client’s reading counts over what it was given', () => {
  const stack = new ApiStack();
  const client = stack.addEagerClient();
  (client.node.defaultChild as CfnUserPoolClient).addPropertyDeletionOverride('ReadAttributes');
  stack.addApi({ userPoolClients: [client], readable: ['custom:theme'] });
  expect(stack.mistakes).toEqual([
    expect.stringMatching(/'custom:theme': the app client Stack\/Pool\/Client may not read it/),
  ]);
});
