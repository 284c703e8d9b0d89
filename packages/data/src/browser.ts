export { decodeImage } from './browser/decode-image.js';
export { filesOf } from './browser/files-of.js';
