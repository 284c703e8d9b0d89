import type { Argument, Command } from 'commander';

import { command, withOutput } from './command.js';
import { compare } from './commands/compare.js';
import { data } from './commands/data.js';
import { doctor } from './commands/doctor.js';
import { evaluate } from './commands/evaluate.js';
import { latent } from './commands/latent.js';
import { models } from './commands/models.js';
import { open } from './commands/open.js';
import { reconstruct } from './commands/reconstruct.js';
import { report } from './commands/report.js';
import { reproduce } from './commands/reproduce.js';
import { sample } from './commands/sample.js';
import { train } from './commands/train.js';
import { trust } from './commands/trust.js';
import { versions } from './versions.js';

/** `ae` with its commands: argument tables only, what they do is loaded when one runs. */
export function createProgram(): Command {
  const program = command('ae', 'Autoencoders on TensorFlow.js: train, inspect and compare them')
    .version(versions().ae, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the text of a command')
    .addHelpText('after', '\nStart with: ae train vae --epochs 5');
  const commands = [
    train,
    evaluate,
    reconstruct,
    sample,
    latent,
    report,
    open,
    compare,
    reproduce,
    models,
    trust,
    data,
    doctor,
  ];
  program.configureHelp({
    subcommandTerm: (sub) => [sub.name(), ...sub.registeredArguments.map(usageOf)].join(' '),
  });
  for (const make of commands) program.addCommand(withOutput(make()));
  return program;
}

const usageOf = (argument: Argument): string => {
  const name = argument.name() + (argument.variadic ? '…' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
};
