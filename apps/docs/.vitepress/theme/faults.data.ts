import { readFaults, type FaultsRecord } from './faults.js';

declare const data: FaultsRecord | null;
export { data };

const file = '../../../../tools/faults/record.json';

export default {
  watch: [file],
  load: () => readFaults(new URL(file, import.meta.url)),
};
