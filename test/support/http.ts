import { Agent, createServer, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpQuestion {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** A destroyed request rejects with the code `ETIMEDOUT`. @default none */
  readonly timeoutMs?: number;
}

/** Serves on 127.0.0.1; a port of 0 lets the system choose. */
export const listen = (handler: RequestListener, port = 0): Promise<LocalServer> =>
  new Promise((resolve, reject) => {
    const server = createServer(handler);
    // A server that closes idle connections races with a client that reuses them: the client sees a reset that no test asked for.
    server.keepAliveTimeout = 0;
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      }),
    );
  });

export const readBody = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** Asks over connections that stay open, as the SDK does. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true });

  send(url: string, { method = 'POST', headers, body, timeoutMs }: HttpQuestion): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const question = request(url, { method, headers, agent: this.agent }, (answer) => {
        readBody(answer).then(
          (text) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
          reject,
        );
      });
      const clock =
        timeoutMs === undefined
          ? undefined
          : setTimeout(
              () => question.destroy(Object.assign(new Error('request timed out'), { code: 'ETIMEDOUT' })),
              timeoutMs,
            );
      question.once('error', reject);
      question.once('close', () => clearTimeout(clock));
      question.end(body);
    });
  }

  stop(): void {
    this.agent.destroy();
  }
}
