import { App, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { CfnUserPool, CfnUserPoolClient, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { ownedPoolOf, ownedUserPoolClient, referenced } from '../../../lib/private/owned-user-pool';

let stack: Stack;
let pool: UserPool;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  pool = new UserPool(stack, 'Pool', { enableSmsRole: false });
});

describe('the resource of an app client', () => {
  test('is found by itself, its default child or its id', () => {
    const client = pool.addClient('Client');
    const resource = client.node.defaultChild as CfnUserPoolClient;
    expect(ownedUserPoolClient(client)).toBe(resource);
    expect(ownedUserPoolClient(resource)).toBe(resource);
    expect(ownedUserPoolClient(UserPoolClient.fromUserPoolClientId(stack, 'Again', client.userPoolClientId))).toBe(
      resource,
    );
  });

  test('is not found where the app does not declare it', () => {
    const parameter = new CfnParameter(stack, 'Id');
    const other = new CfnResource(stack, 'Other', { type: 'Custom::Client' });
    for (const [index, id] of ['abc', parameter.valueAsString, other.ref, Fn.importValue('Id')].entries()) {
      expect(ownedUserPoolClient(UserPoolClient.fromUserPoolClientId(stack, `Client${index}`, id))).toBeUndefined();
    }
  });
});

describe('the pool of an app client', () => {
  const poolOf = (userPoolId: string) => ownedPoolOf(new CfnUserPoolClient(stack, 'L1', { userPoolId }));

  test('is found where this app declares it', () => {
    expect(ownedPoolOf(pool.addClient('Client').node.defaultChild as CfnUserPoolClient)).toBe(pool.node.defaultChild);
    expect(poolOf(new CfnUserPool(stack, 'L1Pool').ref)).toBe(stack.node.findChild('L1Pool'));
  });

  test('is found across stacks', () => {
    const other = new Stack(stack.node.root as App, 'Other');
    const client = new CfnUserPoolClient(other, 'Client', { userPoolId: pool.userPoolId });
    expect(ownedPoolOf(client)).toBe(pool.node.defaultChild);
  });

  test('is not found where it is declared elsewhere', () => {
    expect(poolOf('eu-west-1_abc')).toBeUndefined();
    expect(
      ownedPoolOf(new CfnUserPoolClient(stack, 'Given', { userPoolId: new CfnParameter(stack, 'Id').valueAsString })),
    ).toBeUndefined();
  });
});

test('an id that is a reference leads to its construct, and no other does', () => {
  expect(referenced(pool.userPoolId)).toBe(pool.node.defaultChild);
  const others = [`${pool.userPoolId}-x`, `x-${pool.userPoolId}`, undefined, null, 5] as string[];
  for (const id of ['abc', '', Fn.importValue('Id'), ...others]) {
    expect([id, referenced(id)]).toEqual([id, undefined]);
  }
});
