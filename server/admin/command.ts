import type { ParseArgsOptionsConfig } from 'node:util'
import type { Admin } from './open-admin.ts'

/** What was written after the name of a command. */
export type Input = {
  positionals: readonly string[]
  values: Readonly<Record<string, string | boolean | undefined>>
  /** Answer as one JSON document. */
  json: boolean
  /** Does a person read the answer on a terminal? */
  isTerminal: boolean
}

/** Does the work, and yields what is to be printed. @throws RefusedError */
export type Work = (admin: Admin) => AsyncGenerator<string>

/** What a command has that needs no database of ours. */
export type Outside = {
  environment: Readonly<Record<string, string | undefined>>
  /** Aborted when the command is to end. */
  stopping: AbortSignal
}

/** Work beside a running server, whatever database that has. Yields and throws as `Work` does. */
export type OutsideWork = { kind: 'outside'; run: (outside: Outside) => AsyncGenerator<string> }

export type Command = {
  name: string
  /** What follows the name: `<import> [--csv [file]]`. */
  usage: string
  /** One line for the list of commands. */
  summary: string
  /** What else there is to know, as lines for a terminal. */
  help: readonly string[]
  options: ParseArgsOptionsConfig
  /** Reads the input before the database is opened. @throws UsageError */
  prepare: (input: Input) => Work | OutsideWork | Promise<Work>
}
