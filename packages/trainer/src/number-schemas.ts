import * as v from 'valibot';

/** Any double, those that JSON does not know included. */
export const anyNumber = v.custom<number>((value) => typeof value === 'number', 'a number');
export const from0 = v.pipe(v.number(), v.minValue(0), v.ltValue(Infinity));
export const above0 = v.pipe(v.number(), v.gtValue(0), v.ltValue(Infinity));
/** Such as the decay of a running mean. */
export const from0Below1 = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
export const wholeFrom0 = v.pipe(v.number(), v.safeInteger('a whole number'), v.minValue(0));
export const wholeFrom1 = v.pipe(v.number(), v.safeInteger('a whole number'), v.minValue(1));
