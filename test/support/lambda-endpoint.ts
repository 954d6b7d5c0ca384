import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody } from './http';
import type { LocalServer } from './http';
import type { InvokeResult } from './lambda-environment';

/** A `LambdaRunner`, or anything that answers like one. */
export interface Invocable {
  invoke(event: unknown): Promise<InvokeResult>;
}

export interface LambdaEndpoint extends LocalServer {
  /** Functions by name; what is added or removed takes effect at once. */
  readonly functions: Map<string, Invocable>;
}

/** Runs a handler in this process, with the event and the answer as they come off the wire. */
export const inProcess = (handler: (event: never) => unknown): Invocable => ({
  invoke: async (event) => {
    try {
      const payload = await handler(JSON.parse(JSON.stringify(event)) as never);
      return { payload: JSON.parse(JSON.stringify(payload) ?? 'null') as unknown };
    } catch (error) {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      return { functionError: { errorType: name, errorMessage: message, trace: stack?.split('\n') } };
    }
  },
});

const PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations/;

const reply = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST', ...headers });
  response.end(body);
};

/** Lambda's Invoke over HTTP, as a Lambda client or cognito-local's trigger calls it. */
export const startLambdaEndpoint = async (
  functions: Readonly<Record<string, Invocable>> = {},
): Promise<LambdaEndpoint> => {
  const registered = new Map(Object.entries(functions));

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(message);
    // A name, or an ARN that ends with one.
    const name = decodeURIComponent(PATH.exec(message.url ?? '')?.[1] ?? '').replace(/^.*:function:/, '');
    const target = message.method === 'POST' ? registered.get(name) : undefined;
    if (!target)
      return reply(response, 404, JSON.stringify({ Type: 'User', Message: `Function not found: ${name}` }), {
        'x-amzn-errortype': 'ResourceNotFoundException',
      });
    const result = target.invoke(body === '' ? {} : JSON.parse(body));
    if (message.headers['x-amz-invocation-type'] === 'Event') return reply(response, 202, '');
    const { payload, functionError } = await result;
    return functionError
      ? reply(response, 200, JSON.stringify(functionError), { 'x-amz-function-error': 'Unhandled' })
      : reply(response, 200, JSON.stringify(payload));
  };

  const server = await listen((message, response) => {
    serve(message, response).catch((error: unknown) =>
      reply(response, 500, JSON.stringify({ Message: String(error) })),
    );
  });
  return { ...server, functions: registered };
};
