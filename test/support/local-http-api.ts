import { createPublicKey, randomUUID, verify, type JsonWebKey } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TokenBucket } from './cognito-quota';
import { HttpClient, listen, type LocalServer } from './http';
import type { InvokeResult } from './lambda-environment';

/** Resources of a template by logical id, references to pool and clients replaced by their ids. */
export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: Record<string, any> }>>;

export interface HttpApiOptions {
  /** The template that declares the only HTTP API. */
  readonly resources: Resources;
  /** What `Ref`s stand for: the user pool and its clients, by logical id. */
  readonly references: Readonly<Record<string, string>>;
  readonly userPoolId: string;
  /** Where the pool's tokens say that they come from, and where its keys are: `https://cognito-idp.…amazonaws.com` on AWS. */
  readonly issuer: string;
  readonly function: { invoke(event: unknown): Promise<InvokeResult> };
  /** @default 0 - a free port */
  readonly port?: number;
  /** Whether the rates of the template's stage hold. @default false */
  readonly throttled?: boolean;
}

export interface LocalHttpApi extends LocalServer {
  /** A line of the stage's access log for each request, where the template has one. */
  readonly accessLog: string[];
  /** How many requests reached the function. */
  invocations(): number;
}

interface Route {
  readonly key: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly authorizer?: Jwt;
  readonly scopes: readonly string[];
}

interface Jwt {
  readonly issuer: string;
  readonly audience: readonly string[];
}

interface Cors {
  readonly AllowOrigins?: string[];
  readonly AllowMethods?: string[];
  readonly AllowHeaders?: string[];
  readonly ExposeHeaders?: string[];
  readonly MaxAge?: number;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly errorType?: string;
}

const MAX_PAYLOAD = 10 * 1024 * 1024;
/** Bodies of other types reach the function in Base64. */
const TEXTS = /^(text\/|application\/(json|javascript|xml)\b)/;

/**
 * An HTTP API of API Gateway as its template declares it: routes, JWT authorizer with scopes, CORS, rates and access log before a
 * function. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
 */
export const startLocalHttpApi = async (options: HttpApiOptions): Promise<LocalHttpApi> => {
  const { resources, references } = options;
  const resolve = (value: any): any => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    if ('Ref' in value) return references[value.Ref] ?? value.Ref;
    if ('Fn::Join' in value) return value['Fn::Join'][1].map(resolve).join(value['Fn::Join'][0]);
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, resolve(entry)]));
  };
  const ofType = (type: string): [string, Record<string, any>][] =>
    Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
      Type === type ? [[id, resolve(Properties)]] : [],
    );
  const authorizers = new Map(
    ofType('AWS::ApiGatewayV2::Authorizer').map(([id, { JwtConfiguration }]): [string, Jwt] => [
      id,
      { issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience },
    ]),
  );
  const routes = ofType('AWS::ApiGatewayV2::Route').map(([, { RouteKey, AuthorizerId, AuthorizationScopes }]) =>
    routeOf(RouteKey, authorizers.get(AuthorizerId), AuthorizationScopes ?? []),
  );
  const [[, api]] = ofType('AWS::ApiGatewayV2::Api');
  const [stage] = ofType('AWS::ApiGatewayV2::Stage').map(([, properties]) => properties);
  const rates = new Map(
    Object.entries<any>(options.throttled ? (stage?.RouteSettings ?? {}) : {}).map(([key, settings]) => [
      key,
      new TokenBucket(settings.ThrottlingRateLimit, settings.ThrottlingBurstLimit),
    ]),
  );
  const cors: Cors | undefined = api.CorsConfiguration;
  const keys = new Keys(`${options.issuer}/${options.userPoolId}/.well-known/jwks.json`);
  const accessLog: string[] = [];
  let invocations = 0;

  const answer = async (message: IncomingMessage, route: Route | undefined): Promise<Reply> => {
    const body = await readBytes(message);
    if (!route) return { status: 404, body: '{"message":"Not Found"}', errorType: 'NOT_FOUND' };
    if (rates.get(route.key)?.take() === false)
      return { status: 429, body: '{"message":"Too Many Requests"}', errorType: 'THROTTLED' };
    let claims: Record<string, unknown> | undefined;
    if (route.authorizer) {
      claims = await keys.claimsOf(message.headers.authorization ?? '', route.authorizer, options);
      if (!claims)
        return {
          status: 401,
          headers: { 'www-authenticate': 'Bearer' },
          body: '{"message":"Unauthorized"}',
          errorType: 'UNAUTHORIZED',
        };
      const granted = String(claims.scope ?? '').split(' ');
      if (route.scopes.length > 0 && !route.scopes.some((scope) => granted.includes(scope)))
        return {
          status: 403,
          headers: { 'www-authenticate': `Bearer scope="${route.scopes.join(' ')}" error="insufficient_scope"` },
          body: '{"message":"Forbidden"}',
          errorType: 'ACCESS_DENIED',
        };
    }
    if (body.length > MAX_PAYLOAD)
      return { status: 413, body: '{"message":"Request Entity Too Large"}', errorType: 'REQUEST_TOO_LARGE' };
    invocations++;
    const { payload, functionError } = await options.function.invoke(eventOf(message, route, body, claims));
    if (functionError || typeof payload !== 'object' || payload === null)
      return { status: 500, body: '{"message":"Internal Server Error"}', errorType: 'INTEGRATION_FAILURE' };
    const { statusCode = 200, headers = {}, body: text = '', isBase64Encoded = false } = payload as Record<string, any>;
    return { status: statusCode, headers, body: isBase64Encoded ? Buffer.from(text, 'base64') : text };
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const origin = message.headers.origin;
    const corsHeaders = corsFor(cors, origin);
    if (cors && message.method === 'OPTIONS' && origin && message.headers['access-control-request-method']) {
      response.writeHead(204, corsHeaders).end();
      return;
    }
    const { pathname } = partsOf(message);
    const route = routes.find(({ method, pattern }) => method === message.method && pattern.test(pathname));
    const { status, headers = {}, body = '', errorType } = await answer(message, route);
    if (stage?.AccessLogSettings) {
      const context: Record<string, string> = {
        requestId: randomUUID(),
        requestTime: new Date().toISOString(),
        routeKey: route?.key ?? '-',
        status: String(status),
        'error.responseType': errorType ?? '-',
        responseLength: String(body.length),
        path: pathname,
      };
      accessLog.push(
        String(stage.AccessLogSettings.Format).replace(
          /\$context\.([\w.]+)/g,
          (_, name: string) => context[name] ?? '-',
        ),
      );
    }
    const type = errorType ? { 'content-type': 'application/json' } : {};
    response.writeHead(status, { ...type, ...headers, ...corsHeaders }).end(body);
  };

  const server = await listen((message, response) => {
    serve(message, response).catch((error: unknown) => {
      // What the harness itself does wrong must look like nothing that API Gateway would answer.
      if (!response.headersSent) response.writeHead(599);
      response.end(String(error));
    });
  }, options.port);
  return {
    endpoint: server.endpoint,
    accessLog,
    invocations: () => invocations,
    stop: async () => {
      await server.stop();
      keys.stop();
    },
  };
};

const routeOf = (key: string, authorizer: Jwt | undefined, scopes: string[]): Route => {
  const [method, path] = key.split(' ');
  const pattern = path.replace(/[.~-]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { key, method, pattern: new RegExp(`^${pattern}$`), authorizer, scopes };
};

/** As it was sent: a URL would take `//me` for a host, and resolve dots. */
const partsOf = ({ url = '/' }: IncomingMessage): { pathname: string; search: string } => {
  const [pathname, ...search] = url.split('?');
  return { pathname, search: search.join('?') };
};

const eventOf = (
  message: IncomingMessage,
  route: Route,
  body: Buffer,
  claims: Record<string, unknown> | undefined,
): object => {
  const { pathname, search } = partsOf(message);
  const parameters = Object.entries(route.pattern.exec(pathname)?.groups ?? {});
  const isText = TEXTS.test(message.headers['content-type'] ?? 'application/json');
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: pathname,
    rawQueryString: search,
    headers: Object.fromEntries(
      Object.entries(message.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
    ),
    ...(parameters.length > 0 && {
      pathParameters: Object.fromEntries(parameters.map(([name, value]) => [name, decoded(value)])),
    }),
    requestContext: {
      http: { method: message.method, path: pathname, sourceIp: '127.0.0.1', userAgent: message.headers['user-agent'] },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      // All claims arrive as texts.
      ...(claims && {
        authorizer: {
          jwt: {
            claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)])),
            scopes: route.scopes,
          },
        },
      }),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** API Gateway answers for CORS alone, and drops what the function says of it. */
const corsFor = (cors: Cors | undefined, origin: string | undefined): Record<string, string> => {
  if (!cors || !origin || !cors.AllowOrigins?.includes(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    vary: 'Origin',
    'access-control-allow-methods': (cors.AllowMethods ?? []).join(','),
    'access-control-allow-headers': (cors.AllowHeaders ?? []).join(','),
    'access-control-expose-headers': (cors.ExposeHeaders ?? []).join(','),
    'access-control-max-age': String(cors.MaxAge ?? 0),
  };
};

const readBytes = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** What a JWT authorizer checks. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
class Keys {
  private readonly http = new HttpClient();
  private known?: Promise<Map<string, JsonWebKey>>;

  constructor(private readonly url: string) {}

  stop(): void {
    this.http.stop();
  }

  async claimsOf(
    header: string,
    { issuer, audience }: Jwt,
    options: HttpApiOptions,
  ): Promise<Record<string, unknown> | undefined> {
    try {
      const [head, payload, signature] = header.replace(/^Bearer /i, '').split('.');
      const { alg, kid } = json(head);
      const key = (await this.keys()).get(String(kid));
      if (!key || !/^RS(256|384|512)$/.test(String(alg))) return undefined;
      const signed = Buffer.from(`${head}.${payload}`);
      const publicKey = createPublicKey({ key, format: 'jwk' });
      const algorithm = `RSA-SHA${String(alg).slice(2)}`;
      if (!verify(algorithm, signed, publicKey, Buffer.from(signature ?? '', 'base64url'))) return undefined;
      const claims = json(payload);
      // The template names AWS's own issuer; the emulator's stands for it.
      const named =
        issuer.split('/').pop() === options.userPoolId && claims.iss === `${options.issuer}/${options.userPoolId}`;
      const now = Date.now() / 1000;
      const inTime = Number(claims.exp) > now && !(Number(claims.nbf) > now) && !(Number(claims.iat) > now + 1);
      const forUs = audience.includes(String(claims.aud ?? claims.client_id));
      return named && inTime && forUs ? claims : undefined;
    } catch {
      return undefined;
    }
  }

  private keys(): Promise<Map<string, JsonWebKey>> {
    this.known ??= this.http.send(this.url, { method: 'GET' }).then(({ body }) => {
      const { keys } = JSON.parse(body) as { keys: (JsonWebKey & { kid: string })[] };
      return new Map(keys.map((key) => [key.kid, key]));
    });
    return this.known;
  }
}

const json = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
