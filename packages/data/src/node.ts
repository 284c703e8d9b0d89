export { decodeImage } from './node/decode-image.js';
export { filesAt, type FilesAtOptions } from './node/files-at.js';
export { openPrepared, type PartName, type Prepared, type PreparedHead } from './node/prepared-file.js';
export { prepare, type PrepareOptions } from './node/prepare.js';
export { readPart, type ReadPartOptions } from './node/read-part.js';
export { kindOf, readRegularFile } from './node/regular-file.js';
export { streamed, type StreamedOptions } from './node/streamed.js';
