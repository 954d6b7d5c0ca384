import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Beacon {
  readonly origin: string;
  /** How often somebody knocked: a connection ahead of any request counts too. */
  readonly heard: () => number;
}

/** Hears of whatever leaves the gallery. */
export async function listen(): Promise<Beacon> {
  let heard = 0;
  const server = createServer((socket) => {
    heard++;
    socket.on('error', () => undefined).end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard: () => heard };
}
