import { App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, type IDependable } from 'constructs';
import { SeedRuns } from '../../../../../lib/private/seeder/run/seed-runs';

export interface GrantOptions {
  readonly pool?: string;
  readonly bucket?: IBucket;
  readonly source?: PolicyStatement[];
  readonly looking?: PolicyStatement[];
  readonly users?: PolicyStatement[];
  readonly passwords?: PolicyStatement[];
  readonly rollback?: PolicyStatement[];
}

/** A stack with runs, and what a seeder asks of them. */
export class RunsStack extends Stack {
  public readonly runs: SeedRuns;

  public constructor() {
    super(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack');
    this.runs = SeedRuns.of(this);
  }

  public grant(seeder: string, { pool = 'Pool', bucket, ...statements }: GrantOptions = {}): IDependable {
    const userPool = (this.node.tryFindChild(pool) as UserPool | undefined) ?? new UserPool(this, pool);
    return this.runs.grant(new Construct(this, seeder), {
      userPool,
      source: [],
      looking: [],
      users: [],
      passwords: [],
      rollback: [],
      ...statements,
      bucket,
    });
  }

  /** A run as it is with the bucket that most have. */
  public withDefaults(): this {
    this.grant('Seeder');
    void this.runs.bucket;
    return this;
  }
}
