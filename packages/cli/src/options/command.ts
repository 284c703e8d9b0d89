import { Command, CommanderError } from 'commander';

import { didYouMean, UsageError } from '@ae/runs/text';
import { oneOf } from './number-option.js';
import { print } from '../terminal/standard-streams.js';

/** A command whose errors are `UsageError`s that name what is known. */
export function command(name: string, summary: string): Command {
  const made = new Command(name)
    .description(summary)
    .helpOption('-h, --help', 'print this text')
    .configureOutput({ writeOut: print, writeErr: () => {} });
  return made.exitOverride((error) => {
    if (error.code === 'commander.help' && error.exitCode !== 0) throw helped(made);
    throw error.exitCode === 0 ? error : usageErrorOf(error, made);
  });
}

/** Adds how a command speaks: the options of `createOutput`. */
export const withOutput = (made: Command): Command =>
  made
    .option('--json', 'print the result as JSON, on one line')
    .option('--verbose', 'say more while working, and print the stack of a failure');

/** Adds where computing is done and where data are. */
export const withPlaces = (made: Command): Command =>
  made
    .option(
      '--data-dir <folder>',
      'where the four IDX files are, instead of $AE_DATA_DIR, the cache and the mirrors',
    )
    .option('--backend <name>', `what computes: ${backends.join(', ')}`, oneOf('--backend', backends));

/** Adds where a run's data are now, for commands that read them again. */
export const withMovedData = (made: Command): Command =>
  withPlaces(
    withModelFile(made).option(
      '--data <name or folder>',
      "where the run's data are now, where they were moved; checked against its checksum",
    ),
  );

/** Adds which code a run of an own model is opened with. */
export const withModelFile = (made: Command): Command =>
  made.option('--model <file>', "the own model's file, instead of the source that the run keeps; it is run");

/** What `--backend` takes. */
export const backends = ['auto', 'native', 'tensorflow', 'wasm', 'cpu'] as const;

/** Collects an option that may be given several times. */
export const collect = (value: string, values: readonly string[] = []): string[] => [...values, value];

/** What commander found wrong, as this program says it: with the names that are known and the nearest of them. */
function usageErrorOf(error: CommanderError, found: Command): UsageError {
  const typed = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const options = [...found.options.map(({ long }) => long!), '--help'];
  const commands = found.commands.map((sub) => sub.name());
  const messages: Record<string, () => string> = {
    'commander.unknownOption': () =>
      `unknown option "${typed}", expected one of ${options.join(', ')}${didYouMean(typed, options)}`,
    'commander.unknownCommand': () =>
      `unknown command "${typed}", expected one of ${commands.join(', ')}${didYouMean(typed, commands)}`,
    'commander.optionMissingArgument': () => `no value after ${typed}`,
    'commander.missingArgument': () => `no <${typed}> given; see ${pathOf(found)} --help`,
    'commander.excessArguments': () =>
      `too many arguments, expected ${found.registeredArguments.length || 'none'}; see ${pathOf(found)} --help`,
  };
  const message = messages[error.code]?.() ?? error.message.replace(/^error: /, '').replace(/\.$/, '');
  return new UsageError(`Cannot run ${pathOf(found)}: ${message}`);
}

/** Nothing was asked for, as with a bare `ae`: its help, as `--help` prints it. */
function helped(found: Command): CommanderError {
  found.outputHelp();
  return new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)');
}

/** `ae train`. */
const pathOf = (found: Command): string =>
  found.parent === null ? found.name() : `${pathOf(found.parent)} ${found.name()}`;
