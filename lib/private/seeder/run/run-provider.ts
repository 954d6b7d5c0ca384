import { Duration } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { framework } from '../../resources/framework';
import { RunFunctions } from './run-functions';

const asset = 'seed-execution';

/** What CloudFormation talks to: starts a run and asks for it until it is over. */
export class RunProvider extends Construct {
  public readonly serviceToken: string;
  public readonly role: Role;

  public constructor(scope: Construct, id: string, stateMachine: StateMachine) {
    super(scope, id);
    const functions = new RunFunctions(this, 'Execution');
    this.role = functions.role;
    stateMachine.grantStartExecution(this.role);
    stateMachine.grantExecution(this.role, 'states:DescribeExecution', 'states:StopExecution');
    const environment = { STATE_MACHINE_ARN: stateMachine.stateMachineArn };
    const onEventHandler = functions.add('OnEventFunction', {
      asset,
      handler: 'index.onEvent',
      description: 'Starts the runs of declared attributes on Step Functions',
      memorySize: 512,
      // Less than the framework's 15 minutes: a framework that times out leaves CloudFormation without an answer.
      timeout: Duration.minutes(14),
      environment,
    });
    const isCompleteHandler = functions.add('IsCompleteFunction', {
      asset,
      handler: 'index.isComplete',
      description: 'Tells whether a run of declared attributes is over',
      memorySize: 512,
      timeout: Duration.minutes(5),
      environment,
    });
    this.serviceToken = framework(this, onEventHandler, {
      isCompleteHandler,
      queryInterval: Duration.seconds(10),
      // CloudFormation waits for an hour. The framework counts its pauses alone, not the time that the questions take.
      totalTimeout: Duration.minutes(57),
    });
  }
}
