import type { Errors } from './errors.js';
import type { Pictures } from './stack.js';

/** Examples and where their scores come from, as the drawings of each kind of example need them. */
export interface Blamed {
  subject: string;
  pictures: Pictures;
  errors: Errors;
  /** One text an example. */
  labels: string[] | undefined;
}
