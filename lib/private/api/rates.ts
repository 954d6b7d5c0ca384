import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnStage, type CfnRoute, type HttpRoute, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { UserAttributesRates } from '../../user-attributes-rates';
import type { ApiWire, Operation } from '../contracts/api';

const DEFAULTS: Required<UserAttributesRates> = { reads: 60, changes: 10, codes: 5 };

const KIND: Readonly<Record<Operation, keyof UserAttributesRates>> = {
  read: 'reads',
  change: 'changes',
  sendCode: 'codes',
  confirm: 'codes',
  remove: 'changes',
};

/**
 * Sets the rates in the stages of the API that stand in the routes' stack.
 *
 * @returns how many stages there are
 */
export function throttle(
  httpApi: IHttpApi,
  keys: ApiWire['routes'],
  routes: readonly HttpRoute[],
  rates: UserAttributesRates = {},
): number {
  const stages = stagesOf(httpApi, Stack.of(routes[0]));
  for (const stage of stages) {
    const settings = Object.entries(keys).map(([key, operation]) => {
      const rate = rates[KIND[operation]] ?? DEFAULTS[KIND[operation]];
      const limits = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: Math.ceil(2 * rate) };
      return [key, limits];
    });
    stage.routeSettings = { ...(stage.routeSettings as object | undefined), ...Object.fromEntries(settings) };
    // API Gateway refuses settings of a route that is not there yet.
    for (const route of routes) stage.addDependency(route.node.defaultChild as CfnRoute);
  }
  return stages.length;
}

const stagesOf = (httpApi: IHttpApi, stack: Stack): CfnStage[] =>
  stack.node
    .findAll()
    .filter(
      (node): node is CfnStage =>
        CfnResource.isCfnResource(node) &&
        node.cfnResourceType === CfnStage.CFN_RESOURCE_TYPE_NAME &&
        Stack.of(node) === stack,
    )
    .filter(({ apiId }) => JSON.stringify(stack.resolve(apiId)) === JSON.stringify(stack.resolve(httpApi.apiId)));
