import { type Stack, Token } from 'aws-cdk-lib';
import type { CfnRoute, CfnStage, IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { referenced } from '../owned-user-pool';

/**
 * Whether a resource is one of an HTTP API that a stack calls by its id. Two stacks may have resources of the same logical id, so
 * what is compared is the resource, where the ids are references; and what is known only at deployment, such as an import, may be
 * something else in another stack.
 */
export const isOf = (httpApi: IHttpApi, stack: Stack, { apiId, stack: its }: CfnRoute | CfnStage): boolean => {
  const [wanted, found] = [referenced(httpApi.apiId), referenced(apiId)];
  if (wanted || found) return wanted === found;
  if (!Token.isUnresolved(apiId)) return apiId === httpApi.apiId;
  return its === stack && JSON.stringify(stack.resolve(apiId)) === JSON.stringify(stack.resolve(httpApi.apiId));
};
