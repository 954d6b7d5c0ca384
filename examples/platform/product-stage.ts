import { CfnOutput, RemovalPolicy, Stack, Stage, type StageProps } from 'aws-cdk-lib';
import { Vpc, type VpcAttributes } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ResourceDefaults } from '../../lib';
import { CompanyUserPool, type CompanyUserPoolProps } from './company-user-pool';

export interface ProductStageProps extends CompanyUserPoolProps, StageProps {
  readonly isProduction: boolean;
  /** The account's VPC, whose private subnets lead to AWS. */
  readonly network: VpcAttributes;
}

/** One environment of a product, by the company's rules: its network, its key, its boundary. */
export class ProductStage extends Stage {
  public constructor(scope: Construct, id: string, { isProduction, network, env, ...product }: ProductStageProps) {
    super(scope, id, { env });

    const shared = new Stack(this, 'Shared');
    ResourceDefaults.of(this).set({
      vpc: Vpc.fromVpcAttributes(shared, 'Vpc', network),
      encryptionKey: new Key(shared, 'Key', { enableKeyRotation: true }),
      permissionsBoundary: ManagedPolicy.fromManagedPolicyName(shared, 'Boundary', 'company-boundary'),
      logRetention: isProduction ? RetentionDays.ONE_YEAR : RetentionDays.ONE_WEEK,
      removalPolicy: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      tags: { product: product.product },
    });

    const identity = new Stack(this, 'Identity');
    const users = new CompanyUserPool(identity, 'Users', product);
    new CfnOutput(identity, 'AttributesUrl', { value: users.attributesUrl });
    new CfnOutput(identity, 'UserPoolId', { value: users.userPool.userPoolId });
  }
}
