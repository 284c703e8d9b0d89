// The program of the page that browser.test.ts opens.
import { loadAuto, loadDataSet } from '../src/browser.js';
import { loadPublished } from '../src/browser/load.js';
import { digits } from '../src/index.js';

Object.assign(globalThis, { loadAuto, loadDataSet, loadPublished, digits });
