import type { Examined } from '@ae/runs';

import { command } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { bold, createOutput, type OutputOptions } from '../terminal/output.js';

export const doctor: CommandDefinition = {
  place: 13,
  make: () =>
    command(
      'doctor',
      'versions, backends, data cache and disk: what works, and the remedy for what does not',
    ).action(async (options: OutputOptions) => {
      const { examine } = await import('@ae/runs');
      const found = await examine();
      const { versions, machine, backends, data, disk } = found;
      createOutput(options).result(
        [
          `ae ${versions.ae}, Node.js ${versions.node}, TensorFlow.js ${versions.tfjs}`,
          `${process.platform} ${process.arch}, ${machine}`,
          ...section('Backends, the fastest first', backends),
          ...section('Data', data),
          ...section('Disk', disk),
        ].join('\n'),
        found,
      );
      if (!backends.some(({ works }) => works))
        throw new Error(
          'Cannot compute: no backend works here, expected cpu at least; install @tensorflow/tfjs again',
        );
    }),
};

function section(title: string, found: readonly Examined[]): string[] {
  const width = Math.max(...found.map(({ name }) => name.length));
  const lines = found.flatMap(({ name, works, reason, remedy, isSpare }) => [
    `  ${works ? '✓' : isSpare ? '–' : '✗'} ${name.padEnd(width)}  ${reason}`,
    ...(works || remedy === undefined ? [] : [`    ${' '.repeat(width)}  remedy: ${remedy}`]),
  ]);
  return ['', bold(title), ...lines];
}
