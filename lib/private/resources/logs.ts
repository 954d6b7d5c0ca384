import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { defaultsOf } from './defaults';

/** A log, kept for a month and no longer than what writes it, unless the defaults of the stack say otherwise. */
export const newLogGroup = (scope: Construct, id: string, logGroupName?: string): LogGroup => {
  const { encryptionKey, logRetention, removalPolicy } = defaultsOf(scope);
  if (encryptionKey) allowLogs(scope, encryptionKey);
  return new LogGroup(scope, id, {
    logGroupName,
    retention: logRetention ?? RetentionDays.ONE_MONTH,
    removalPolicy: removalPolicy ?? RemovalPolicy.DESTROY,
    encryptionKey,
  });
};

/**
 * The service encrypts by itself, for the log groups of this account alone. An imported key takes no statement.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const allowLogs = (scope: Construct, key: IKey): void => {
  const stack = Stack.of(scope);
  const logGroups = {
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  };
  key.addToResourcePolicy(
    new PolicyStatement({
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn(logGroups) } },
    }),
  );
};
