import { resultHead } from '../../looker/delivering/result-head.ts'
import type { BenchLook } from './bench-look.ts'
import { lookOf } from './bench-look.ts'
import { rowBlocks } from './row-blocks.ts'

/** A Look's whole result in the lite format, in pieces of any size. */
export function* resultBytes(look: BenchLook): Generator<Buffer> {
  const head = JSON.stringify(resultHead(lookOf(look, '1'), 'json_detail_lite_stream'))
  yield Buffer.from(`${head.slice(0, -1)},"data":[`)
  yield* rowBlocks(look)
  yield Buffer.from(']}')
}

/** The same in memory, in pieces as a fast connection brings them. */
export function resultChunks(look: BenchLook, chunkBytes = 64 * 1024): Buffer[] {
  const whole = Buffer.concat([...resultBytes(look)])
  return Array.from({ length: Math.ceil(whole.length / chunkBytes) }, (_, index) =>
    whole.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  )
}
