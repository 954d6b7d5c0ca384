import { randomUUID } from 'node:crypto';
import type { Invocable } from './lambda-endpoint';

/** Where the Provider framework's answer to CloudFormation has no room left. */
const LONGEST_ANSWER = 4096;

type Properties = object;

/** The stack in which all resources stand. */
export const STACK_ID =
  'arn:aws:cloudformation:eu-west-1:123456789012:stack/Stack/00000000-0000-0000-0000-000000000000';

export interface Answer {
  readonly failed?: string;
  /** What CloudFormation is told of a failure, with all that the framework adds. */
  readonly reason?: string;
  readonly data: Record<string, string>;
  readonly physicalId?: string;
}

/**
 * CloudFormation and the Provider framework, as a custom resource's function sees them: the events of a resource's life, a
 * rollback after a failure included. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html
 */
export class CustomResource {
  public physicalId?: string;
  private properties?: Properties;

  public constructor(
    private readonly handler: Invocable,
    private readonly logicalId = 'Seeder',
  ) {}

  /** A failed creation is followed by a deletion, which the framework keeps from the function. */
  public async create(properties: Properties): Promise<Answer> {
    const answer = await this.send('Create', properties);
    if (answer.failed === undefined) this.remember(answer, properties);
    return answer;
  }

  /**
   * @param beforeRollback called where the update fails, before the update back that follows
   * @returns the answer, and the answer to the update back
   */
  public async update(
    properties: Properties,
    beforeRollback: () => void = () => undefined,
  ): Promise<Answer & { readonly rollback?: Answer }> {
    const former = this.properties;
    const answer = await this.send('Update', properties, former);
    if (answer.failed !== undefined) {
      beforeRollback();
      return { ...answer, rollback: await this.send('Update', former!, properties) };
    }
    const replaced = this.physicalId !== answer.physicalId ? this.physicalId : undefined;
    this.remember(answer, properties);
    if (replaced) await this.send('Delete', former!, undefined, replaced);
    return answer;
  }

  /** The resource has succeeded, and another one of the stack has failed. */
  public async undoUpdate(former: Properties): Promise<Answer> {
    const answer = await this.send('Update', former, this.properties);
    if (answer.failed === undefined) this.remember(answer, former);
    return answer;
  }

  public async remove(): Promise<Answer> {
    return this.send('Delete', this.properties!);
  }

  /** Any event, for what CloudFormation does twice or out of order. */
  public async send(
    requestType: 'Create' | 'Update' | 'Delete',
    properties: Properties,
    oldProperties?: Properties,
    physicalId = this.physicalId,
    requestId: string = randomUUID(),
  ): Promise<Answer> {
    const result = await this.handler.invoke({
      RequestType: requestType,
      RequestId: requestId,
      StackId: STACK_ID,
      LogicalResourceId: this.logicalId,
      ResourceType: 'Custom::CognitoUserAttributes',
      ResponseURL: 'https://cloudformation.example.com/answer',
      ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:provider',
      ResourceProperties: { ServiceTimeout: '960', ...properties },
      ...(requestType === 'Create' ? {} : { PhysicalResourceId: physicalId }),
      ...(oldProperties ? { OldResourceProperties: oldProperties } : {}),
    });
    const { errorMessage, trace = [] } = result.functionError ?? {};
    // As the framework writes it: message, log group, stack.
    const reason = [errorMessage, '', `Logs: /aws/lambda/${'f'.repeat(64)}`, '', ...trace.slice(1)].join('\n');
    if (errorMessage !== undefined && Buffer.byteLength(JSON.stringify(reason)) > LONGEST_ANSWER - 800) {
      throw new Error(`the answer is too long for CloudFormation: ${errorMessage}`);
    }
    const payload = (result.payload ?? {}) as { PhysicalResourceId?: string; Data?: Record<string, string> };
    if (requestType === 'Delete' && !result.functionError && payload.PhysicalResourceId !== physicalId) {
      throw new Error('a deletion must not change the physical id'); // the framework's own rule
    }
    return {
      failed: errorMessage,
      reason: errorMessage && reason,
      data: payload.Data ?? {},
      physicalId: payload.PhysicalResourceId,
    };
  }

  private remember(answer: Answer, properties: Properties): void {
    this.physicalId = answer.physicalId;
    this.properties = properties;
  }
}
