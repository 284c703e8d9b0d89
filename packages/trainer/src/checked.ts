import * as v from 'valibot';

/**
 * A value that came from a file, as its schema describes it.
 * @param what names it: "the checkpoint"
 * @throws RangeError with the path inside of it: "Cannot read the checkpoint: random.seed is -1, expected >=0"
 */
export function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  what: string,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, value, { abortEarly: true });
  if (success) return output;
  const [issue] = issues;
  const path = v.getDotPath(issue);
  if (issue.expected === 'never')
    throw new RangeError(`Cannot read ${what}: ${path} is not known, expected no such name`);
  const found = issue.received === 'undefined' ? 'missing' : shown(issue.input);
  const expected = { Object: 'an object', Array: 'a list', unknown: issue.message }[issue.expected ?? ''];
  throw new RangeError(
    `Cannot read ${what}: ${path ?? 'it'} is ${found}, expected ${expected ?? issue.expected ?? issue.message}`,
  );
}

const shown = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
