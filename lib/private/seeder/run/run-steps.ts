import { Duration } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { RunFunctions } from './run-functions';

const asset = 'seed-run';
/** As long as Lambda allows: a step that cannot finish in it goes on in its next call. */
const LONG = Duration.minutes(15);

/** The functions that the state machine calls. */
export class RunSteps extends Construct {
  public readonly list: Function;
  public readonly plan: Function;
  public readonly apply: Function;
  public readonly tally: Function;
  public readonly report: Function;
  public readonly roles: { readonly list: Role; readonly plan: Role; readonly apply: Role; readonly report: Role };

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const list = new RunFunctions(this, 'List');
    this.list = list.add('Function', {
      asset,
      handler: 'index.list',
      description: 'Lists the users of a Cognito user pool for a run of declared attributes',
      memorySize: 1024,
      timeout: LONG,
    });
    const plan = new RunFunctions(this, 'Plan');
    this.plan = plan.add('Function', {
      asset,
      handler: 'index.plan',
      description: 'Compares declared attributes with what is there and writes the changes of a run',
      memorySize: 2048,
      timeout: LONG,
    });
    const apply = new RunFunctions(this, 'Apply');
    this.apply = apply.add('Function', {
      asset,
      handler: 'index.apply',
      description: 'Applies a chunk of the changes of a run to the users of a Cognito user pool',
      // A whole processor: an update takes more than a millisecond of it.
      memorySize: 1769,
      timeout: LONG,
    });
    const report = new RunFunctions(this, 'Report');
    this.tally = report.add('TallyFunction', {
      asset,
      handler: 'index.tally',
      description: 'Counts the failures of a run before people are messaged',
      memorySize: 512,
      timeout: Duration.minutes(5),
    });
    this.report = report.add('Function', {
      asset,
      handler: 'index.report',
      description: 'Joins the results of a run into its report',
      memorySize: 512,
      timeout: Duration.minutes(5),
    });
    this.roles = { list: list.role, plan: plan.role, apply: apply.role, report: report.role };
  }
}
