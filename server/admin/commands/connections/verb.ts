import type { Input, Work } from '../../command.ts'

/** One thing that is done with connections: `connections <name> ...`. */
export type Verb = {
  name: string
  /** What follows the name, as a line of help. */
  usage: string
  summary: string
  /** Options that it knows beside those of every command. */
  options: readonly string[]
  /** @throws UsageError */
  prepare: (input: Input) => Work
}
