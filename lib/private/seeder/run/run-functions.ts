import * as path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Code, type Function } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionRole, nodeFunction } from '../../resources/function';
import { newLogGroup } from '../../resources/logs';

export interface RunFunctionOptions {
  readonly asset: 'seed-execution' | 'seed-run';
  readonly handler: string;
  readonly description: string;
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment?: Record<string, string>;
}

/** Functions with the same rights: they share a role and a log group. */
export class RunFunctions extends Construct {
  public readonly role: Role;
  private readonly logGroup: LogGroup;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.logGroup = newLogGroup(this, 'Log');
    this.role = functionRole(this, 'Role', this.logGroup);
  }

  public add(id: string, { asset, ...options }: RunFunctionOptions): Function {
    return nodeFunction(this, id, {
      ...options,
      code: Code.fromAsset(path.join(__dirname, '..', '..', '..', '..', 'assets', asset)),
      logGroup: this.logGroup,
      role: this.role,
    });
  }
}
