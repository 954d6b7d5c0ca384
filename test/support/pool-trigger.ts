import path from 'node:path';
import { encodeAttachment, encodeLook, type PoolTrigger } from '../../lib/private/contracts/pool-trigger';
import { type Answer, CustomResource } from './custom-resource';
import { LambdaRunner } from './lambda-runner';
import { type LocalCloudFormation, startLocalCloudFormation } from './local-cloudformation';
import { arn, without } from './pool-settings';
import { UserPoolServer } from './user-pool-server';

export const POOL = 'eu-west-1_imported';
export const OURS = arn('messages');

export interface Declared extends Partial<PoolTrigger> {
  readonly smsRoleArn?: string;
  /** Of the stack's other resources. */
  readonly digest?: string;
}

/** The shipped function, the pools that it changes, and CloudFormation, which asks both resources one after the other. */
export class PoolTriggerBench {
  private constructor(
    public readonly server: UserPoolServer,
    public readonly cloudFormation: LocalCloudFormation,
    public readonly runner: LambdaRunner,
  ) {}

  public static async start(
    timeoutSeconds = 300,
    env: Readonly<Record<string, string>> = {},
  ): Promise<PoolTriggerBench> {
    const server = await UserPoolServer.start();
    const cloudFormation = await startLocalCloudFormation();
    const runner = new LambdaRunner({
      bundle: path.join(__dirname, '..', '..', 'assets', 'pool-trigger', 'index.js'),
      env: {
        AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: server.endpoint,
        AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
        ...env,
      },
      timeoutSeconds,
      memoryMb: 256,
    });
    return new PoolTriggerBench(server, cloudFormation, runner);
  }

  public async stop(): Promise<void> {
    await this.runner.stop();
    await this.cloudFormation.stop();
    await this.server.stop();
  }

  public trigger(): DeployedTrigger {
    return new DeployedTrigger(this.runner);
  }
}

const wires = ({
  userPoolId = POOL,
  poolRoleArn,
  functionArn = OURS,
  displaceExisting = false,
  ...others
}: Declared) => ({
  trigger: { userPoolId, poolRoleArn, functionArn, displaceExisting },
  others,
});

/** A trigger's two resources in a stack. */
export class DeployedTrigger {
  public readonly look: CustomResource;
  public readonly attachment: CustomResource;

  public constructor(private readonly runner: LambdaRunner) {
    this.look = new CustomResource(runner, 'Former');
    this.attachment = new CustomResource(runner, 'Attachment');
  }

  public attachmentWire(declared: Declared): object {
    const { trigger, others } = wires(declared);
    const { smsRoleArn, digest = 'one' } = others;
    return { ...encodeAttachment(trigger, { former: this.look.physicalId!, smsRoleArn }), StackDigest: digest };
  }

  public async create(declared: Declared = {}): Promise<Answer> {
    const look = await this.look.create(encodeLook(wires(declared).trigger));
    return look.failed === undefined ? this.attachment.create(this.attachmentWire(declared)) : look;
  }

  /** @param beforeRollback called where the update fails, before the update back that follows */
  public async update(
    declared: Declared,
    beforeRollback?: () => void,
  ): Promise<Answer & { readonly rollback?: Answer }> {
    const look = await this.look.update(encodeLook(wires(declared).trigger));
    return look.failed === undefined ? this.attachment.update(this.attachmentWire(declared), beforeRollback) : look;
  }

  public async remove(): Promise<Answer> {
    const answer = await this.attachment.remove();
    return answer.failed === undefined ? this.look.remove() : answer;
  }

  /** What EventBridge sends. */
  public check(declared: Declared = {}) {
    return this.runner.invoke(without(this.attachmentWire(declared), 'StackDigest'));
  }
}
