import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

/** The Region's own endpoint. Tries of the SDK's own have to be over before the request that waits for them is given up. */
const client = new STSClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

/** The role's credentials, for an hour: no more is given to whoever has a role already. */
export const takeOn = async (role: string) => {
  const command = new AssumeRoleCommand({ RoleArn: role, RoleSessionName: sessionName() });
  const { Credentials } = await client.send(command);
  return {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken,
    expiration: Credentials!.Expiration,
  };
};

/** In CloudTrail of the pool's account it tells the function, whose name begins with the stack's. */
const sessionName = (): string => process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'cdk-cognito-user-attributes';
