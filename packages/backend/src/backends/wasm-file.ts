const NAME = 'tfjs-backend-wasm-simd.wasm';

/** The first bytes of every WebAssembly file: `\0asm`. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** The script of a page that is not a module; known only while it runs for the first time. */
const script = (globalThis.document?.currentScript as { src?: string } | null | undefined)?.src;

/**
 * Where a page or worker fetches the file of stock kernels: `url`, or the file beside the script, resolved against the
 * script or the page; in a worker made of a `blob:`, which has no folder, against the origin. In Node, where the file
 * lies on disk, it is `undefined`.
 *
 * @throws Error where that address does not serve WebAssembly: the backend itself cannot be asked a second time
 */
export async function locateWasm(url?: string | URL): Promise<string | undefined> {
  if (!globalThis.location) return undefined;
  const address = resolve(String(url ?? NAME), url === undefined ? script : undefined);
  const { status, ok, found } = await peek(address);
  if (!ok) throw new Error(`found status ${status} at ${address}`);
  if (found.toString() !== MAGIC.toString())
    throw new Error(`found something else than WebAssembly at ${address}`);
  return address;
}

function resolve(url: string, base = ownAddress()): string {
  try {
    return new URL(url, base).href;
  } catch {
    throw new Error(`found no address in "${url}", seen from ${base}`);
  }
}

/** A worker has no document; its address is that of its script. */
function ownAddress(): string {
  const { href, origin, protocol } = globalThis.location;
  return globalThis.document?.baseURI ?? (protocol === 'blob:' ? origin : href);
}

/** The first bytes at an address; the rest is not downloaded. */
async function peek(address: string) {
  const response = await fetch(address, { credentials: 'same-origin' }).catch((cause: Error) => {
    throw new Error(`found nothing at ${address}: ${cause.message}`, { cause });
  });
  const reader = response.body?.getReader();
  const { value = new Uint8Array() } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return { status: response.status, ok: response.ok, found: [...value.subarray(0, MAGIC.length)] };
}
