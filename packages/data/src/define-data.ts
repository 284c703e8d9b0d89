import { checkExamples } from './check-examples.js';
import type { DataSet } from './examples.js';
import type { StopSignal } from './stop-signal.js';

/** What a data set of one's own is told while it is loaded. */
export interface DataRequest {
  /** For whatever is drawn, such as splits. */
  seed: number;
  signal?: StopSignal | undefined;
}

/** A data set of one's own: its name, and how it is loaded. */
export interface DataDefinition {
  /** kebab-case, as it stands in reports and in the names of runs. */
  name: string;
  load(request: DataRequest): DataSet | Promise<DataSet>;
}

/**
 * A data set of one's own as data, for a file of one's own to export. What `load` gives is checked: arrays as long as count and shape
 * say, the same shape in every part, and something to train on.
 * @throws TypeError for a name that is not kebab-case
 */
export function defineData({ name, load }: DataDefinition): DataDefinition {
  if (typeof name !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw new TypeError(
      `Cannot define data: found name ${JSON.stringify(name)}, expected kebab-case such as my-data`,
    );
  if (typeof load !== 'function')
    throw new TypeError(`Cannot define data "${name}": found load as ${typeof load}, expected a function`);
  return {
    name,
    async load(request) {
      const data = await load(request);
      checkDataSet(`Cannot load data "${name}"`, data);
      return data;
    },
  };
}

/**
 * That a data set is whole: arrays as long as count and shape say, the same shape in every part, something to train on.
 * @param cannot what fails, such as `Cannot load data "mine"`
 * @throws TypeError for a part that is missing, of another shape, or whose arrays do not fit it
 * @throws RangeError where there is nothing to train on
 */
export function checkDataSet(cannot: string, { train, validation, test, checksum }: DataSet): void {
  if (!/^[0-9a-f]{64}$/.test(checksum))
    throw new TypeError(
      `${cannot}: found checksum ${JSON.stringify(checksum)}, expected 64 hexadecimal digits as checksumOf() gives them`,
    );
  for (const [part, examples] of Object.entries({ train, validation, ...(test && { test }) })) {
    if (!examples) throw new TypeError(`${cannot}: found no ${part}, expected its examples`);
    checkExamples(`${cannot}, ${part}`, examples);
    if (`${examples.shape}` !== `${train.shape}`)
      throw new TypeError(
        `${cannot}: found shape [${examples.shape}] in ${part}, expected [${train.shape}] as in train`,
      );
  }
  if (train.count === 0) throw new RangeError(`${cannot}: found no examples in train, expected at least one`);
}
