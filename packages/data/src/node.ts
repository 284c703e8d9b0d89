export { decodeImage } from './node/decode-image.js';
export { filesAt, type FilesAtOptions } from './node/files-at.js';
export { kindOf, readRegularFile } from './node/regular-file.js';
