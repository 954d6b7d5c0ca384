import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnRoute, type HttpRoute, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Finding } from '../../finding';
import { isOf } from '../same-api';

/** Routes that somebody else has on the same API: API Gateway takes one of a key. */
export const checkRoutes = (httpApi: IHttpApi, routes: readonly HttpRoute[]): Finding[] => {
  const own = routes.map(({ node }) => node.defaultChild as CfnRoute);
  const keys = own.map(({ routeKey }) => routeKey);
  return routes[0].node.root.node
    .findAll()
    .filter(
      (node): node is CfnRoute =>
        CfnResource.isCfnResource(node) && node.cfnResourceType === CfnRoute.CFN_RESOURCE_TYPE_NAME,
    )
    .filter((route) => !own.includes(route) && keys.includes(route.routeKey))
    .filter((route) => isOf(httpApi, Stack.of(own[0]), route))
    .map(({ routeKey, node }) => ({
      rule: `the HTTP API has a route ${routeKey} already, ${node.path}`,
      remedy: 'declare another path with UserAttributesEndpoint.routesOf(httpApi, { path })',
    }));
};
