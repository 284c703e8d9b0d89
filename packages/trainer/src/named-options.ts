import * as v from 'valibot';

/** What a recipe names and gives options, as plain data: a schedule, a kind of optimiser. */
export interface OptionsDefinition<Options extends v.ObjectEntries = v.ObjectEntries> {
  /** What each option may be. */
  options: Options;
  /** Of those that may be left out. */
  defaults: { [Name in keyof Options]?: v.InferOutput<Options[Name]> };
}

/** The options of a definition when the defaults are filled in. */
export type OptionValues<Options extends v.ObjectEntries> = {
  [Name in keyof Options]: v.InferOutput<Options[Name]>;
};

/** A name and its options as they stand in a recipe, in `run.json` and in a checkpoint. */
interface NamedOptions {
  name: string;
  [option: string]: unknown;
}

/**
 * The definition that is named, and its options with the defaults filled in.
 * @param cannot what fails, such as `Cannot make a schedule`
 * @throws TypeError for an unknown name, an option that is unknown or missing, or one of another type
 * @throws RangeError for a number out of its range
 */
export function readNamed<Definition extends OptionsDefinition>(
  cannot: string,
  definitions: Record<string, Definition>,
  { name, ...given }: NamedOptions,
) {
  if (!Object.hasOwn(definitions, name))
    throw new TypeError(
      `${cannot}: found name "${name}", expected one of ${Object.keys(definitions).join(', ')}`,
    );
  const definition = definitions[name]!;
  const unknown = Object.keys(given).find((option) => !Object.hasOwn(definition.options, option));
  if (unknown !== undefined)
    throw new TypeError(
      `${cannot}: ${name} has no option "${unknown}", expected one of ${Object.keys(definition.options).join(', ') || 'none'}`,
    );
  const values: Record<string, unknown> = { ...definition.defaults, ...given };
  for (const [option, schema] of Object.entries(definition.options))
    checkOption(
      `${cannot}: found ${option} ${String(values[option])}`,
      schema as v.GenericSchema,
      values[option],
    );
  return { definition, values };
}

function checkOption(found: string, schema: v.GenericSchema, value: unknown): void {
  const { issues } = v.safeParse(schema, value);
  if (!issues) return;
  const isOutOfRange = issues[0].kind === 'validation' || Number.isNaN(value);
  throw new (isOutOfRange ? RangeError : TypeError)(`${found}, expected ${expectationOf(schema)}`);
}

/** `a number >=0 and <1`: what the parts of a schema ask for. */
function expectationOf(schema: v.GenericSchema & { pipe?: readonly Expecting[] }): string {
  const [type, ...bounds] = (schema.pipe ?? [schema as Expecting]).map(
    ({ expects, message }) => expects ?? String(message),
  );
  return bounds.length > 0 ? `a ${type} ${bounds.join(' and ')}` : `a ${type}`;
}

interface Expecting {
  expects: string | null;
  message?: unknown;
}

/** All definitions as one schema, for what comes from a file; defaults stay out, so that it reads what was written. */
export function namedOptionsSchema<Named>(
  definitions: Record<string, OptionsDefinition>,
  common: v.ObjectEntries = {},
) {
  const variants = Object.entries(definitions).map(([name, { options, defaults }]) => {
    const entries = Object.entries(options).map(([option, schema]) => [
      option,
      Object.hasOwn(defaults, option) ? v.exactOptional(schema as v.GenericSchema) : schema,
    ]);
    return v.strictObject({ name: v.literal(name), ...common, ...Object.fromEntries(entries) });
  });
  return v.variant('name', variants) as unknown as v.GenericSchema<Named>;
}
