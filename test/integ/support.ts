import { App, RemovalPolicies, Stack } from 'aws-cdk-lib';
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import { type IApiCall, ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';

export const COGNITO = 'cognito-identity-provider';

/** A mailbox of Amazon SES's that takes everything, and that nobody reads. */
export const mailbox = (name: string): string => `success+${name}@simulator.amazonses.com`;

export interface Integ {
  readonly test: IntegTest;
  /** Says what a user has: an API call for each attribute, since Cognito promises no order. */
  userHas(userPoolId: string, username: string, attributes: Readonly<Record<string, string>>): IApiCall[];
}

/** A stack of which nothing stays, and what is asserted of it where it is deployed. */
export const integ = <S extends Stack>(make: (app: App) => S, assert: (integ: Integ, stack: S) => void): void => {
  // Traces would have the paths of the machine in the snapshots.
  const app = new App({ stackTraces: false, context: { [DISABLE_CREATION_STACK_TRACES]: true } });
  const stack = make(app);
  RemovalPolicies.of(stack).destroy();
  // Snapshots come without assets, so there is none that could be deployed first.
  const test = new IntegTest(app, 'Integ', { testCases: [stack], stackUpdateWorkflow: false });
  const userHas: Integ['userHas'] = (UserPoolId, Username, attributes) =>
    Object.entries(attributes).map(([Name, Value]) =>
      test.assertions
        .awsApiCall(COGNITO, 'AdminGetUser', { UserPoolId, Username })
        .expect(ExpectedResult.objectLike({ UserAttributes: Match.arrayWith([{ Name, Value }]) })),
    );
  assert({ test, userHas }, stack);
  app.synth();
};

/** One after the other. */
export const inTurn = (calls: readonly IApiCall[]): void => {
  calls.reduce((former, call) => former.next(call));
};
