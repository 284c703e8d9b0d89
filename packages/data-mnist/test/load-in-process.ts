// Run as a process of its own by processes.test.ts: loads the tiny data set and prints where it came from.
import { loadPublished } from '../src/node/load.js';
import { tinyDataSet } from './tiny.js';

const [mirror, cacheDir] = process.argv.slice(2);
const { source, checksum } = await loadPublished(tinyDataSet([mirror!]), { cacheDir, stallTimeout: 60_000 });
console.log(JSON.stringify({ source, checksum }));
