import * as path from 'node:path';
import { Annotations, Aspects, Duration, Lazy, Stack } from 'aws-cdk-lib';
import type { CfnUserPool, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { Architecture, Code, Function, type IFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CustomMessageSource } from './custom-message-source';
import type { CustomMessageTemplate } from './custom-message-template';
import { encodeMessages, MESSAGES_ENV } from './private/contracts/message';
import { functionLogGroup, functionRole } from './private/logs';
import { attachCustomMessage, displacement, sendsLinks, sendsWithoutSes } from './private/message/wiring';
import { ownedUserPool } from './private/owned-user-pool';
import { type DeclaredTemplate, validateMessages } from './private/message/validate-templates';

/** Props of a CustomMessageTrigger. */
export interface CustomMessageTriggerProps {
  /**
   * The pool whose messages are written: a `UserPool` or `CfnUserPool` that this app declares.
   *
   * An imported pool is refused: its triggers are set where it is declared, and only there. Declare the trigger in the pool's
   * own stack where other constructs of another stack use the pool: the pool depends on the trigger's function.
   */
  readonly userPool: IUserPoolRef;
}

/**
 * Sends a user pool's e-mails and SMS in words of your own, chosen and filled in from the ClientMetadata of the call that
 * caused them and from the user's attributes.
 *
 * The pool's CustomMessage trigger is a Lambda function of this construct. It stands in nobody's way: where no template fits,
 * a variable has no value, or anything is not as Cognito demands, the message goes out in the pool's own
 * words, and one line of the function's log says why (never with a value).
 *
 * The templates stand in the function's environment, which holds 4,096 bytes in all. All that is wrong with them is reported
 * at synthesis, at once. What reaches people otherwise than through a call with ClientMetadata (the hosted pages,
 * InitiateAuth) carries none: declare a template without `when` for it.
 *
 * E-mails need a pool that sends through Amazon SES, as AWS documents; on Cognito's own sender, the call that causes the
 * message may fail with InvalidLambdaResponseException. Synthesis warns of it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export class CustomMessageTrigger extends Construct {
  /**
   * The function that Cognito calls. It may write to its own log group and nothing else.
   */
  public readonly handler: IFunction;

  private readonly templates: DeclaredTemplate[] = [];

  /**
   * Wires the trigger to the pool.
   *
   * Fails where the pool is imported, or has a CustomMessage trigger already.
   */
  constructor(scope: Construct, id: string, props: CustomMessageTriggerProps) {
    super(scope, id);
    this.handler = this.createHandler();
    const pool = this.requireOwned(props.userPool);
    attachCustomMessage(pool, this.handler);
    // Templates and the pool's e-mail settings may come later.
    Aspects.of(this).add({ visit: (node) => node === this && this.warnOfSender(pool) });
    this.node.addValidation({
      validate: () => [...validateMessages(this.resolved()), ...displacement(pool, this.handler)],
    });
  }

  /**
   * Adds the words for one occasion. Of the templates of a source whose `when` the ClientMetadata meets, the one that names
   * the most keys is used.
   *
   * What is wrong with a template is reported at synthesis, together with all other findings: a part that lacks `{{code}}`
   * (or `{{username}}`, for an invitation), an unknown variable, a raw form, a limit of Cognito's, a variable inside a tag,
   * two templates that could match the same ClientMetadata.
   *
   * @param source what makes Cognito send the message
   * @param template the words, and the ClientMetadata for which they are meant
   */
  public addTemplate(source: CustomMessageSource, template: CustomMessageTemplate): void {
    this.templates.push({ ...template, source });
  }

  private createHandler(): Function {
    const logGroup = functionLogGroup(this, 'Logs');
    return new Function(this, 'Handler', {
      description: 'Writes the messages of a Cognito user pool (CustomMessage trigger)',
      code: Code.fromAsset(path.join(__dirname, '..', 'assets', 'custom-message')),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: Duration.seconds(5), // Cognito waits no longer
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role: functionRole(this, 'Role', logGroup),
      // Nothing of the pool: it depends on the function, and the function on it would make a circle.
      environment: { [MESSAGES_ENV]: Lazy.string({ produce: () => this.encodeTemplates() }) },
    });
  }

  private warnOfSender(pool: CfnUserPool): void {
    const emails = this.templates.filter(({ html }) => html !== undefined);
    if (emails.some(({ source }) => LINKED.includes(source)) && sendsLinks(pool)) {
      Annotations.of(this).addWarningV2(
        'cdk-cognito-user-attributes:codeInPlaceOfLink',
        'the user pool verifies by a link, and a template can hold a code alone: Cognito may refuse the e-mail; set the emailStyle of userVerification to CODE, or leave sign-up and resent codes to the pool',
      );
    }
    if (emails.length === 0 || !sendsWithoutSes(pool)) return;
    Annotations.of(this).addWarningV2(
      'cdk-cognito-user-attributes:customEmailWithoutSes',
      "the user pool sends through Cognito's own sender, and AWS documents that such a pool refuses e-mails written by a trigger, and the sign-up or update with them: give the pool email: UserPoolEmail.withSES(...)",
    );
  }

  private encodeTemplates(): string {
    return encodeMessages(this.resolved());
  }

  /** What a template takes from elsewhere in the app is known by now. What is not known yet is refused. */
  private resolved(): DeclaredTemplate[] {
    return Stack.of(this).resolve(this.templates);
  }

  private requireOwned(userPool: IUserPoolRef): CfnUserPool {
    const owned = ownedUserPool(userPool);
    if (owned) return owned;
    throw new Error(
      `${this.node.path}: the user pool ${userPool.node.path} is imported, and a pool's triggers can be set only where it is declared: declare the CustomMessageTrigger in the app that declares the pool, and pass it that UserPool or CfnUserPool`,
    );
  }
}

/** The messages that carry a link where the pool verifies by one. */
const LINKED: readonly CustomMessageSource[] = [CustomMessageSource.SIGN_UP, CustomMessageSource.RESEND_CODE];
