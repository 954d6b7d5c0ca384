import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { RunInput } from '../../../lib/private/contracts/seed-run';

/** An execution by name, and whether it is there already. */
export interface Attempt {
  readonly name: string;
  readonly arn: string;
  readonly started: boolean;
}

/** How an execution ends that has come to its last step: see workflow.ts. */
const SEED_FAILED = 'SeedFailed';
const LONGEST_INVOCATION = 15 * 60_000;

/** The gateway to Step Functions. */
export class Executions {
  public constructor(
    private readonly client: Pick<SFNClient, 'send'>,
    private readonly stateMachineArn: string,
  ) {}

  /**
   * CloudFormation may send a request twice, and a name is good for one execution in 90 days: a repeated request finds the
   * execution that it has started, unless that one has failed.
   */
  public async nextAttempt(name: string): Promise<Attempt> {
    for (let attempt = 1; ; attempt++) {
      const candidate = `${name}-${attempt}`;
      const arn = this.arnOf(candidate);
      const { status } = await this.describe(arn);
      if (status === undefined) return { name: candidate, arn, started: false };
      // One that was stopped has been overtaken by a later request, which must have the last word.
      if (status !== 'FAILED' && status !== 'TIMED_OUT') {
        return { name: candidate, arn, started: true };
      }
    }
  }

  public async start({ name }: Attempt, input: RunInput): Promise<void> {
    try {
      await this.client.send(
        new StartExecutionCommand({ stateMachineArn: this.stateMachineArn, name, input: JSON.stringify(input) }),
      );
    } catch (error) {
      if ((error as Error).name !== 'ExecutionAlreadyExists') throw error; // somebody was quicker
    }
  }

  /** @returns no status where there is no such execution */
  public async describe(
    executionArn: string,
  ): Promise<Pick<Partial<DescribeExecutionOutput>, 'status' | 'error' | 'cause' | 'stopDate'>> {
    try {
      return await this.client.send(new DescribeExecutionCommand({ executionArn }));
    } catch (error) {
      if ((error as Error).name === 'ExecutionDoesNotExist') return {};
      throw error;
    }
  }

  /** @returns whether workers of it may still be at it: where an execution ends early, its functions do not */
  public async stop(executionArn: string): Promise<boolean> {
    // Of a state machine that is no more nothing runs, and nothing may be asked.
    if (!executionArn.startsWith(this.arnOf(''))) return false;
    const { status, error, stopDate } = await this.describe(executionArn);
    if (status !== 'RUNNING' && status !== 'PENDING_REDRIVE') {
      const endedEarly = status !== undefined && status !== 'SUCCEEDED' && error !== SEED_FAILED;
      return endedEarly && !(stopDate && stopDate.getTime() < Date.now() - LONGEST_INVOCATION);
    }
    const cause = 'Another request of CloudFormation has taken over';
    await this.client.send(new StopExecutionCommand({ executionArn, error: 'Superseded', cause }));
    return true;
  }

  private arnOf(name: string): string {
    return `${this.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  }
}
