export { createProgram } from './program.js';
export { runProgram } from './run-program.js';
export { evaluationSchema, runRecordSchema } from './run-record.js';
