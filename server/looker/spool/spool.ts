import { randomUUID } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { errorCode } from '../../../shared/error-code.ts'
import { createByteCollector } from '../json-stream/byte-collector.ts'
import { LookerError } from '../looker-error.ts'
import type { SpoolBudget } from './spool-budget.ts'
import { PROCESS_SPOOLS } from './spool-budget.ts'

/** Up to here a spool stays in memory; above, it writes blocks of this size to its file. */
const MEMORY_BYTES = 1024 * 1024
const READ_BYTES = 256 * 1024

/** Bytes kept aside until they can be read: in memory, or in a file when they are many. */
export type Spool = {
  write: (bytes: Uint8Array) => Promise<void>
  /** All bytes from the start; may be read several times, once nothing is written any more. */
  read: () => AsyncGenerator<Buffer, void>
  /** Frees memory and disk. May be called twice. */
  close: () => Promise<void>
}

/**
 * Its methods throw a LookerError when the temporary folder, or the budget, cannot take the bytes.
 *
 * @param directory where the file goes; the system's temporary folder by default
 */
export function createSpool(directory: string = tmpdir(), budget: SpoolBudget = PROCESS_SPOOLS): Spool {
  const memory = createByteCollector()
  let file: FileHandle | null = null
  let stored = 0
  /** Bytes booked in the budget. */
  let held = 0
  let closed = false

  async function write(bytes: Uint8Array): Promise<void> {
    budget.book(bytes.length, held)
    held += bytes.length
    memory.append(bytes, 0, bytes.length)
    if (memory.length >= MEMORY_BYTES) await storing(flush)
  }

  async function flush(): Promise<void> {
    file ??= await openUnlinked(directory)
    for (let from = 0; from < memory.length; ) {
      const { bytesWritten } = await file.write(memory.view(from, memory.length), 0, null, stored)
      from += bytesWritten
      stored += bytesWritten
    }
    memory.drop(memory.length)
  }

  async function* read(): AsyncGenerator<Buffer, void> {
    for (let position = 0; position < stored; ) {
      const chunk = await storing(() => readAt(position))
      if (chunk.length === 0) throw noRoom('file cut short')
      position += chunk.length
      yield chunk
    }
    if (closed) throw new Error('The spool is closed.')
    if (memory.length > 0) yield Buffer.from(memory.view(0, memory.length))
  }

  async function readAt(position: number): Promise<Buffer> {
    if (file === null) throw new Error('The spool is closed.')
    const length = Math.min(READ_BYTES, stored - position)
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  }

  async function close(): Promise<void> {
    closed = true
    const opened = file
    file = null
    memory.drop(memory.length)
    budget.free(held)
    held = 0
    await opened?.close()
  }

  return { write, read, close }
}

/** Opens a new file and removes its name at once, so that nothing stays on the disk after a crash. */
async function openUnlinked(directory: string): Promise<FileHandle> {
  const path = join(directory, `looker-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}

async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = errorCode(error)
    throw code === '' ? error : noRoom(code)
  }
}

function noRoom(code: string): LookerError {
  return new LookerError(
    `The action server could not keep Looker's result in its temporary folder (${code}). Tell its administrator, and send the Look again later.`,
  )
}
