import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { EntityLines } from '../../heap/entity-lines.ts'
import { entityLines, joinLines } from '../../heap/entity-lines.ts'
import type { Batch } from './batch-builder.ts'

/**
 * Level 1: rows of a Look repeat themselves so much that more effort saves little. At once and not in a thread:
 * the hundred kilobytes of a batch take 0.15 ms, and handing them over costs five times as much.
 */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Most batches are unpacked to less: in one piece nothing has to be joined. */
const UNPACKED_CHUNK = 256 * 1024

const COMMA = 0x2c
const NEWLINE = 0x0a

/** A batch as it is stored, and as it is sent. */
export type PackedBatch = Batch & { payload: Buffer }

/** What the last batch was packed to, of one: most are much alike. */
let lastShare = 0.5

/** Packs the entities of a batch for the database. */
export function packLines({ bytes }: Pick<EntityLines, 'bytes'>): Buffer {
  // In one piece, so that nothing has to be joined; more pieces follow by themselves when it does not suffice.
  const chunkSize = Math.max(constants.Z_MIN_CHUNK, Math.ceil(bytes.length * lastShare * 1.1))
  const payload = zstdCompressSync(bytes, { ...OPTIONS, chunkSize })
  lastShare = payload.length / Math.max(bytes.length, 1)
  return payload
}

/** @param count of the entities in it */
export function unpackLines(payload: Uint8Array, count: number): EntityLines {
  const bytes = zstdDecompressSync(payload, { chunkSize: UNPACKED_CHUNK })
  const newline = bytes.indexOf(NEWLINE)
  // The first release stored lines without a comma between; no line ends with one.
  if (newline > 0 && bytes[newline - 1] !== COMMA) return joinLines(bytes.toString().split('\n'))
  return entityLines(bytes, count)
}
