import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { defaultsOf } from '../../resources/defaults';
import { newLogGroup } from '../../resources/logs';
import { workflow, type WorkflowFunctions } from './workflow';

/** An execution of it is one run. */
export const runStateMachine = (scope: Construct, id: string, functions: WorkflowFunctions): StateMachine =>
  new StateMachine(scope, id, {
    comment: 'Applies declared attributes to the users of a Cognito user pool',
    definitionBody: DefinitionBody.fromChainable(workflow(scope, functions)),
    // At 10 requests a second, six million requests.
    timeout: Duration.days(7),
    tracingEnabled: true,
    logs: {
      level: LogLevel.ALL,
      includeExecutionData: false,
      // Log groups of this prefix need no place in the account's one resource policy for vended logs, which is short.
      // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
      destination: newLogGroup(scope, `${id}Log`, `/aws/vendedlogs/states/${logName(scope)}-seed-runs`),
    },
  });

/** Where the log group outlives the stack, another stack of the same name would find its name taken: of its id, every stack has another. */
const logName = (scope: Construct): string => {
  const { stackName, stackId } = Stack.of(scope);
  const { removalPolicy = RemovalPolicy.DESTROY } = defaultsOf(scope);
  return removalPolicy === RemovalPolicy.DESTROY ? stackName : `${stackName}-${Fn.select(2, Fn.split('/', stackId))}`;
};
