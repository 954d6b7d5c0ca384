import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody } from './http';
import { escaped } from './xml';

/** One request as the server saw it. */
export interface CloudFormationCall {
  readonly operation: string;
  /** A name or an ARN, as the caller put it; empty where all stacks were asked for. */
  readonly stackName: string;
  status?: number;
  /** `ValidationError` and its like. */
  errorType?: string;
}

export interface CloudFormationFailure {
  readonly code: string;
  readonly status: number;
}

export interface LocalCloudFormation {
  readonly endpoint: string;
  readonly calls: CloudFormationCall[];
  clearCalls(): void;
  /** Of a stack named by its ARN, or by a name alone. A status of undefined forgets the stack. @returns its ARN */
  setStatus(stackId: string, status: string | undefined): string;
  /** Whether every request fails. @param failure by default, an internal failure */
  fail(on: boolean, failure?: CloudFormationFailure): void;
  stop(): Promise<void>;
}

interface Stack {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string;
  readonly status: string;
}

class CloudFormationError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

const XMLNS = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';
const INTERNAL: CloudFormationFailure = { code: 'InternalFailure', status: 500 };

const arnOf = (stackId: string): string =>
  stackId.startsWith('arn:')
    ? stackId
    : `arn:aws:cloudformation:us-east-1:123456789012:stack/${stackId}/${randomUUID()}`;

const member = ({ arn, name, createdAt, status }: Stack): string =>
  `<member><StackId>${escaped(arn)}</StackId><StackName>${escaped(name)}</StackName><CreationTime>${createdAt}</CreationTime><StackStatus>${status}</StackStatus></member>`;

/** As much of CloudFormation as the functions use, in this process: DescribeStacks. */
export const startLocalCloudFormation = async (): Promise<LocalCloudFormation> => {
  const stacks = new Map<string, Stack>();
  const calls: CloudFormationCall[] = [];
  let failure: CloudFormationFailure | undefined;

  // A deleted stack is found by its ARN alone.
  const named = (name: string): Stack | undefined =>
    [...stacks.values()].find((stack) => stack.name === name && stack.status !== 'DELETE_COMPLETE');

  const carryOut = ({ operation, stackName }: CloudFormationCall): string => {
    if (failure) throw new CloudFormationError(failure.code, failure.code, failure.status);
    if (operation !== 'DescribeStacks')
      throw new CloudFormationError('InvalidAction', `Could not find operation ${operation}`);
    const found = stackName === '' ? [...stacks.values()] : [stacks.get(stackName) ?? named(stackName)];
    const members = found.map((stack) => {
      if (!stack) throw new CloudFormationError('ValidationError', `Stack with id ${stackName} does not exist`);
      return member(stack);
    });
    return `<DescribeStacksResponse xmlns="${XMLNS}"><DescribeStacksResult><Stacks>${members.join('')}</Stacks></DescribeStacksResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></DescribeStacksResponse>`;
  };

  const answer = (call: CloudFormationCall): { status: number; body: string } => {
    try {
      return { status: 200, body: carryOut(call) };
    } catch (error) {
      if (!(error instanceof CloudFormationError)) throw error;
      const { code, message, status } = error;
      call.errorType = code;
      const by = status < 500 ? 'Sender' : 'Receiver';
      return {
        status,
        body: `<ErrorResponse xmlns="${XMLNS}"><Error><Type>${by}</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
      };
    }
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const query = new URLSearchParams(await readBody(message));
    const call: CloudFormationCall = { operation: query.get('Action') ?? '', stackName: query.get('StackName') ?? '' };
    calls.push(call);
    const { status, body } = answer(call);
    call.status = status;
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(body);
  };

  const server = await listen((request, response) => void serve(request, response));
  return {
    ...server,
    calls,
    clearCalls: () => void calls.splice(0),
    setStatus: (stackId, status) => {
      const known = stacks.get(stackId) ?? named(stackId);
      const arn = known?.arn ?? arnOf(stackId);
      if (status === undefined) stacks.delete(arn);
      else
        stacks.set(arn, {
          arn,
          name: arn.split('/')[1],
          createdAt: known?.createdAt ?? new Date().toISOString(),
          status,
        });
      return arn;
    },
    fail: (on, as = INTERNAL) => (failure = on ? as : undefined),
  };
};
