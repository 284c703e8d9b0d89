import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that only this machine reaches. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>/`. */
  url: string;
  /** Takes no more requests; resolves when those in progress are answered. */
  close(): Promise<void>;
}

/** What is to be read at a path, which begins with `/` and is decoded; undefined where there is nothing. */
export type Answer = (path: string) => Reply | undefined | Promise<Reply | undefined>;

export interface Reply {
  status?: number;
  type?: string;
  body: string | Uint8Array;
}

/**
 * Serves on 127.0.0.1, on a free port. A request whose `Host` is another is refused: it is of a page elsewhere whose
 * name was made to lead here. So is one that would change something and comes from a page elsewhere.
 */
export async function serveLoopback(
  answer: Answer,
  {
    streams = {},
    actions = {},
  }: { streams?: Record<string, Stream>; actions?: Record<string, () => void> } = {},
): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    void respond(request, response).catch(() =>
      reply(response, { status: 500, body: 'Cannot answer: it failed\n' }),
    );
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = faultOf(request, portOf());
    if (fault) return reply(response, fault);
    const path = pathOf(request);
    if (path === undefined) return reply(response, nothing);
    if (request.method === 'POST') {
      actions[path]?.();
      return reply(response, actions[path] ? { status: 202, body: '' } : nothing);
    }
    if (request.method === 'GET' && streams[path]) return streams[path](response);
    reply(response, (await answer(path)) ?? nothing, request.method === 'HEAD');
  }

  const portOf = () => (server.address() as AddressInfo).port;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf()}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), PATIENCE).unref(); // who does not read what is written
      }),
  };
}

/** Takes a response over, to write to it for as long as it likes. */
export type Stream = (response: ServerResponse) => void;

/** Milliseconds that a reader has to take what was written before the server closes. */
const PATIENCE = 2000;
const nothing: Reply = { status: 404, body: 'Nothing here\n' };
const METHODS = ['GET', 'HEAD', 'POST'];

function faultOf({ method = '', headers }: IncomingMessage, port: number): Reply | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? ''))
    return { status: 403, body: `Cannot answer: found another Host, expected ${hosts[0]}\n` };
  if (!METHODS.includes(method))
    return { status: 405, body: `Cannot answer: expected ${METHODS.join(' or ')}\n` };
  if (method === 'POST' && headers.origin !== `http://${headers.host}`)
    return { status: 403, body: 'Cannot do that: it was not asked from the page itself\n' };
  return undefined;
}

function pathOf({ url = '/' }: IncomingMessage): string | undefined {
  try {
    return decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname);
  } catch {
    return undefined;
  }
}

function reply(
  response: ServerResponse,
  { status = 200, type = 'text/plain; charset=utf-8', body }: Reply,
  headOnly = false,
): void {
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(headOnly ? undefined : body);
}

/** No other page may read, frame or name what is served here. */
export const headers = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;
