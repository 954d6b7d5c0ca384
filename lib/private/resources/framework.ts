import { Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLogLevel, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Provider, type ProviderProps } from 'aws-cdk-lib/custom-resources';
import { type Construct, Dependable, type IConstruct, type IDependable } from 'constructs';
import { defaultsOf } from './defaults';
import { functionRole, network } from './function';
import { newLogGroup } from './logs';

/** How CloudFormation waits for what takes longer than a function. */
export type Waiting = Required<Pick<ProviderProps, 'isCompleteHandler' | 'queryInterval' | 'totalTimeout'>>;

/**
 * aws-cdk-lib's framework, between CloudFormation and a function of the library.
 *
 * @returns the service token of its resources
 */
export const framework = (scope: Construct, onEventHandler: IFunction, waiting?: Waiting): string => {
  const logGroup = newLogGroup(scope, 'FrameworkLog');
  const provider = new Provider(scope, 'Provider', {
    onEventHandler,
    logGroup,
    frameworkOnEventRole: functionRole(scope, 'FrameworkRole', logGroup),
    // Below this level the framework logs whole events, with the users' attributes in them.
    frameworkLambdaLoggingLevel: ApplicationLogLevel.FATAL,
    ...network(scope),
    providerFunctionEnvEncryption: defaultsOf(scope).encryptionKey,
    ...(waiting && {
      ...waiting,
      frameworkCompleteAndTimeoutRole: functionRole(scope, 'FrameworkCompleteRole', logGroup),
      // To the waiter a run that goes on is an error, and its cause is the whole event: with it the URL by which anybody can
      // answer CloudFormation. Its history holds both, for those who may read it; a log would spread them.
      disableWaiterStateMachineLogging: true,
    }),
  });
  const { vpc } = defaultsOf(scope);
  if (vpc) provider.node.addDependency(endpointsOf(vpc, Stack.of(scope)));
  return provider.serviceToken;
};

/** The endpoints of a VPC in a stack, also those that are declared later: nobody is called before they are there, nor after they are gone. */
const endpointsOf = (vpc: IVpc, stack: Stack): IDependable => {
  const isOfVpc = (node: IConstruct): boolean => {
    if (!CfnVPCEndpoint.isCfnVPCEndpoint(node)) return false;
    const [theirs, ours] = [node.vpcId, vpc.vpcId].map((id) => JSON.stringify(Stack.of(node).resolve(id)));
    return theirs === ours;
  };
  const endpoints = {};
  Dependable.implement(endpoints, {
    get dependencyRoots() {
      return withParents(stack).flatMap((each) =>
        each.node.findAll().filter((n) => Stack.of(n) === each && isOfVpc(n)),
      );
    },
  });
  return endpoints;
};

/** Other stacks are deployed before this one, since their VPC is referred to; a nested one among others of its parent's resources. */
const withParents = (stack: Stack): Stack[] => [
  stack,
  ...(stack.nestedStackParent ? withParents(stack.nestedStackParent) : []),
];
