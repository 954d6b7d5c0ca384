import { Duration } from 'aws-cdk-lib';
import { type Code, type Function, LayerVersion, LoggingFormat, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { MESSAGES_ENV, MESSAGES_FOLDER } from '../contracts/message';
import { functionRole, nodeFunction } from '../resources/function';
import { newLogGroup } from '../resources/logs';

/** The function that answers with the messages and does nothing else. */
export function messageFunction(scope: Construct, code: Code): Function {
  const logGroup = newLogGroup(scope, 'Logs');
  return nodeFunction(scope, 'Handler', {
    description: 'Writes the messages of a Cognito user pool (CustomMessage trigger)',
    code,
    handler: 'index.handler',
    memorySize: 256,
    timeout: Duration.seconds(5), // Cognito waits no longer
    loggingFormat: LoggingFormat.JSON,
    logGroup,
    role: functionRole(scope, 'Role', logGroup),
  });
}

const LAYER_ID = 'CognitoMessages';

/**
 * Lays the messages into a layer of somebody's own function, in the function's scope: it may be of another stack, and takes the
 * messages of one trigger.
 *
 * @throws Error where customMessages() would not run in it, or would find others' messages
 */
export function withMessages(scope: Construct, handler: Function, code: Code): Function {
  const refuse = (rule: string): never => {
    throw new Error(`${scope.node.path}: the handler ${handler.node.path} ${rule}`);
  };
  if (handler.runtime.family !== RuntimeFamily.NODEJS) {
    refuse('does not run on Node.js, and customMessages() does: pass a Function with Runtime.NODEJS_…, or none');
  }
  if (handler.node.tryFindChild(LAYER_ID)) {
    refuse('has the messages of another CustomMessageTrigger already: pass a Function of its own');
  }
  handler.addLayers(new LayerVersion(handler, LAYER_ID, { code, description: 'Messages of a user pool' }));
  handler.addEnvironment(MESSAGES_ENV, `/opt/${MESSAGES_FOLDER}`); // where Lambda unpacks layers
  return handler;
}
