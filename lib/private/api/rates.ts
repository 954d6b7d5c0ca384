import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { CfnStage, type HttpRoute, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { UserAttributesRates } from '../../user-attributes-rates';
import type { ApiWire, Operation } from '../contracts/api';
import { isOf } from './same-api';

export const DEFAULT_RATES: Required<UserAttributesRates> = { reads: 60, changes: 10, codes: 5 };

const KIND: Readonly<Record<Operation, keyof UserAttributesRates>> = {
  read: 'reads',
  change: 'changes',
  sendCode: 'codes',
  confirm: 'codes',
  remove: 'changes',
};

/**
 * Sets the rates in the stages of the API that stand in the routes' stack. What is not declared is for the stage's author to set,
 * and has a default.
 *
 * @returns how many stages there are
 */
export function throttle(
  httpApi: IHttpApi,
  keys: ApiWire['routes'],
  routes: readonly HttpRoute[],
  rates: UserAttributesRates,
): number {
  const stages = stagesOf(httpApi, Stack.of(routes[0]));
  for (const stage of stages) {
    const there = settingsOf(stage);
    const inherited = defaultsOf(stage);
    const settings = Object.entries(keys).map(([key, operation]) => {
      const rate = rates[KIND[operation]];
      const limits = limit(rate ?? DEFAULT_RATES[KIND[operation]]);
      return [
        key,
        rate === undefined ? { ...limits, ...inherited, ...there[key] } : { ...inherited, ...there[key], ...limits },
      ];
    });
    stage.routeSettings = { ...there, ...Object.fromEntries(settings) };
    // API Gateway refuses settings of a route that is not there yet.
    for (const route of routes) stage.node.addDependency(route.node.defaultChild!);
  }
  return stages.length;
}

type Settings = Readonly<Record<string, object>>;

/** What the author of the stage has set, for these routes or others. */
const settingsOf = ({ routeSettings, stack }: CfnStage): Settings =>
  ((Token.isUnresolved(routeSettings) ? stack.resolve(routeSettings) : routeSettings) ?? {}) as Settings;

/** What the author has set for every route: the settings of a route take the place of all of it. */
const defaultsOf = ({ defaultRouteSettings, stack }: CfnStage): object => {
  const given = (stack.resolve(defaultRouteSettings) ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name[0].toUpperCase() + name.slice(1), value]),
  );
};

const limit = (rate: number) => ({
  ThrottlingRateLimit: rate,
  ThrottlingBurstLimit: Token.isUnresolved(rate) ? rate : Math.ceil(2 * rate), // what is known at deployment alone cannot be doubled
});

const stagesOf = (httpApi: IHttpApi, stack: Stack): CfnStage[] =>
  stack.node
    .findAll()
    .filter(
      (node): node is CfnStage =>
        CfnResource.isCfnResource(node) &&
        node.cfnResourceType === CfnStage.CFN_RESOURCE_TYPE_NAME &&
        Stack.of(node) === stack,
    )
    .filter((stage) => isOf(httpApi, stack, stage));
