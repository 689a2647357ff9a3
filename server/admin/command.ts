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

export type Command = {
  name: string
  /** What follows the name: `<import> [--csv [file]]`. */
  usage: string
  /** One line for the list of commands. */
  summary: string
  /** What else there is to know, as lines for a terminal. */
  help: readonly string[]
  options: ParseArgsOptionsConfig
} & (
  | {
      /** Reads the input before the database is opened. @throws UsageError */
      prepare: (input: Input) => Work | Promise<Work>
    }
  | {
      /** Does all that is to be done without the database. @throws UsageError, RefusedError */
      run: (input: Input, environment: Record<string, string | undefined>) => AsyncGenerator<string>
    }
)
