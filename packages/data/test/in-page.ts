// The program of the page that browser.test.ts opens.
import { decodeImage, filesOf } from '../src/browser.js';
import { readData } from '../src/index.js';

Object.assign(globalThis, { decodeImage, filesOf, readData });
