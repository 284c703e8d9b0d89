import { loadTestImages } from '@ae/data-mnist/browser';
import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue';

/** Folders on the web that a site has MNIST's four files in; without it, those of @ae/data-mnist. */
export const MIRRORS = 'ae-mnist-mirrors' as unknown as InjectionKey<readonly string[]>;

/** MNIST's test images, once a visitor has asked for them; every demo of the page then shows them. */
const images: ShallowRef<{ images: Uint8Array; labels: Uint8Array } | undefined> = shallowRef();
const progress = shallowRef<string>();
const failure = shallowRef<string>();
let loading = new AbortController();

/** Which digits the demos show, and the way to the real ones. To be called in `setup`. */
export function useMnist() {
  const mirrors = inject(MIRRORS, undefined);
  return {
    images,
    /** What is under way, in words; nothing where nothing is. */
    progress,
    failure,
    load: () => load(mirrors),
    stop: () => loading.abort(),
  };
}

async function load(mirrors: readonly string[] | undefined): Promise<void> {
  loading = new AbortController();
  const { signal } = loading;
  failure.value = undefined;
  progress.value = 'Looking for a mirror …';
  try {
    const { values: pixels, labels } = await loadTestImages('mnist', {
      ...(mirrors && { mirrors }),
      signal,
      onProgress: ({ what, done, total }) => {
        const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
        progress.value = `${what}: ${megabytes(done)}${total ? ` of ${megabytes(total)}` : ''} MB`;
      },
    });
    images.value = { images: pixels, labels };
  } catch (error) {
    if (!signal.aborted) failure.value = (error as Error).message;
  } finally {
    progress.value = undefined;
  }
}
