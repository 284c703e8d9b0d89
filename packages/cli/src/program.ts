import type { Argument, Command } from 'commander';

import { commands } from './commands/index.js';
import { command, withOutput } from './options/command.js';
import { version } from './version.js';

/** `ae` with its commands: argument tables only, what they do is loaded when one runs. */
export function createProgram(): Command {
  const program = command('ae', 'Autoencoders on TensorFlow.js: train, inspect and compare them')
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the text of a command')
    .addHelpText('after', '\nStart with: ae train vae --epochs 5');
  program.configureHelp({
    subcommandTerm: (sub) => [sub.name(), ...sub.registeredArguments.map(usageOf)].join(' '),
  });
  for (const { make } of Object.values(commands).sort((a, b) => a.place - b.place))
    program.addCommand(withOutput(make()));
  return program;
}

const usageOf = (argument: Argument): string => {
  const name = argument.name() + (argument.variadic ? '…' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
};
