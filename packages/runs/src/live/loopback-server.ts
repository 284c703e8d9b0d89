import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A server that only this machine reaches. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>/`. */
  url: string;
  /** Takes no more requests; resolves when those in progress are answered, or after two seconds have been closed. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Responses that stay open. */
  streams?: Record<string, Stream>;
  /** What is done where it is posted to. */
  actions?: Record<string, () => void>;
  /** Milliseconds that an answer may take to begin, and its reader to take anything of it. @default 30,000 */
  patience?: number;
}

/** What is to be read at a path, which begins with `/` and is decoded; undefined where there is nothing. */
export type Answer = (path: string) => Reply | undefined | Promise<Reply | undefined>;

export interface Reply {
  status?: number;
  type?: string;
  body: string | Uint8Array | Readable;
  /** Bytes of a body that is read as it is sent. */
  length?: number;
}

/**
 * Serves on 127.0.0.1, on a free port. A request whose `Host` is another is refused: it is of a page elsewhere whose
 * name was made to lead here. So is one that would change something and comes from a page elsewhere.
 */
export async function serveLoopback(
  answer: Answer,
  { streams = {}, actions = {}, patience = 30_000 }: ServeOptions = {},
): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    respond(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else void reply(response, { status: 500, body: 'Cannot answer: it failed\n' });
    });
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
    if (request.method === 'GET' && streams[path]) {
      response.setTimeout(0); // as long as it likes
      return streams[path](response);
    }
    const replied = await inTime(answer(path), patience);
    response.setTimeout(patience, () => response.destroy()); // who takes nothing of what is written
    return reply(response, replied, request.method === 'HEAD');
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
        setTimeout(() => server.closeAllConnections(), GRACE).unref(); // who does not read what is written
      }),
  };
}

/** Takes a response over, to write to it for as long as it likes. */
export type Stream = (response: ServerResponse) => void;

/** Milliseconds that a reader has to take what was written before the server closes. */
const GRACE = 2000;
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

async function reply(
  response: ServerResponse,
  { status = 200, type = 'text/plain; charset=utf-8', body, length }: Reply,
  headOnly = false,
): Promise<void> {
  const bytes = body instanceof Readable ? length : Buffer.byteLength(body);
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': bytes });
  if (!(body instanceof Readable)) return void response.end(headOnly ? undefined : body);
  if (!headOnly) return pipeline(body, (read) => exactly(read as AsyncIterable<Buffer>, bytes!), response);
  body.destroy();
  response.end();
}

/** What is read, which must be as long as was announced: otherwise the connection is closed. */
async function* exactly(read: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let sent = 0;
  for await (const chunk of read) {
    sent += chunk.length;
    yield chunk;
  }
  if (sent !== length) throw new Error('The file became shorter');
}

/** What is answered, or that it takes too long. */
async function inTime(answer: ReturnType<Answer>, patience: number): Promise<Reply> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Reply>((resolve) => {
    timer = setTimeout(() => {
      resolve({ status: 504, body: 'Cannot answer: it takes too long\n' });
      void Promise.resolve(answer).then(
        (unused) => unused?.body instanceof Readable && unused.body.destroy(),
        () => {},
      );
    }, patience).unref(); // nobody is kept waiting by what has ended
  });
  try {
    return (await Promise.race([answer, late])) ?? nothing;
  } finally {
    clearTimeout(timer);
  }
}

/** No other page may read, frame or name what is served here. */
export const headers = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;
