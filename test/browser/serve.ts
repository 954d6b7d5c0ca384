import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface Server {
  readonly url: string;
  close(): void;
}

/** A gallery as any web server would give it out. */
export async function serve(directory: string): Promise<Server> {
  const server = createServer((request, response) => {
    const file = path.join(directory, decodeURIComponent(new URL(request.url!, 'http://localhost').pathname));
    if (!file.startsWith(directory + path.sep) || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(file));
  });
  server.unref(); // Where a step fails, nobody closes it.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}
