import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, type FunctionProps, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { defaultsOf } from './defaults';

/** What a function of the library says of itself; all else is the same of all, or as the defaults of the stack say. */
export type NodeFunctionProps = Pick<
  FunctionProps,
  'code' | 'description' | 'environment' | 'handler' | 'loggingFormat' | 'memorySize' | 'timeout'
> &
  Required<Pick<FunctionProps, 'logGroup' | 'role'>>;

export const nodeFunction = (scope: Construct, id: string, props: NodeFunctionProps): Function =>
  new Function(scope, id, {
    ...props,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    ...network(scope),
    environmentEncryption: defaultsOf(scope).encryptionKey,
  });

/** Where functions run. */
export const network = (scope: Construct): Pick<FunctionProps, 'vpc' | 'vpcSubnets' | 'securityGroups'> => {
  const { vpc, vpcSubnets, securityGroups } = defaultsOf(scope);
  return { vpc, vpcSubnets, securityGroups };
};

/** A function's role that may write to its log. Lambda's managed policy covers every log group of the account. */
export const functionRole = (scope: Construct, id: string, logGroup: ILogGroup): Role => {
  const { vpc, encryptionKey } = defaultsOf(scope);
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    ...(vpc && {
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaENIManagementAccess')],
    }),
  });
  logGroup.grantWrite(role);
  encryptionKey?.grantDecrypt(role); // of its environment
  return role;
};
