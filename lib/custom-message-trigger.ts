import * as path from 'node:path';
import { Annotations, Aspects, Stack } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnUserPool, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import type { CustomMessageSource } from './custom-message-source';
import type { CustomMessageTemplate } from './custom-message-template';
import type { DefaultMessageReason } from './default-message-reason';
import type { ImportedPoolOptions } from './imported-pool-options';
import type { MessageTemplates } from './message-templates';
import type { MetadataKey } from './metadata-key';
import { METRICS } from './private/contracts/message';
import { REATTACHED_TRIGGERS } from './private/contracts/pool-trigger';
import type { DeclaredTemplate } from './private/message/declared';
import { type MessageDirectory, NO_DIRECTORY, readDirectory } from './private/message/directory';
import { type Declaration, type Messages, readMessages } from './private/message/messages';
import { messageFunction, withMessages } from './private/message/function';
import { attachToImportedPool } from './private/message/imported-pool';
import { MessagesCode } from './private/message/messages-code';
import { linkFindings } from './private/message/validation/pool';
import { messageWarnings } from './private/message/validation/warnings';
import { filesOf } from './private/message/wire';
import { attachCustomMessage, displacement } from './private/message/wiring';
import { functionMetric } from './private/metrics';
import { markWithDefaults } from './private/resources/defaults';
import { ownedUserPool } from './private/owned-user-pool';
import { customAttributeLengths } from './private/schema-entries';

/** Props of a CustomMessageTrigger. */
export interface CustomMessageTriggerProps {
  /**
   * The pool whose messages are written.
   *
   * A `UserPool` or `CfnUserPool` of this app gets the trigger in its own declaration. Declare the trigger in the pool's own
   * stack where other constructs of another stack use the pool: the pool depends on the trigger's function.
   *
   * To an imported pool, a custom resource attaches the trigger in each deployment: it reads the pool's settings and
   * writes them back with the trigger. See `importedPool`.
   */
  readonly userPool: IUserPoolRef;

  /**
   * The messages, as a directory of files.
   *
   * @default - those of `addTemplate` alone
   */
  readonly templates?: MessageTemplates;

  /**
   * The keys of ClientMetadata that templates may see and ask for. Anybody who may sign up or reset a password chooses
   * ClientMetadata, so whatever is not declared here is ignored.
   *
   * @default - none: all messages are for whatever ClientMetadata arrives
   */
  readonly metadata?: MetadataKey[];

  /**
   * The key of ClientMetadata, one of `metadata`, that holds the language of the message as a BCP 47 tag. It goes before the
   * user's attribute `locale`.
   *
   * @default - the user's attribute `locale` decides
   */
  readonly localeKey?: string;

  /**
   * The locale, one of the templates', whose texts are for users without a locale and for those whose language no template
   * speaks.
   *
   * @default - the texts without a locale
   */
  readonly defaultLocale?: string;

  /**
   * A function of your own in place of the library's. The messages are laid into a layer of it, where `customMessages()` of
   * `cdk-cognito-user-attributes/custom-message` finds them; it runs on Node.js.
   *
   * @default - a function that answers with the messages and does nothing else
   */
  readonly handler?: Function;

  /**
   * How the trigger is attached to an imported pool. An error with a pool of this app.
   *
   * @default - no other function is displaced, it is looked after the trigger at deployments alone, and the pool sends no SMS
   */
  readonly importedPool?: ImportedPoolOptions;
}

/** Options of the metric of messages that Cognito sends in its own words. */
export interface DefaultMessagesMetricOptions extends MetricOptions {
  /**
   * Counts the messages of one reason alone.
   *
   * @default - all of them
   */
  readonly reason?: DefaultMessageReason;
}

/** What a trigger's templates come to. */
interface Reading {
  readonly declaration: Declaration;
  readonly messages: Messages;
  /** How many there were in code. */
  readonly templates: number;
}

/**
 * Sends a user pool's e-mails and SMS in words of your own: in the user's language, chosen and filled in from the
 * ClientMetadata of the call that caused them and from the user's attributes.
 *
 * The pool's CustomMessage trigger is a Lambda function of this construct. It stands in nobody's way: where no template fits,
 * a variable has no value, or anything is not as Cognito demands, the message goes out in the pool's own
 * words, one line of the function's log says why (never with a value), and `metricDefaultMessages()` counts it.
 *
 * For an e-mail and for an SMS, each by itself, the template is chosen by what makes Cognito send it, then by the most specific
 * ClientMetadata that it is for, then by the locale: that of `localeKey`, else the user's attribute `locale`, else
 * `defaultLocale`, each by fall-back (`de-AT`, then `de`), else the texts without a locale. What reaches people otherwise than
 * through a call with ClientMetadata (the hosted pages, InitiateAuth) carries none: have templates that ask for none.
 *
 * The templates travel in the function's code, so they are in no template of CloudFormation. All that is wrong with them is
 * reported at synthesis, at once, by file and line.
 *
 * E-mails need a pool that sends through Amazon SES, as AWS documents; on Cognito's own sender, the call that causes the
 * message may fail with InvalidLambdaResponseException. Synthesis warns of it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
@propertyInjectable
export class CustomMessageTrigger extends Construct {
  /** By which property injectors find it (`PropertyInjectors.of(scope).add()`). */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-cognito-user-attributes.CustomMessageTrigger';

  /**
   * The function that Cognito calls. The library's own may write to its log group and nothing else.
   */
  public readonly handler: IFunction;

  private readonly code = new MessagesCode();
  private readonly inline: DeclaredTemplate[] = [];
  private lastReading?: Reading;
  /** What the code was made of. */
  private finished?: Reading;

  /**
   * Wires the trigger to the pool.
   *
   * Fails where a pool of this app has a CustomMessage trigger already; of an imported pool, the deployment does.
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CustomMessageTriggerProps,
  ) {
    super(scope, id);
    markWithDefaults(this);
    const { userPool, templates, handler } = props;
    const pool = ownedUserPool(userPool);
    if (pool) this.refuseImportOptions();
    const directory = templates ? readDirectory(templates._directory, templates._variants) : NO_DIRECTORY;
    this.handler = handler ? withMessages(this, handler, this.code) : messageFunction(this, this.code);
    if (pool) attachCustomMessage(pool, this.handler);
    else attachToImportedPool(this, userPool, this.handler, props.importedPool);
    // Templates and the pool's e-mail settings may come later.
    Aspects.of(this).add({ visit: (node) => node === this && this.finish(directory, pool) });
    this.node.addValidation({ validate: () => this.validate(directory, pool) });
  }

  /**
   * Adds the words for one occasion, beside those of the directory.
   *
   * What is wrong with a template is reported at synthesis, together with all other findings: a part that lacks `{{code}}`
   * (or `{{username}}`, for an invitation), an unknown variable, an undeclared key, a raw form, a limit of Cognito's, a
   * variable inside a tag, two templates that could match the same ClientMetadata.
   *
   * @param source what makes Cognito send the message
   * @param template the words, the ClientMetadata for which they are meant, and their language
   */
  public addTemplate(source: CustomMessageSource, template: CustomMessageTemplate): void {
    const { when, whenOneOf, locale, subject, html, sms } = template;
    const parts = Object.entries({ subject, html, sms }).filter(([, text]) => text !== undefined);
    this.inline.push({
      source,
      condition: { when, whenOneOf },
      locale,
      parts: Object.fromEntries(parts.map(([part, text]) => [part, { text: text as string }])),
    });
  }

  /**
   * A metric of this trigger, in the namespace `CognitoUserAttributes`: `RenderedMessages`, `DefaultMessages`,
   * `RefusedMetadata` or `ReattachedTriggers`, by the dimensions `service` and `UserPoolId`. The sum over 5 minutes unless `props` say otherwise.
   *
   * @default - sum over 5 minutes
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    const dimensions = { [METRICS.poolDimension]: this.props.userPool.userPoolRef.userPoolId };
    return functionMetric(this, METRICS, metricName, dimensions, props);
  }

  /**
   * How many e-mails and SMS were written in the templates' words. An event asks for both, since Cognito does not say which
   * of the two it will send, and both count where there are templates of both.
   *
   * @default - sum over 5 minutes
   */
  public metricRenderedMessages(props?: MetricOptions): Metric {
    return this.metric(METRICS.renderedMessages, props);
  }

  /**
   * How many e-mails and SMS were left to Cognito's own words though there are templates of their kind; of one reason, where
   * `reason` is given. An event without any template for it counts once.
   *
   * @default - sum over 5 minutes, all reasons
   */
  public metricDefaultMessages(props?: DefaultMessagesMetricOptions): Metric {
    const { reason, ...options } = props ?? {};
    if (!reason) return this.metric(METRICS.defaultMessages, options);
    const dimensionsMap = { ...options.dimensionsMap, [METRICS.reasonDimension]: reason };
    return this.metric(METRICS.defaultMessages, { ...options, dimensionsMap });
  }

  /**
   * How many values of declared ClientMetadata broke their rule, and counted as absent.
   *
   * @default - sum over 5 minutes
   */
  public metricRefusedMetadata(props?: MetricOptions): Metric {
    return this.metric(METRICS.refusedMetadata, props);
  }

  /**
   * How often the trigger of an imported pool was gone and has been attached again, by a deployment or by `checkEvery`.
   *
   * @default - sum over 5 minutes
   */
  public metricReattachedTriggers(props?: MetricOptions): Metric {
    return this.metric(REATTACHED_TRIGGERS, props);
  }

  /** What a template takes from elsewhere in the app is known by now. What is not known yet is refused. */
  private declaration(directory: MessageDirectory, pool: CfnUserPool | undefined): Declaration {
    const { templates, metadata, localeKey, defaultLocale } = this.props;
    return {
      directory,
      variants: Stack.of(this).resolve(templates?._variants ?? {}),
      inline: Stack.of(this).resolve(this.inline),
      metadata: metadata ?? [],
      localeKey,
      defaultLocale,
      customAttributes: pool && customAttributeLengths(pool),
    };
  }

  /** Thousands of templates take their time to read, and synthesis asks twice. */
  private read(directory: MessageDirectory, pool: CfnUserPool | undefined): Reading {
    if (this.lastReading?.templates !== this.inline.length) {
      const declaration = this.declaration(directory, pool);
      this.lastReading = { declaration, messages: readMessages(declaration), templates: this.inline.length };
    }
    return this.lastReading;
  }

  private finish(directory: MessageDirectory, pool: CfnUserPool | undefined): void {
    const reading = this.read(directory, pool);
    const { declaration, messages } = reading;
    this.finished = reading;
    if (messages.findings.length > 0) return; // the validation will tell
    const { handler } = this.props;
    const bundle = path.join(__dirname, '..', 'assets', 'custom-message');
    this.code.make(handler ?? this, filesOf(messages, declaration), handler ? undefined : bundle);
    for (const [id, warning] of messageWarnings(messages, declaration, pool)) {
      Annotations.of(this).addWarningV2(`cdk-cognito-user-attributes:${id}`, warning);
    }
  }

  private validate(directory: MessageDirectory, pool: CfnUserPool | undefined): string[] {
    const reading = this.read(directory, pool);
    return [
      ...reading.messages.findings,
      ...(pool ? [...linkFindings(reading.messages, pool), ...displacement(pool, this.handler)] : []),
      ...(this.finished && this.finished !== reading
        ? [
            'a template was added when the code had been made already: call addTemplate() before the aspects of the app are done',
          ]
        : []),
    ];
  }

  private refuseImportOptions(): void {
    const { userPool, importedPool } = this.props;
    if (!importedPool) return;
    throw new Error(
      `${this.node.path}: importedPool is for imported pools, and this app declares the user pool ${userPool.node.path}, which gets the trigger in its declaration: leave importedPool out`,
    );
  }
}
