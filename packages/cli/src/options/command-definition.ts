import type { Command } from 'commander';

/** A command of `ae`: one file in `commands/`, found there. */
export interface CommandDefinition {
  /** Its place in the list of commands, from the front. */
  place: number;
  make(): Command;
}
