import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { EntityLines } from '../../heap/entity-lines.ts'
import { entityLines, joinLines } from '../../heap/entity-lines.ts'
import type { Batch } from './batch-builder.ts'

/**
 * Level 1: rows of a Look repeat themselves so much that more effort saves little. At once and not in a thread:
 * the hundred kilobytes of a batch take 0.15 ms, and handing them over costs five times as much.
 */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

const COMMA = 0x2c
const NEWLINE = 0x0a

/** A batch as it is stored, and as it is sent. */
export type PackedBatch = Batch & { payload: Buffer }

/** Packs the entities of a batch for the database. */
export function packLines({ bytes }: Pick<EntityLines, 'bytes'>): Buffer {
  return zstdCompressSync(bytes, OPTIONS)
}

/** @param count of the entities in it */
export function unpackLines(payload: Uint8Array, count: number): EntityLines {
  const bytes = zstdDecompressSync(payload)
  const newline = bytes.indexOf(NEWLINE)
  // The first release stored lines without a comma between; no line ends with one.
  if (newline > 0 && bytes[newline - 1] !== COMMA) return joinLines(bytes.toString().split('\n'))
  return entityLines(bytes, count)
}
