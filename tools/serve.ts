import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};
const isPacked = (extension: string) =>
  ['.html', '.js', '.css', '.json', '.svg', '.wasm'].includes(extension);

/** The built site on the loopback address, packed with gzip as most hosts do. */
export async function serve(folder: URL): Promise<{ origin: string; close(): void }> {
  const server = createServer(({ url, headers }, response) => {
    const { pathname } = new URL(url ?? '/', 'http://site');
    const path = decodeURIComponent(pathname);
    const found = [path, `${path}index.html`, `${path}.html`].find((candidate) => {
      const file = new URL(`.${candidate}`, folder);
      return file.href.startsWith(folder.href) && existsSync(file) && statSync(file).isFile();
    });
    const file = new URL(`.${found ?? '/404.html'}`, folder);
    if (found === undefined && !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const extension = extname(file.pathname);
    const packed = isPacked(extension) && /\bgzip\b/.test(headers['accept-encoding'] ?? '');
    const bytes = readFileSync(file);
    response.writeHead(found === undefined ? 404 : 200, {
      'content-type': types[extension] ?? 'application/octet-stream',
      ...(packed && { 'content-encoding': 'gzip' }),
    });
    response.end(packed ? gzipSync(bytes) : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
