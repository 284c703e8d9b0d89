import { print, tell } from './standard-streams.js';

/** Where a command speaks: results to standard output, everything else to standard error. */
export interface Output {
  /** Whether results are wanted as JSON. */
  readonly json: boolean;
  readonly verbose: boolean;
  /** Whether standard error is a terminal that a progress bar may redraw. */
  readonly live: boolean;
  /** The command's result: `text` for people or, with `--json`, `value` on one line. */
  result(text: string, value: unknown): void;
  /** One line for people, on standard error. */
  notice(text: string): void;
  /** One line on standard error that only `--verbose` shows. */
  detail(text: string): void;
}

/** What every command takes. */
export interface OutputOptions {
  /** @default false */
  json?: boolean;
  /** @default false */
  verbose?: boolean;
}

export function createOutput({ json = false, verbose = false }: OutputOptions = {}): Output {
  return {
    json,
    verbose,
    live: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    result: (text, value) => print(`${json ? JSON.stringify(value) : text}\n`),
    notice: (text) => tell(`${text}\n`),
    detail: (text) => void (verbose && tell(`${dim(text, process.stderr)}\n`)),
  };
}

/** Bold, where the stream is a terminal that may be coloured. */
export const bold = (text: string, stream: Stream = process.stdout) => styled(text, '1', '22', stream);
/** Dim, where the stream is a terminal that may be coloured. */
export const dim = (text: string, stream: Stream = process.stdout) => styled(text, '2', '22', stream);

type Stream = NodeJS.WriteStream;

/** https://no-color.org: any value that is not empty turns colour off. */
function styled(text: string, on: string, off: string, stream: Stream): string {
  const coloured = stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  return coloured ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}
