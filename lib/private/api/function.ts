import * as path from 'node:path';
import { type CfnResource, Duration } from 'aws-cdk-lib';
import type { IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { Code, type CodeConfig, type Function, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { API_ENV, API_FILE, type ApiWire } from '../contracts/api';
import { filesAsset } from '../files-asset';
import { functionRole, nodeFunction } from '../resources/function';
import { newLogGroup } from '../resources/logs';

/** The function behind the routes. Its role may write its log and nothing else: what Cognito asks for is people's own tokens. */
export function apiFunction(scope: Construct, definition: ApiWire, userPool: IUserPoolRef): Function {
  const bundle = path.join(__dirname, '..', '..', '..', 'assets', 'user-attributes-api');
  const asset = filesAsset(scope, 'Code', { [API_FILE]: JSON.stringify(definition) }, bundle);
  const logGroup = newLogGroup(scope, 'Logs');
  return nodeFunction(scope, 'Handler', {
    description: 'Lets the users of a Cognito user pool change their own attributes',
    code: new DeployedCode(asset),
    handler: 'index.handler',
    memorySize: 512,
    timeout: Duration.seconds(10),
    loggingFormat: LoggingFormat.JSON,
    environment: {
      [API_ENV.region]: userPool.env.region,
      [API_ENV.userPoolId]: userPool.userPoolRef.userPoolId,
    },
    logGroup,
    role: functionRole(scope, 'Role', logGroup),
  });
}

/** An asset that is there already. Code.fromBucket() warns of objects that change under their keys, which no asset does. */
class DeployedCode extends Code {
  constructor(private readonly asset: Asset) {
    super();
  }

  public bind(): CodeConfig {
    return { s3Location: { bucketName: this.asset.s3BucketName, objectKey: this.asset.s3ObjectKey } };
  }

  public bindToResource(resource: CfnResource): void {
    this.asset.addResourceMetadata(resource, 'Code'); // for `cdk deploy --hotswap`
  }
}
