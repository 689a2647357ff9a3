import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Level 1: rows of a Look repeat themselves so much that more effort saves little. */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Packs the lines of a batch (one JSON text an entity, without newlines) for the database. */
export function packLines(lines: readonly string[]): Promise<Buffer> {
  return compress(lines.join('\n'), OPTIONS)
}

/** The lines of `packLines`. */
export async function unpackLines(payload: Uint8Array): Promise<string[]> {
  const text = await decompress(payload)
  return text.toString('utf8').split('\n')
}
