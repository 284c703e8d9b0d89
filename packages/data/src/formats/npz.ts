import { readZip } from '../archives/zip.js';
import { partsOfArrays } from '../arrays/parts-of-arrays.js';
import { DataError } from '../data-error.js';
import type { Format } from '../format.js';
import { parseNpy } from './npy.js';

/** An archive of NumPy arrays, as `numpy.savez` writes it. */
export const npz: Format = {
  name: 'npz',
  summary:
    'NumPy archives with X and y, as ADBench has them, with train_images, train_labels, val_images, …, as MedMNIST, x_train, y_train, …, as Keras, or one array',
  takes: ['label', 'missing'],
  accepts: (names) => names.length === 1 && /\.npz$/i.test(names[0]!),
  async read(files, { label, missing }, reading) {
    const [file] = files;
    if (!file || files.length > 1)
      throw new DataError(`Cannot read .npz files: found ${files.length}, expected one`);
    const entries = await readZip(file);
    const arrays = entries
      .filter(({ name }) => /\.npy$/i.test(name))
      .map(({ name, read }) => ({
        name: name.replace(/\.npy$/i, ''),
        read: async () => parseNpy(await read(), { file: `${file.name}, ${name}` }),
      }));
    return partsOfArrays(arrays, { ...reading, what: file.name, label, missing });
  },
};
