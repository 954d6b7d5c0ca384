import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ClientAttributes, StringAttribute, UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  type AwsSdkCall,
  Logging,
  PhysicalResourceId,
} from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';

const USERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  alice: { given_name: 'Alice', email: 'alice@example.com', email_verified: 'true', 'custom:plan': 'gold' },
  bob: { given_name: 'Bob', email: 'bob@example.com', email_verified: 'true', locale: 'de-AT' },
  carol: { given_name: 'Carol', email: 'carol@example.com', email_verified: 'true', 'custom:plan': 'trial' },
};

export interface WithoutStackProps extends StackProps {
  readonly allowOrigins: string[];
}

/** Three users, messages in two languages, and an API for people's own attributes, by hand. */
export class WithoutStack extends Stack {
  public constructor(scope: Construct, id: string, { allowOrigins, ...props }: WithoutStackProps) {
    super(scope, id, props);

    const userPool = new UserPool(this, 'Pool', {
      autoVerify: { email: true },
      keepOriginal: { email: true },
      customAttributes: { plan: new StringAttribute({ mutable: true, maxLen: 20 }) },
      email: UserPoolEmail.withSES({ fromEmail: 'welcome@example.com', sesRegion: 'eu-west-1' }),
      lambdaTriggers: { customMessage: this.handler('Messages', 'messages.ts', Duration.seconds(5)) },
    });
    const writes = new ClientAttributes().withStandardAttributes({ nickname: true, locale: true, email: true });
    const client = userPool.addClient('Page', {
      authFlows: { userPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      writeAttributes: writes,
      readAttributes: writes.withStandardAttributes({ emailVerified: true }),
    });

    const userLogs = this.logGroup('UserLogs');
    let previous: AwsCustomResource | undefined;
    for (const [username, attributes] of Object.entries(USERS)) {
      const call = (action: string, parameters: object = {}): AwsSdkCall => ({
        service: '@aws-sdk/client-cognito-identity-provider',
        action,
        parameters: { UserPoolId: userPool.userPoolId, Username: username, ...parameters },
        outputPaths: [], // the answer holds all attributes, and may be too long for CloudFormation
        logging: Logging.withDataHidden(),
      });
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const user = new AwsCustomResource(this, `User-${username}`, {
        resourceType: 'Custom::CognitoUser',
        onCreate: {
          ...call('AdminCreateUser', { UserAttributes, DesiredDeliveryMediums: ['EMAIL'] }),
          physicalResourceId: PhysicalResourceId.of(username),
        },
        onUpdate: {
          ...call('AdminUpdateUserAttributes', { UserAttributes }),
          physicalResourceId: PhysicalResourceId.of(username),
        },
        onDelete: { ...call('AdminDeleteUser'), ignoreErrorCodesMatching: 'UserNotFoundException' },
        policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: [userPool.userPoolArn] }),
        installLatestAwsSdk: false,
        timeout: Duration.minutes(2),
        logGroup: userLogs,
      });
      if (previous) user.node.addDependency(previous); // one after the other, below Cognito's quota
      previous = user;
    }

    const api = new HttpApi(this, 'Api', {
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins,
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PATCH, CorsHttpMethod.POST],
        allowHeaders: ['authorization', 'content-type'],
      },
      defaultAuthorizer: new HttpUserPoolAuthorizer('Users', userPool, { userPoolClients: [client] }),
      defaultAuthorizationScopes: ['aws.cognito.signin.user.admin'],
    });
    new HttpStage(this, 'Stage', { httpApi: api, autoDeploy: true, throttle: { rateLimit: 10, burstLimit: 20 } });
    const integration = new HttpLambdaIntegration(
      'Profile',
      this.handler('Profile', 'profile.ts', Duration.seconds(10)),
    );
    api.addRoutes({ path: '/me/attributes', methods: [HttpMethod.GET, HttpMethod.PATCH], integration });
    api.addRoutes({ path: '/me/attributes/email/verification', methods: [HttpMethod.POST], integration });

    new CfnOutput(this, 'AttributesUrl', { value: `${api.apiEndpoint}/me/attributes` });
    new CfnOutput(this, 'ClientId', { value: client.userPoolClientId });
  }

  private handler(id: string, entry: string, timeout: Duration): NodejsFunction {
    return new NodejsFunction(this, id, {
      entry: join(__dirname, entry),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout,
      bundling: { minify: true, bundleAwsSDK: true },
      logGroup: this.logGroup(`${id}Logs`),
    });
  }

  private logGroup(id: string): LogGroup {
    return new LogGroup(this, id, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  }
}
