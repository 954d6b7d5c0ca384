import { Aspects } from 'aws-cdk-lib';
import type { HttpRoute, IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnUserPool, IUserPoolClientRef, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import type { MetadataKey } from './metadata-key';
import { type Declaration, declaration } from './private/api/declared';
import { apiDefinition, readableNames, writableNames } from './private/api/definition';
import { apiFunction } from './private/api/function';
import { ownHttpApi } from './private/api/http-api';
import { openApiDocument } from './private/api/open-api';
import { throttle } from './private/api/rates';
import { addRoutes } from './private/api/routes';
import { checkAttributes, isReadable, isWritable } from './private/api/validation/attributes';
import { checkClients, knownClients } from './private/api/validation/clients';
import { checkRoutes } from './private/api/validation/routes';
import { sensitivity } from './private/api/validation/sensitive';
import { checkEndpoint, checkRates, checkSentMetadata } from './private/api/validation/settings';
import { checkShape } from './private/api/validation/shape';
import { warn } from './private/api/warnings';
import { type ApiWire, METRICS } from './private/contracts/api';
import { fileAsset } from './private/files-asset';
import { inWords } from './private/finding';
import { functionMetric } from './private/metrics';
import { markWithDefaults } from './private/resources/defaults';
import { ownedUserPool } from './private/owned-user-pool';
import type { UserAttributesEndpoint } from './user-attributes-endpoint';
import type { UserAttributesRates } from './user-attributes-rates';
import type { WritableAttribute } from './writable-attribute';

/** Props of a UserAttributesApi. */
export interface UserAttributesApiProps {
  /**
   * The pool whose users change their attributes: an L2 or L1 of this app, or an imported one, of any Region. What this app declares is
   * checked: that the pool has the attributes, that they can be changed, and that it keeps addresses. Of an imported one nothing is known.
   */
  readonly userPool: IUserPoolRef;

  /**
   * The app clients whose access tokens are taken, 1 to 50: those with which people sign in to your pages and apps. Each must be allowed
   * to read and write the attributes, which is an error at synth where this app declares it; and should be allowed to write no other,
   * which is a warning: with the same token, people can ask Cognito itself.
   *
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
   */
  readonly userPoolClients: IUserPoolClientRef[];

  /**
   * The attributes that people may change, and delete unless the pool requires them; nothing else. Where there are none, the API is for
   * reading. `email` and `phone_number` take a pool that keeps the original until the new one is confirmed (`keepOriginal`), and have the
   * routes that send and take codes. `sub`, `email_verified`, `phone_number_verified`, developer-only and immutable attributes are an error.
   */
  readonly writable: WritableAttribute[];

  /**
   * The attributes that people may read, as Cognito calls them or as `UserAttributes` does, `sub` among them.
   *
   * @default - the writable ones, and of addresses among them whether they are verified
   */
  readonly readable?: string[];

  /**
   * The writable attributes on which depends what somebody may do, named a second time: it is meant that people decide them
   * themselves. Otherwise an error at synth: names such as `custom:tenant`, `custom:plan`, `custom:status` or `custom:customerId`, since a
   * wrong guess costs you a line here, and one that is missed a tenant; and claims that an identity pool of this app maps to roles or
   * tags. Names in other languages than English are not known.
   *
   * @default - none
   */
  readonly sensitive?: string[];

  /**
   * The keys of ClientMetadata that a caller may send, for the pool's CustomMessage trigger. Nothing else passes. The API itself sets
   * `source` to `self-service`, and `locale` to the language that the caller's Accept-Language likes best; these two cannot be declared.
   * A code for `email` or `phone_number` is the only occasion on which it is read.
   *
   * @default - none: what the API sets is all that the trigger sees
   */
  readonly metadata?: MetadataKey[];

  /**
   * Where the API is found.
   *
   * @default UserAttributesEndpoint.create() - an HTTP API of its own, which no page of another origin may call
   */
  readonly endpoint?: UserAttributesEndpoint;

  /**
   * How many requests a second each route takes, from all callers together: from above 0 to 10,000.
   *
   * @default - 60 reads, 10 changes, 5 codes
   */
  readonly rates?: UserAttributesRates;
}

/** Options of the metric of requests that were refused. */
export interface ProblemsMetricOptions extends MetricOptions {
  /**
   * Counts the problems of one kind alone: the last part of an answer's `type`, such as `code-mismatch`.
   *
   * @default - all of them
   */
  readonly problem?: string;
}

/**
 * Lets signed-in users read and change their own attributes, and confirm their addresses.
 *
 * | Request | |
 * |---|---|
 * | `GET /me/attributes` | the readable attributes |
 * | `PATCH /me/attributes` | a JSON merge patch: a value sets, `null` or blank deletes |
 * | `POST /me/attributes/{name}/verification-code` | sends a code to `email` or `phone_number` |
 * | `POST /me/attributes/{name}/verification` | confirms it with the code |
 * | `DELETE /me/attributes/{name}` | deletes it |
 *
 * API Gateway lets through access tokens of the given app clients with the scope `aws.cognito.signin.user.admin`; the function
 * hands them on to Cognito, and has no rights of its own. Errors are problem details (RFC 9457). `openApi` describes it all.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html
 */
@propertyInjectable
export class UserAttributesApi extends Construct {
  /** By which property injectors find it (`PropertyInjectors.of(scope).add()`). */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-cognito-user-attributes.UserAttributesApi';

  /** The HTTP API: its own, or the given one. */
  public readonly httpApi: IHttpApi;

  /** The function behind the routes. It may write to its log group and nothing else. */
  public readonly handler: IFunction;

  /**
   * The API as an OpenAPI 3.1 document, with the rules of each attribute, and of the pool's schema as it is when the construct is made.
   * What it calls `servers` is for you to add.
   */
  public readonly openApi: { [name: string]: unknown };

  private readonly declared: Declaration;
  private readonly definition: ApiWire;
  private readonly routes: HttpRoute[];
  private document?: Asset;

  /** Makes the function and the routes, and the HTTP API where none is given. What is wrong is reported at synthesis, at once. */
  constructor(scope: Construct, id: string, props: UserAttributesApiProps) {
    super(scope, id);
    markWithDefaults(this);
    this.requirePool(props);
    const { userPool } = props;
    this.declared = declaration(props);
    this.definition = apiDefinition(this.declared, ownedUserPool(userPool));
    this.openApi = openApiDocument(this.definition);
    this.httpApi = this.declared.endpoint._httpApi ?? ownHttpApi(this, this.declared.allowOrigins);
    this.handler = apiFunction(this, this.definition, userPool);
    const { httpApi, handler } = this;
    this.routes = addRoutes(this, { ...this.declared, routes: this.definition.routes, httpApi, handler });
    // Pool, clients and stages may get their settings later.
    Aspects.of(this).add({ visit: (node) => node === this && this.finish(ownedUserPool(userPool)) });
    this.node.addValidation({ validate: () => this.validate(props, ownedUserPool(userPool)) });
  }

  /**
   * The address of the attributes at the API's own host and its stage `$default`, such as
   * `https://abc.execute-api.eu-west-1.amazonaws.com/me/attributes`. A token. An error where a given API does not know its own address:
   * one that is imported without `apiEndpoint`, or has `disableExecuteApiEndpoint`.
   */
  public get attributesUrl(): string {
    return `${this.httpApi.apiEndpoint}${this.declared.path}/attributes`;
  }

  /** The OpenAPI document, as it is now, as a JSON file that is deployed with the stack, in the bucket of CDK's assets. */
  public openApiAsset(): Asset {
    this.document ??= fileAsset(this, 'OpenApi', 'openapi.json', JSON.stringify(this.openApi, undefined, 2));
    return this.document;
  }

  /**
   * A metric of all APIs of this pool, in the namespace `CognitoUserAttributes`: `Requests`, `ChangedAttributes`, `SentCodes` or
   * `Problems`, by the dimensions `service` and `UserPoolId`. What API Gateway refuses does not reach it; its own metrics count that.
   *
   * @default - sum over 5 minutes
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    const dimensions = { [METRICS.poolDimension]: this.declared.userPool.userPoolRef.userPoolId };
    return functionMetric(this, METRICS, metricName, dimensions, props);
  }

  /**
   * How many requests came with a token that API Gateway takes.
   *
   * @default - sum over 5 minutes
   */
  public metricRequests(props?: MetricOptions): Metric {
    return this.metric(METRICS.requests, props);
  }

  /**
   * How many attributes were set or deleted; an address counts when its change is asked for, not when it is confirmed.
   *
   * @default - sum over 5 minutes
   */
  public metricChangedAttributes(props?: MetricOptions): Metric {
    return this.metric(METRICS.changedAttributes, props);
  }

  /**
   * How many codes Cognito sent.
   *
   * @default - sum over 5 minutes
   */
  public metricSentCodes(props?: MetricOptions): Metric {
    return this.metric(METRICS.sentCodes, props);
  }

  /**
   * How many requests were not carried out; of one kind, where `problem` is given. Many `code-mismatch` mean that somebody guesses.
   *
   * @default - sum over 5 minutes, all kinds
   */
  public metricProblems(props?: ProblemsMetricOptions): Metric {
    const { problem, ...options } = props ?? {};
    if (!problem) return this.metric(METRICS.problems, options);
    const dimensionsMap = { ...options.dimensionsMap, [METRICS.problemDimension]: problem };
    return this.metric(METRICS.problems, { ...options, dimensionsMap });
  }

  /** What nothing can be made without; everything else is the validation's to report. */
  private requirePool(props: Partial<UserAttributesApiProps> | undefined): void {
    if (props?.userPool?.userPoolRef) return;
    throw new Error(
      `${this.node.path}: userPool is none; pass a UserPool or CfnUserPool, or UserPool.fromUserPoolId(…) of one that is there`,
    );
  }

  private finish(pool: CfnUserPool | undefined): void {
    const { userPoolClients, metadata, rates } = this.declared;
    warn(this, {
      pool,
      clients: knownClients(userPoolClients),
      writable: writableNames(this.declared),
      sendsMetadata: metadata.length > 0,
      stages: throttle(this.httpApi, this.definition.routes, this.routes, rates),
    });
  }

  private validate(props: UserAttributesApiProps, pool: CfnUserPool | undefined): string[] {
    const { userPool, userPoolClients, endpoint, metadata, rates } = this.declared;
    const names = writableNames(this.declared);
    const writable = names.filter((name) => isWritable(name, pool));
    const unfit = names.filter((name) => !writable.includes(name));
    const readable = readableNames(this.declared).filter((name) => isReadable(name, pool) && !unfit.includes(name));
    return [
      ...[
        ...checkShape(props),
        ...checkAttributes(this.declared, pool, sensitivity(this)),
        ...checkClients(userPoolClients, userPool, writable, readable),
        ...checkEndpoint(endpoint),
        ...checkRates(rates),
        ...checkRoutes(this.httpApi, this.routes),
      ].map(inWords),
      ...checkSentMetadata(metadata),
    ];
  }
}
