import '../private-umask.ts'
import { pipeline } from 'node:stream/promises'
import { errorCode } from '../../shared/error-code.ts'
import { serializeError } from '../serialize-error.ts'
import { UsageError } from './admin-errors.ts'
import { readArguments } from './arguments.ts'
import { openAdmin } from './open-admin.ts'
import { printable } from './output/printable.ts'

/** Runs one command. @returns the exit code */
async function run(words: readonly string[]): Promise<number> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  try {
    const asked = readArguments(words, process.stdout.isTTY === true)
    if (asked.kind === 'help') {
      await print([asked.text])
      return 0
    }
    const work = await asked.command.prepare(asked.input)
    if (typeof work !== 'function') {
      await print(work.run({ environment: process.env, stopping: stopping.signal }))
      return 0
    }
    const admin = await openAdmin(process.env, stopping.signal)
    try {
      await print(work(admin))
    } finally {
      await admin.close()
    }
    return 0
  } catch (error) {
    // Who reads only the first lines, as head does, has what he wants.
    if (errorCode(error) === 'EPIPE') return 0
    // The texts of others may hold what came from outside; those of a database may hold values.
    const { message } = serializeError(error)
    process.stderr.write(`${message.split('\n').map(printable).join('\n').trimEnd()}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

async function print(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  await pipeline(pieces, process.stdout, { end: false })
}

process.exitCode = await run(process.argv.slice(2))
