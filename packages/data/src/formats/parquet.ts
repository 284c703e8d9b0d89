import type { Format } from '../format.js';
import { openParquet } from '../parquet/open-parquet.js';
import { pictureColumnOf, readPictures } from '../parquet/pictures.js';
import { tableOf } from '../parquet/table.js';
import { readTables } from '../tables/read-table.js';

/** Tables by columns, packed. */
export const parquet: Format = {
  name: 'parquet',
  summary:
    'Parquet tables: numbers, texts as categories, lists of one length as numbers; or pictures with their labels, as Hugging Face writes them',
  takes: [
    ...(['label', 'columns', 'key', 'missing', 'skipBroken', 'like', 'unknown'] as const),
    ...(['size', 'channels', 'fit'] as const),
  ],
  accepts: (names) => names.length > 0 && names.every((name) => /\.parquet$/i.test(name)),
  async read(files, options, reading) {
    const opened = await Promise.all(files.map(async (file) => ({ file, parquet: await openParquet(file) })));
    const pictures = opened[0] && pictureColumnOf(opened[0].parquet, options);
    if (pictures !== undefined) return readPictures(opened, pictures, options, reading);
    return readTables(files, {
      ...{ options, reading },
      open: (file) => tableOf(file, opened.find((each) => each.file === file)!.parquet, options),
    });
  },
};
