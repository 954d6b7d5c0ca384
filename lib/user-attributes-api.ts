import { Aspects } from 'aws-cdk-lib';
import type { HttpRoute, IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnUserPool, IUserPoolClientRef, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { MetadataKey } from './metadata-key';
import { apiDefinition, type DeclaredApi, readableNames, writableNames } from './private/api/definition';
import { apiFunction } from './private/api/function';
import { ownHttpApi } from './private/api/http-api';
import { openApiDocument } from './private/api/open-api';
import { throttle } from './private/api/rates';
import { addRoutes } from './private/api/routes';
import { checkAttributes } from './private/api/validation/attributes';
import { checkClients, knownClients } from './private/api/validation/clients';
import { sensitivity } from './private/api/validation/sensitive';
import { checkEndpoint, checkRates, checkSentMetadata } from './private/api/validation/settings';
import { warn } from './private/api/warnings';
import { type ApiWire, METRICS } from './private/contracts/api';
import { filesAsset } from './private/files-asset';
import { inWords } from './private/finding';
import { functionMetric } from './private/metrics';
import { ownedUserPool } from './private/owned-user-pool';
import { UserAttributesEndpoint } from './user-attributes-endpoint';
import type { UserAttributesRates } from './user-attributes-rates';
import type { WritableAttribute } from './writable-attribute';

/** Props of a UserAttributesApi. */
export interface UserAttributesApiProps {
  /**
   * The pool whose users change their attributes: an L2 or L1 of this app, or an imported one.
   */
  readonly userPool: IUserPoolRef;

  /**
   * The app clients whose access tokens are taken: those with which people sign in to your pages and apps. Each must be allowed to
   * read and write the attributes, and should be allowed to write no other: with the same token, people can ask Cognito itself.
   */
  readonly userPoolClients: IUserPoolClientRef[];

  /**
   * The attributes that people may change and delete, and nothing else. `email` and `phone_number` take a pool that keeps the original
   * until the new one is confirmed (`keepOriginal`), and have the routes that send and take codes.
   */
  readonly writable: WritableAttribute[];

  /**
   * The attributes that people may read, as Cognito calls them or as `UserAttributes` does.
   *
   * @default - the writable ones, and of addresses among them whether they are verified
   */
  readonly readable?: string[];

  /**
   * The writable attributes on which depends what somebody may do, named a second time: it is meant that people decide them
   * themselves. Names such as `custom:tenant` or `custom:plan`, and claims that an identity pool of this app maps to roles or tags, are
   * an error at synth otherwise.
   *
   * @default - none
   */
  readonly sensitive?: string[];

  /**
   * The keys of ClientMetadata that a caller may send, for the pool's CustomMessage trigger. Nothing else passes. The API itself sets
   * `source` to `self-service`, and `locale` to the language that the caller's Accept-Language likes best.
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
   * How many requests a second it takes.
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
export class UserAttributesApi extends Construct {
  /** The HTTP API: its own, or the given one. */
  public readonly httpApi: IHttpApi;

  /** The function behind the routes. It may write to its log group and nothing else. */
  public readonly handler: IFunction;

  /** The address of the attributes at the API's own host, such as `https://abc.execute-api.eu-west-1.amazonaws.com/me/attributes`. */
  public readonly attributesUrl: string;

  /**
   * The API as an OpenAPI 3.1 document, with the rules of each attribute. What it calls `servers` is for you to add.
   */
  public readonly openApi: { [name: string]: unknown };

  private readonly declared: DeclaredApi;
  private readonly definition: ApiWire;
  private readonly endpoint: UserAttributesEndpoint;
  private readonly routes: HttpRoute[];
  private document?: Asset;

  /** Makes the function and the routes, and the HTTP API where none is given. What is wrong is reported at synthesis, at once. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: UserAttributesApiProps,
  ) {
    super(scope, id);
    const { userPool, userPoolClients, endpoint = UserAttributesEndpoint.create() } = props;
    this.endpoint = endpoint;
    this.declared = declaredApi(props, endpoint);
    const definition = apiDefinition(this.declared, ownedUserPool(userPool));
    this.definition = definition;
    this.openApi = openApiDocument(definition);
    this.httpApi = endpoint._httpApi ?? ownHttpApi(this, endpoint._allowOrigins);
    this.attributesUrl = `${this.httpApi.apiEndpoint}${endpoint._path}/attributes`;
    this.handler = apiFunction(this, definition, userPool);
    const { httpApi, handler } = this;
    this.routes = addRoutes(this, { httpApi, routes: definition.routes, userPool, userPoolClients, handler });
    // Pool, clients and stages may get their settings later.
    Aspects.of(this).add({ visit: (node) => node === this && this.finish(ownedUserPool(userPool)) });
    this.node.addValidation({ validate: () => this.validate(ownedUserPool(userPool)) });
  }

  /** The OpenAPI document as a file that is deployed with the stack, in the bucket of CDK's assets. */
  public openApiAsset(): Asset {
    this.document ??= filesAsset(
      this,
      'OpenApi',
      { 'openapi.json': JSON.stringify(this.openApi, undefined, 2) },
      undefined,
    );
    return this.document;
  }

  /**
   * A metric of this API, in the namespace `CognitoUserAttributes`: `Requests`, `ChangedAttributes`, `SentCodes` or `Problems`, by the
   * dimensions `service` and `UserPoolId`. What API Gateway refuses does not reach it; its own metrics count that.
   *
   * @default - sum over 5 minutes
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    const dimensions = { [METRICS.poolDimension]: this.props.userPool.userPoolRef.userPoolId };
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
   * How many attributes were set or deleted.
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

  private finish(pool: CfnUserPool | undefined): void {
    const { userPoolClients, rates, metadata = [] } = this.props;
    warn(this, {
      pool,
      clients: knownClients(userPoolClients),
      writable: writableNames(this.declared),
      sendsMetadata: metadata.length > 0,
      stages: throttle(this.httpApi, this.definition.routes, this.routes, rates),
    });
  }

  private validate(pool: CfnUserPool | undefined): string[] {
    const { declared, endpoint } = this;
    const { userPoolClients, rates } = this.props;
    return [
      ...[
        ...checkAttributes(declared, pool, sensitivity(this)),
        ...checkClients(userPoolClients, pool, writableNames(declared), readableNames(declared)),
        ...checkEndpoint(endpoint),
        ...checkRates(rates),
      ].map(inWords),
      ...checkSentMetadata(declared.metadata),
    ];
  }
}

const declaredApi = (
  { writable, readable, sensitive = [], metadata = [] }: UserAttributesApiProps,
  { _path: path }: UserAttributesEndpoint,
): DeclaredApi => ({ path, writable, readable, sensitive, metadata });
