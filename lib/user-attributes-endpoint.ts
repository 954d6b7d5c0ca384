import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';

/** Options of an HTTP API of the construct's own. */
export interface CreateEndpointOptions {
  /**
   * The origins whose pages may call the API from a browser, as browsers send them: `https://app.example.com`, in lower case, without
   * a path, and without the port where it is 443. Plain `http://` is for `localhost` and `127.0.0.1` alone, and `*` for nobody.
   * Tokens pass as they are.
   *
   * @default - no page of another origin may
   */
  readonly allowOrigins?: string[];
}

/** Options of routes on an HTTP API that is there. */
export interface RoutesOfOptions {
  /**
   * What the paths of the routes begin with: `/account` makes `GET /account/attributes`. Segments of letters, digits and `-._~`, each
   * after a slash, and known at synth. No two of these APIs may share one.
   *
   * @default /me
   */
  readonly path?: string;
}

/** Where a `UserAttributesApi` is found. */
export class UserAttributesEndpoint {
  /**
   * An HTTP API of its own, with the stage `$default`, below `/me`, and with a log of accesses that holds neither values nor tokens and is
   * kept for a month.
   */
  public static create(options: CreateEndpointOptions = {}): UserAttributesEndpoint {
    return new UserAttributesEndpoint(undefined, '/me', options?.allowOrigins ?? []);
  }

  /**
   * Routes on an HTTP API that is there. Its CORS, logs and domain stay its author's: CORS has to allow the methods GET, PATCH,
   * POST and DELETE and the headers `authorization` and `content-type`, and logs should hold no header. A route that is there already
   * under the same method and path is an error at synth.
   *
   * @param httpApi the API, of this app or imported. The rates of the routes are set in its stages where they stand in the stack
   * of this construct; elsewhere they are for its author to set, as a warning says
   */
  public static routesOf(httpApi: IHttpApi, options: RoutesOfOptions = {}): UserAttributesEndpoint {
    if (!httpApi?.apiId)
      throw new Error('UserAttributesEndpoint.routesOf(): httpApi is none; pass an HttpApi, or leave endpoint out');
    return new UserAttributesEndpoint(httpApi, options?.path ?? '/me', []);
  }

  private constructor(
    /** @internal */
    public readonly _httpApi: IHttpApi | undefined,
    /** @internal */
    public readonly _path: string,
    /** @internal */
    public readonly _allowOrigins: readonly string[],
  ) {}
}
