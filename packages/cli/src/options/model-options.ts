import { UsageError } from '@ae/runs/text';

/**
 * Reads what was typed as `--set key=value`; what the values mean, the model says.
 * @throws UsageError for what is no key and value
 */
export const settingsOf = (typed: readonly string[] = []): Record<string, string> =>
  Object.fromEntries(
    typed.map((setting) => {
      const at = setting.indexOf('=');
      if (at < 1)
        throw new UsageError(`Cannot read --set ${setting}: no "=" after a name, expected key=value`);
      return [setting.slice(0, at), setting.slice(at + 1)];
    }),
  );
