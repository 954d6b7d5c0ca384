import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { newLogGroup } from '../resources/logs';

/**
 * Of each request when, which, and how it went. No path, which a caller may have put anything into, no header, no address, and
 * nothing of the token.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  errorType: '$context.error.responseType',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
};

/** An HTTP API of a construct's own, with one stage. */
export function ownHttpApi(scope: Construct, allowOrigins: readonly string[]): HttpApi {
  const httpApi = new HttpApi(scope, 'HttpApi', {
    description: 'Users change their own attributes',
    createDefaultStage: false,
    ...(allowOrigins.length > 0 && {
      corsPreflight: {
        allowOrigins: [...allowOrigins],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PATCH, CorsHttpMethod.POST, CorsHttpMethod.DELETE],
        allowHeaders: ['authorization', 'content-type'],
        exposeHeaders: ['retry-after'],
        maxAge: Duration.minutes(10),
      },
    }),
  });
  const logGroup = newLogGroup(scope, 'AccessLogs');
  new HttpStage(scope, 'Stage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logGroup),
      format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
    },
  });
  return httpApi;
}
