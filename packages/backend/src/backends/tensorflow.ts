import { findBackendFactory, version } from '@tensorflow/tfjs';
import { activate, type Candidate, Unavailable } from '../candidate.js';

/**
 * TensorFlow's own library through tfjs-node, an optional peer dependency: its binary is fetched when it is installed,
 * which fails behind a firewall and on recent versions of Node.
 */
export const tensorflow = (load: () => Promise<unknown> = loadTfjsNode): Candidate => ({
  name: 'tensorflow',
  remedy: `npm install ${PACKAGE}@${version.tfjs}`,
  async start() {
    try {
      await load();
    } catch (cause) {
      throw explain(cause as Error & { code?: string });
    }
    if (!findBackendFactory('tensorflow'))
      throw new Unavailable(
        `${PACKAGE} brings a second copy of @tensorflow/tfjs and registers with that one`,
        `npm install ${PACKAGE}@${version.tfjs}, the version of the @tensorflow/tfjs that is installed`,
      );
    await activate('tensorflow');
    return { description: `TensorFlow's library, through ${PACKAGE}` };
  },
});

const PACKAGE = '@tensorflow/tfjs-node';

function loadTfjsNode(): Promise<unknown> {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'; // TensorFlow's library writes banners to standard error
  const name: string = PACKAGE; // not a literal: the package need not be there when this is compiled
  return import(name);
}

function explain(cause: Error & { code?: string }): Unavailable {
  const install = `npm install ${PACKAGE}@${version.tfjs}`;
  if (/native addon|tfjs_binding/i.test(cause.message))
    return new Unavailable(
      `${PACKAGE} is installed without its binary`,
      `npm rebuild ${PACKAGE} --build-addon-from-source, or a version of Node that it has a binary for`,
      { cause },
    );
  if (/MODULE_NOT_FOUND/.test(cause.code ?? '') || /Cannot find (package|module)/.test(cause.message))
    return new Unavailable(`${PACKAGE} is not installed`, install, { cause });
  return new Unavailable(`${PACKAGE} does not load: ${cause.message.split('\n')[0]}`, install, { cause });
}
