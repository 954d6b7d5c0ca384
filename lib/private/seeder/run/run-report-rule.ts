import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/**
 * Asks for the report of a run that ended before its last step. The state machine itself cannot: an execution that catches
 * its failure could not be redriven.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export const runReportRule = (scope: Construct, id: string, stateMachine: IStateMachine, report: IFunction): Rule =>
  new Rule(scope, id, {
    description: 'Asks for the report of a run of declared attributes that ended early',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [stateMachine.stateMachineArn] },
    },
    targets: [new LambdaFunction(report)],
  });
