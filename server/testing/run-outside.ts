import { UsageError } from '../admin/admin-errors.ts'
import { readArguments } from '../admin/arguments.ts'
import type { AdminAnswer } from './run-admin.ts'

/**
 * Gives a command that opens no database of ours to the command line, in this process: a process of its own takes
 * seconds on a busy machine.
 */
export async function runOutside(
  environment: Record<string, string>,
  words: readonly string[],
): Promise<AdminAnswer> {
  let stdout = ''
  try {
    const asked = readArguments(words, false)
    if (asked.kind === 'help') return { code: 0, stdout: asked.text, stderr: '' }
    const work = await asked.command.prepare(asked.input)
    if (typeof work === 'function') throw new Error(`${words[0]} opens the database`)
    const stopping = new AbortController().signal
    for await (const piece of work.run({ environment, stopping })) stdout += piece
    return { code: 0, stdout, stderr: '' }
  } catch (error) {
    const stderr = error instanceof Error ? error.message : String(error)
    return { code: error instanceof UsageError ? 2 : 1, stdout, stderr }
  }
}
