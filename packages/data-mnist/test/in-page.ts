// The program of the page that browser.test.ts opens.
import { loadAuto, loadDataSet, loadTestImages } from '../src/browser.js';
import { loadPublished, loadPublishedTest } from '../src/browser/load.js';
import { digits } from '../src/index.js';

Object.assign(globalThis, {
  loadAuto,
  loadDataSet,
  loadTestImages,
  loadPublished,
  loadPublishedTest,
  digits,
});
