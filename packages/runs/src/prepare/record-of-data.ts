import { unitOf, type DataSet, type Examples, type Field } from '@ae/data';

import type { DataRecord } from '../record/run-record.js';

/** What `run.json` keeps of a data set, but for what was asked. */
export const recordOf = (set: DataSet & { test: Examples; notice?: string }): Omit<DataRecord, 'asked'> => {
  const { name, source, checksum, validationSeed, train, validation, test, notice } = set;
  const { values, shape, classes, scaling, fields } = train;
  const type = unitOf(values) === 1 ? 'float32' : 'uint8';
  return {
    ...{ name, source, checksum },
    ...{ train: train.count, validation: validation.count, test: test.count },
    ...(validationSeed !== undefined && { validationSeed }),
    ...{ shape: [...shape], type },
    ...(classes && { classes: [...classes] }),
    ...(fields && { fields: fields.map(copyOf) }),
    ...(scaling && { scaling: { ...scaling, offset: [...scaling.offset], scale: [...scaling.scale] } }),
    ...(notice !== undefined && { notice }),
  };
};

const copyOf = (field: Field) =>
  field.kind === 'number' ? field : { ...field, categories: [...field.categories] };
