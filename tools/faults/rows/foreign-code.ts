import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Place } from '../place.js';
import { attempts, type Row } from '../row.js';

export const row: Row = {
  promise:
    'A run folder is data: code in it runs only where this user named the file, trained with it, or trusted it',
  how: 'a run of an own model, carried to another user, is opened by every command; its code leaves a mark if it runs',
  times: { short: 9, whole: 18 },
  async run({ times, place }) {
    const { run, mark } = await carriedRun(place);
    const stranger = place.fresh('stranger');
    mkdirSync(stranger);
    const open = (args: readonly string[]) =>
      place.start(args, { env: { HOME: stranger, XDG_CONFIG_HOME: stranger } }).ended;
    const needsCode = ['evaluate', 'sample', 'reconstruct', 'latent'].map((name) => [name, run]);
    const needsNone = [
      ['compare', run, run],
      ['report', run],
    ];
    const commands = [
      ...needsCode,
      ...needsNone,
      ['train', '--out', run, '--resume'],
      ['reproduce', '--help'],
      ['data', run],
    ];
    const outcome = await attempts(times, async (i) => {
      const args = commands[i % commands.length]!;
      const { code, stderr } = await open(args);
      const what = `ae ${args.join(' ')}`;
      if (existsSync(mark)) return `${what}: ran the code of the folder`;
      if (!needsCode.includes(args)) return undefined;
      if (code !== 65) return `${what}: exit ${code}, expected 65: ${stderr}`;
      return /[0-9a-f]{64}/.test(stderr) && stderr.includes('ae trust')
        ? undefined
        : `${what}: shows no checksum or no remedy: ${stderr}`;
    });
    const trusted = await open(['trust', run]);
    const evaluated = await open(['evaluate', run]);
    if (trusted.code !== 0 || evaluated.code !== 0)
      outcome.fell.push(`after ae trust: exits ${trusted.code} and ${evaluated.code}: ${evaluated.stderr}`);
    return { ...outcome, tried: times + 1 };
  },
};

/** A run of an own model whose code writes a file each time that it is loaded, and that file, taken away again. */
async function carriedRun(place: Place) {
  const mark = place.fresh('mark');
  const source = join(place.folder, 'own.ts');
  writeFileSync(
    source,
    `import { writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { defineModel, squaredError, trainableVariables } from '@ae/models';
writeFileSync(${JSON.stringify(mark)}, 'the code ran');
export default defineModel({
  name: 'own', summary: 'a linear autoencoder',
  paper: { authors: 'nobody', title: 'none', venue: 'nowhere', year: 2000 },
  defaults: { shape: [28, 28, 1], latentDim: 2 },
  build({ shape, latentDim }) {
    const encoder = tf.sequential({ layers: [tf.layers.flatten({ inputShape: shape }), tf.layers.dense({ units: latentDim })] });
    const decoder = tf.sequential({ layers: [tf.layers.dense({ inputShape: [latentDim], units: 784, activation: 'sigmoid' }), tf.layers.reshape({ targetShape: shape })] });
    const encode = (x) => encoder.apply(x);
    const decode = (z) => decoder.apply(z);
    const loss = ({ images }) => ({ loss: squaredError(decode(encode(images)), images) });
    return { encoder, decoder, encode, decode, objectives: { reconstruction: { variables: () => trainableVariables(encoder, decoder), loss } } };
  },
});
`,
  );
  const made = place.fresh('own-run');
  const { code, stderr } = await place.ae(
    'train',
    source,
    '--data',
    './tiny',
    '--epochs',
    '2',
    '--out',
    made,
  );
  if (code !== 0) throw new Error(`Cannot train the own model: exit ${code}: ${stderr}`);
  const run = place.fresh('carried');
  renameSync(made, run);
  renameSync(mark, place.fresh('gone'));
  renameSync(source, place.fresh('gone'));
  return { run, mark };
}
