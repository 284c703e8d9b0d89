import type { ModelDefinition } from '../src/index.js';

/** Options that make any model small, of those that it has. */
export function smallOptions({ defaults }: ModelDefinition): ModelDefinition['defaults'] {
  const few = {
    hidden: Array.isArray(defaults.hidden) ? [5] : 5,
    ...(!('network' in defaults) && { channels: [2, 3] }), // a network that is chosen need not read them
  };
  return Object.fromEntries(Object.entries(few).filter(([option]) => option in defaults));
}
