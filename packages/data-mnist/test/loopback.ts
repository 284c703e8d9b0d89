import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on this machine that notes what it was asked for. */
export interface Loopback {
  url: string;
  requests: string[];
  close(): Promise<void>;
}

export async function loopback(answer: RequestListener | Record<string, Uint8Array>): Promise<Loopback> {
  const requests: string[] = [];
  const listener = typeof answer === 'function' ? answer : filesFrom(answer);
  const server = createServer((request, response) => {
    requests.push(request.url!);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const filesFrom =
  (files: Record<string, Uint8Array>) => (request: IncomingMessage, response: ServerResponse) => {
    const bytes = files[request.url!];
    if (!bytes) return response.writeHead(404).end('not here');
    return response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  };
