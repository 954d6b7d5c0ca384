import { ApplicationLogLevel, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Provider, type ProviderProps } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
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
  return new Provider(scope, 'Provider', {
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
  }).serviceToken;
};
