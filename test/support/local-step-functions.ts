import { listen, readBody } from './http';
import type { ExecutionResult, LocalStateMachine } from './state-machine';

interface Execution {
  readonly input: string;
  status: 'ABORTED' | 'FAILED' | 'RUNNING' | 'SUCCEEDED';
  ended: Promise<unknown>;
  result?: ExecutionResult;
  /** Seconds since 1970. */
  endedAt?: number;
}

export interface LocalStepFunctions {
  readonly endpoint: string;
  readonly stateMachineArn: string;
  readonly executions: ReadonlyMap<string, Execution>;
  /** Told of every execution that ends otherwise than well, as an EventBridge rule would be. */
  onFailure?: (input: unknown) => Promise<unknown>;
  /** Waits until nothing runs. */
  idle(): Promise<void>;
  redrive(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** As much of Step Functions' API as the custom resource uses, before a state machine in this process. */
export const startLocalStepFunctions = async (machine: () => LocalStateMachine): Promise<LocalStepFunctions> => {
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:Runs';
  const executions = new Map<string, Execution>();
  const arnOf = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const follow = async (execution: Execution, run: Promise<ExecutionResult>) => {
    const result = await run;
    execution.result = result;
    execution.endedAt = Date.now() / 1000;
    if (result.status === 'FAILED') await local.onFailure?.(JSON.parse(execution.input));
    if (execution.status === 'RUNNING') execution.status = result.status;
  };

  const answers: Record<string, (request: any) => object | [string, string]> = {
    StartExecution: ({ name, input }) => {
      const known = executions.get(arnOf(name));
      if (known && (known.status !== 'RUNNING' || known.input !== input)) return ['ExecutionAlreadyExists', name];
      if (!known) {
        const execution: Execution = { input, status: 'RUNNING', ended: Promise.resolve() };
        execution.ended = follow(execution, machine().start(JSON.parse(input)));
        executions.set(arnOf(name), execution);
      }
      return { executionArn: arnOf(name), startDate: 0 };
    },
    DescribeExecution: ({ executionArn }) => {
      const known = executions.get(executionArn);
      if (!known) return ['ExecutionDoesNotExist', executionArn];
      const { error, cause } = known.result ?? {};
      return {
        executionArn,
        stateMachineArn,
        status: known.status,
        startDate: 0,
        error,
        cause,
        ...(known.status === 'RUNNING' ? {} : { stopDate: known.endedAt }),
      };
    },
    StopExecution: ({ executionArn }) => {
      executions.get(executionArn)!.status = 'ABORTED';
      return { stopDate: 0 };
    },
  };

  const server = await listen((message, response) => {
    void readBody(message).then((body) => {
      const operation = String(message.headers['x-amz-target']).split('.')[1];
      const answer = answers[operation](JSON.parse(body));
      const [type, text] = Array.isArray(answer) ? answer : [];
      response.writeHead(type ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(type ? { __type: type, message: text } : answer));
    });
  });

  const local: LocalStepFunctions = {
    endpoint: server.endpoint,
    stateMachineArn,
    executions,
    idle: async () => {
      for (const { ended } of executions.values()) await ended;
    },
    redrive: async (name) => {
      const execution = executions.get(name)!;
      execution.status = 'RUNNING';
      await follow(execution, execution.result!.redrive());
    },
    stop: () => server.stop(),
  };
  return local;
};
