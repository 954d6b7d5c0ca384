import { Names, Stack } from 'aws-cdk-lib';
import {
  HttpAuthorizer,
  HttpAuthorizerType,
  type HttpMethod,
  HttpRoute,
  HttpRouteKey,
  type IHttpApi,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IUserPoolClientRef, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type ApiWire, type Operation, SELF_SERVICE_SCOPE } from '../contracts/api';

export interface RoutesOptions {
  readonly httpApi: IHttpApi;
  readonly routes: ApiWire['routes'];
  readonly userPool: IUserPoolRef;
  readonly userPoolClients: readonly IUserPoolClientRef[];
  readonly handler: IFunction;
}

const IDS: Readonly<Record<Operation, string>> = {
  read: 'Read',
  change: 'Change',
  sendCode: 'SendCode',
  confirm: 'Confirm',
  remove: 'Remove',
};

/**
 * The routes, each behind the pool's access tokens with the scope that lets their owners change their attributes. API Gateway
 * checks them before it calls the function; an ID token has no scope.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function addRoutes(scope: Construct, options: RoutesOptions): HttpRoute[] {
  const { httpApi, routes, userPool, userPoolClients, handler } = options;
  const audience = userPoolClients.map(({ userPoolClientRef }) => userPoolClientRef.clientId);
  const { authorizerId } = new HttpAuthorizer(scope, 'Authorizer', {
    httpApi,
    authorizerName: Names.uniqueResourceName(scope, { maxLength: 128 }), // others may stand on the same API
    type: HttpAuthorizerType.JWT,
    identitySource: ['$request.header.Authorization'],
    jwtIssuer: `https://cognito-idp.${userPool.env.region}.${Stack.of(scope).urlSuffix}/${userPool.userPoolRef.userPoolId}`,
    jwtAudience: audience.length > 0 ? audience : ['nobody'], // reported by the validation
  });
  const authorizer = HttpAuthorizer.fromHttpAuthorizerAttributes(scope, 'RouteAuthorizer', {
    authorizerId,
    authorizerType: 'JWT',
  });
  const integration = new HttpLambdaIntegration('Integration', handler);
  return Object.entries(routes).map(([key, operation]) => {
    const [method, path] = key.split(' ');
    return new HttpRoute(scope, IDS[operation], {
      httpApi,
      routeKey: HttpRouteKey.with(path, method as HttpMethod),
      integration,
      authorizer,
      authorizationScopes: [SELF_SERVICE_SCOPE],
    });
  });
}
