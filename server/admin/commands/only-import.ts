import { UsageError } from '../admin-errors.ts'
import type { Input } from '../command.ts'
import { readImportId } from '../find-import.ts'

/** The number of the one import that a command is about. @throws UsageError */
export function onlyImport({ positionals }: Input): number {
  const [text, more] = positionals
  if (more !== undefined) throw new UsageError('Name one import at a time.')
  return readImportId(text)
}
