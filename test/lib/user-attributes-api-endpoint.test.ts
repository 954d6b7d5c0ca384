import { type App, CfnParameter, Fn, Lazy, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  CfnApi,
  CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  type IHttpApi,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { UserAttributesEndpoint, WritableAttribute } from '../../lib';
import { ApiStack, type ApiOptions, mistakesIn, newApp } from './private/api/api-stack';

const GET = 'GET /me/attributes';
const LIMITS = { ThrottlingRateLimit: 60, ThrottlingBurstLimit: 120 };

/** An API of which nobody minds what its clients may do. */
const addApi = (stack: ApiStack, httpApi: IHttpApi, options: ApiOptions & { readonly path?: string } = {}) => {
  const { path, ...rest } = options;
  const endpoint = UserAttributesEndpoint.routesOf(httpApi, { path });
  const userPoolClients = [stack.addClient(`${rest.id ?? 'Api'}Client`, { writes: ['nickname'], reads: ['nickname'] })];
  return stack.addApi({ endpoint, userPoolClients, ...rest });
};

const settingsIn = (stack: ApiStack): any =>
  Object.fromEntries(
    stack.properties('AWS::ApiGatewayV2::Stage').map(({ StageName, RouteSettings }) => [StageName, RouteSettings]),
  );

const RATES_NOT_SET = expect.stringMatching(
  /^\/Stack\/Api ratesNotSet: the HTTP API has no stage in this stack.*set routeSettings of its stage/,
);

describe('an HTTP API of the same stack', () => {
  test('gets the routes and the authorizer, and nothing else', () => {
    const stack = new ApiStack();
    const httpApi = new HttpApi(stack, 'Mine');
    const api = addApi(stack, httpApi);
    expect(api.httpApi).toBe(httpApi);
    const ids = [
      'AWS::ApiGatewayV2::Route',
      'AWS::ApiGatewayV2::Authorizer',
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::Stage',
    ].flatMap((type) => stack.properties(type).map(({ ApiId }) => ApiId.Ref));
    expect(new Set(ids)).toEqual(new Set(['MineC1B42D3A']));
    Template.fromStack(stack).resourceCountIs('AWS::ApiGatewayV2::Api', 1);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
    expect(stack.mistakes).toEqual([]);
    expect(stack.warnings).toEqual([]);
  });

  test('keeps its CORS', () => {
    const stack = new ApiStack();
    addApi(stack, new HttpApi(stack, 'Mine', { corsPreflight: { allowOrigins: ['https://a.example'] } }));
    expect(stack.resource('AWS::ApiGatewayV2::Api').CorsConfiguration).toEqual({ AllowOrigins: ['https://a.example'] });
  });

  test('asks for the pool’s tokens on these routes, whatever it asks for on others', () => {
    const stack = new ApiStack();
    const httpApi = new HttpApi(stack, 'Mine', {
      defaultAuthorizer: new HttpNoneAuthorizer(),
      defaultAuthorizationScopes: ['other/scope'],
    });
    addApi(stack, httpApi);
    for (const route of stack.properties('AWS::ApiGatewayV2::Route')) {
      expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: ['aws.cognito.signin.user.admin'] });
    }
  });

  test('has the routes under another path, in template, definition and address', () => {
    const stack = new ApiStack();
    const api = addApi(stack, new HttpApi(stack, 'Mine'), { path: '/v1/account-settings' });
    const keys = stack.properties('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);
    expect(keys[0]).toBe('GET /v1/account-settings/attributes');
    expect(Object.keys(stack.definitions[0].routes)).toEqual(keys);
    expect(Object.keys(settingsIn(stack).$default)).toEqual(keys);
    expect(JSON.stringify(stack.resolve(api.attributesUrl))).toContain('"/v1/account-settings/attributes"');
  });

  test('has the rates in each of its stages, which wait for the routes', () => {
    const stack = new ApiStack();
    const httpApi = new HttpApi(stack, 'Mine');
    new HttpStage(stack, 'Beta', { httpApi, stageName: 'beta', autoDeploy: true });
    addApi(stack, httpApi, { rates: { reads: 7 } });
    new HttpStage(stack, 'Later', { httpApi, stageName: 'later', autoDeploy: true });
    expect(Object.keys(settingsIn(stack)).sort()).toEqual(['$default', 'beta', 'later']);
    for (const settings of Object.values<any>(settingsIn(stack))) expect(settings[GET].ThrottlingRateLimit).toBe(7);
    const routes = Object.keys(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Route'));
    for (const { DependsOn } of stack.resources('AWS::ApiGatewayV2::Stage')) expect(DependsOn).toEqual(routes.sort());
  });

  test('keeps the settings of its other routes', () => {
    const stack = new ApiStack();
    const httpApi = new HttpApi(stack, 'Mine');
    const stage = httpApi.defaultStage!.node.defaultChild as CfnStage;
    stage.routeSettings = { 'GET /other': { ThrottlingRateLimit: 1 } };
    addApi(stack, httpApi);
    expect(settingsIn(stack).$default).toMatchObject({ 'GET /other': { ThrottlingRateLimit: 1 }, [GET]: LIMITS });
  });

  test('keeps settings that become known at synthesis', () => {
    const stack = new ApiStack();
    const httpApi = new HttpApi(stack, 'Mine');
    const stage = httpApi.defaultStage!.node.defaultChild as CfnStage;
    stage.routeSettings = Lazy.any({ produce: () => ({ 'GET /other': { ThrottlingRateLimit: 1 } }) });
    addApi(stack, httpApi);
    expect(settingsIn(stack).$default).toMatchObject({ 'GET /other': { ThrottlingRateLimit: 1 }, [GET]: LIMITS });
  });

  test('keeps what its author has set for these routes, but for rates that are declared', () => {
    const stack = new ApiStack();
    const httpApi = new HttpApi(stack, 'Mine');
    const stage = httpApi.defaultStage!.node.defaultChild as CfnStage;
    const own = { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1, DetailedMetricsEnabled: true };
    stage.routeSettings = { [GET]: own, 'PATCH /me/attributes': own };
    addApi(stack, httpApi, { rates: { changes: 3 } });
    expect(settingsIn(stack).$default).toMatchObject({
      [GET]: own,
      'PATCH /me/attributes': { ThrottlingRateLimit: 3, ThrottlingBurstLimit: 6, DetailedMetricsEnabled: true },
    });
  });

  test('keeps what its author has set for every route, but for rates that are declared', () => {
    const stack = new ApiStack();
    const httpApi = new HttpApi(stack, 'Mine', { createDefaultStage: false });
    const throttle = { rateLimit: 2, burstLimit: 3 };
    new HttpStage(stack, 'Stage', { httpApi, autoDeploy: true, detailedMetricsEnabled: true, throttle });
    addApi(stack, httpApi, { rates: { changes: 3 } });
    expect(settingsIn(stack).$default).toMatchObject({
      [GET]: { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 3, DetailedMetricsEnabled: true },
      'PATCH /me/attributes': { ThrottlingRateLimit: 3, ThrottlingBurstLimit: 6, DetailedMetricsEnabled: true },
    });
  });

  test('may be an L1', () => {
    const stack = new ApiStack();
    const l1 = new CfnApi(stack, 'L1', { protocolType: 'HTTP', name: 'L1' });
    new CfnStage(stack, 'Stage', { apiId: l1.ref, stageName: '$default' });
    addApi(stack, HttpApi.fromHttpApiAttributes(stack, 'Found', { httpApiId: l1.ref }));
    expect(settingsIn(stack).$default[GET]).toEqual(LIMITS);
    expect(stack.warnings).toEqual([]);
  });

  test('is told apart from others beside it', () => {
    const stack = new ApiStack();
    new HttpApi(stack, 'Other');
    addApi(stack, new HttpApi(stack, 'Mine'));
    const withRates = stack.properties('AWS::ApiGatewayV2::Stage').filter(({ RouteSettings }) => RouteSettings);
    expect(withRates.map(({ ApiId }) => ApiId)).toEqual([{ Ref: 'MineC1B42D3A' }]);
  });

  test('without a host of its own has no address there, and everything else', () => {
    const stack = new ApiStack();
    const api = addApi(stack, new HttpApi(stack, 'Mine', { disableExecuteApiEndpoint: true }));
    expect(stack.mistakes).toEqual([]);
    expect(() => api.attributesUrl).toThrow(/disableExecuteApiEndpoint/);
  });
});

describe('two UserAttributesApis on one HTTP API', () => {
  const both = (paths: [string, string | undefined]) => {
    const stack = new ApiStack();
    const httpApi = new HttpApi(stack, 'Mine');
    addApi(stack, httpApi, { path: paths[0] });
    addApi(stack, httpApi, { id: 'Second', path: paths[1], rates: { reads: 1 } });
    return stack;
  };

  test('have paths, functions and authorizers of their own', () => {
    const stack = both(['/me', '/account']);
    expect(stack.mistakes).toEqual([]);
    const authorizers = stack.properties('AWS::ApiGatewayV2::Authorizer');
    expect(new Set(authorizers.map(({ Name }) => Name)).size).toBe(2);
    expect(new Set(stack.properties('AWS::ApiGatewayV2::Route').map(({ AuthorizerId }) => AuthorizerId.Ref)).size).toBe(
      2,
    );
    expect(stack.definitions.map(({ routes }) => Object.keys(routes)[0]).sort()).toEqual([
      'GET /account/attributes',
      GET,
    ]);
  });

  test('have rates of their own in its stage', () => {
    const stack = both(['/me', '/account']);
    expect(settingsIn(stack).$default).toMatchObject({
      [GET]: LIMITS,
      'GET /account/attributes': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
    });
    expect(stack.resources('AWS::ApiGatewayV2::Stage')[0].DependsOn).toHaveLength(10);
  });

  test('do not share a path', () => {
    const [mistake] = both(['/me', undefined]).mistakes;
    expect(mistake).toBe(
      'the HTTP API has a route GET /me/attributes already, Stack/Second/Read/Resource; declare another path with UserAttributesEndpoint.routesOf(httpApi, { path })',
    );
  });
});

test('a route of one’s own under the same key is a mistake, and one of another HTTP API is none', () => {
  const mistakesBeside = (ofAnother: boolean) => {
    const stack = new ApiStack();
    const httpApi = new HttpApi(stack, 'Mine');
    const owner = ofAnother ? new HttpApi(stack, 'Other') : httpApi;
    owner.addRoutes({
      path: '/me/attributes',
      methods: [HttpMethod.PATCH],
      integration: new HttpUrlIntegration('Url', 'https://example.com'),
    });
    addApi(stack, httpApi);
    return stack.mistakes;
  };
  expect(mistakesBeside(false)).toEqual([
    expect.stringMatching(
      /a route PATCH \/me\/attributes already, Stack\/Mine\/PATCH--me--attributes\/Resource; declare another path/,
    ),
  ]);
  expect(mistakesBeside(true)).toEqual([]);
});

describe('an imported HTTP API', () => {
  const withImported = (attributes: { readonly apiEndpoint?: string; readonly id?: string } = {}) => {
    const stack = new ApiStack();
    const { id = 'abcdef', apiEndpoint } = attributes;
    return { stack, api: addApi(stack, HttpApi.fromHttpApiAttributes(stack, 'There', { httpApiId: id, apiEndpoint })) };
  };

  test('gets the routes, and a warning that its rates are for its author to set', () => {
    const { stack } = withImported();
    expect(stack.properties('AWS::ApiGatewayV2::Route').map(({ ApiId }) => ApiId)).toEqual(Array(5).fill('abcdef'));
    expect(stack.mistakes).toEqual([]);
    expect(stack.warnings).toEqual([RATES_NOT_SET]);
  });

  test('has the address that it is imported with', () => {
    const { api } = withImported({ apiEndpoint: 'https://abcdef.execute-api.eu-west-1.amazonaws.com' });
    expect(api.attributesUrl).toBe('https://abcdef.execute-api.eu-west-1.amazonaws.com/me/attributes');
  });

  test('is asked for its address only by who wants it', () => {
    const { stack, api } = withImported();
    expect(stack.mistakes).toEqual([]);
    expect(() => api.attributesUrl).toThrow(/apiEndpoint is not configured/);
  });

  test('has the rates in a stage that stands in this stack', () => {
    const { stack } = withImported();
    new CfnStage(stack, 'Stage', { apiId: 'abcdef', stageName: 'mine' });
    expect(settingsIn(stack).mine[GET]).toEqual(LIMITS);
    expect(stack.warnings).toEqual([]);
  });

  test('is known by an id that is a token, too', () => {
    const { stack } = withImported({ id: Fn.importValue('ApiId') });
    new CfnStage(stack, 'Stage', { apiId: Fn.importValue('ApiId'), stageName: 'mine' });
    new CfnStage(stack, 'Else', { apiId: Fn.importValue('OtherId'), stageName: 'else' });
    expect(settingsIn(stack).mine[GET]).toEqual(LIMITS);
    expect(settingsIn(stack).else).toBeUndefined();
  });

  test('is known by a parameter, too', () => {
    const stack = new ApiStack();
    const id = new CfnParameter(stack, 'ApiId').valueAsString;
    new CfnStage(stack, 'Stage', { apiId: id, stageName: 'mine' });
    addApi(stack, HttpApi.fromHttpApiAttributes(stack, 'There', { httpApiId: id }));
    expect(settingsIn(stack).mine[GET]).toEqual(LIMITS);
  });
});

test.each<[string, () => string, number]>([
  ['by a known id is the same', () => 'abcdef', 10],
  ['by an id that is known only at deployment may be another', () => Fn.importValue('ApiId'), 0],
])('an HTTP API that two stacks import %s', (_, id, mistakes) => {
  const app = newApp();
  for (const name of ['Europe', 'America']) {
    const stack = new ApiStack(app, name);
    addApi(stack, HttpApi.fromHttpApiAttributes(stack, 'There', { httpApiId: id() }));
  }
  expect(mistakesIn(app, 'the HTTP API has a route')).toHaveLength(mistakes);
});

describe('an HTTP API of another stack', () => {
  const across = (ids: [string, string] = ['Mine', 'Own']) => {
    const app = newApp();
    const other = new ApiStack(app, 'Other');
    const httpApi = new HttpApi(other, ids[0]);
    const stack = new ApiStack(app);
    const own = new HttpApi(stack, ids[1]);
    addApi(stack, httpApi);
    return { app, other, stack, own };
  };

  test('gets the routes, without depending on them', () => {
    const { app, other, stack } = across();
    expect(mistakesIn(app, '[Stack/Api]')).toEqual([]);
    expect(other.dependencies).toEqual([]);
    expect(stack.dependencies).toEqual([other]);
    for (const { ApiId } of stack.properties('AWS::ApiGatewayV2::Route')) {
      expect(ApiId).toEqual({ 'Fn::ImportValue': expect.stringMatching(/^Other:ExportsOutputRefMine/) });
    }
  });

  test('has its rates set by its author, as a warning says', () => {
    const { other, stack } = across();
    expect(stack.warnings).toEqual([RATES_NOT_SET]);
    expect(settingsIn(other)).toEqual({ $default: undefined });
  });

  test('is not taken for one of this stack that has the same logical id', () => {
    const { app, stack } = across(['Same', 'Same']);
    expect(settingsIn(stack)).toEqual({ $default: undefined });
    expect(stack.warnings).toEqual([RATES_NOT_SET]);
    expect(mistakesIn(app, '[Stack/Api]')).toEqual([]);
  });

  test('has the rates in a stage that stands in this stack', () => {
    const app = newApp();
    const httpApi = new HttpApi(new Stack(app, 'Other'), 'Mine', { createDefaultStage: false });
    const stack = new ApiStack(app);
    addApi(stack, httpApi);
    new HttpStage(stack, 'Stage', { httpApi, stageName: 'mine' });
    expect(settingsIn(stack).mine[GET]).toEqual(LIMITS);
    expect(stack.warnings).toEqual([]);
  });

  test('has no second route of a key, whichever stack it stands in', () => {
    const app = newApp();
    const other = new ApiStack(app, 'Other');
    const httpApi = new HttpApi(other, 'Mine');
    const stack = new ApiStack(app);
    addApi(other, httpApi);
    addApi(stack, httpApi);
    expect(mistakesIn(app, '[Stack/Api]')[0]).toMatch(
      /a route GET \/me\/attributes already, Other\/Api\/Read\/Resource; /,
    );
  });
});

test('an HTTP API around a nested stack has no stage that could wait for its routes', () => {
  const app: App = newApp();
  const parent = new ApiStack(app, 'Parent');
  const httpApi = new HttpApi(parent, 'Mine');
  const nested = new NestedStack(parent, 'Nested');
  const client = parent.addClient('Client', { writes: ['nickname'], reads: ['nickname'] });
  ApiStack.prototype.addApi.call(nested as unknown as ApiStack, {
    userPool: parent.pool,
    userPoolClients: [client],
    endpoint: UserAttributesEndpoint.routesOf(httpApi),
    writable: [WritableAttribute.of('nickname')],
  });
  expect(mistakesIn(app, 'Api]')).toEqual([]);
  expect(parent.properties('AWS::ApiGatewayV2::Stage')[0].RouteSettings).toBeUndefined();
  Template.fromStack(nested).resourceCountIs('AWS::ApiGatewayV2::Route', 5);
});

test('an HTTP API in a nested stack has no stage that could wait for its routes either', () => {
  const stack = new ApiStack();
  const nested = new NestedStack(stack, 'Nested');
  addApi(stack, new HttpApi(nested, 'Mine'));
  expect(stack.warnings).toEqual([RATES_NOT_SET]);
  expect(stack.mistakes).toEqual([]);
  const [stage] = Object.values(Template.fromStack(nested).findResources('AWS::ApiGatewayV2::Stage'));
  expect(stage).not.toHaveProperty('DependsOn');
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['an id', 'abcdef'],
  ['an object that is none', {}],
])('%s is no HTTP API to put routes on', (_, httpApi) => {
  expect(() => UserAttributesEndpoint.routesOf(httpApi as never)).toThrow(
    'UserAttributesEndpoint.routesOf(): httpApi is none; pass an HttpApi, or leave endpoint out',
  );
});
