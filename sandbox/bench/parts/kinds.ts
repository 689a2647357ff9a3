import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import type { BenchLook } from '../looks/bench-look.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import type { ImportCase } from '../measure-import.ts'
import { measureImport } from '../measure-import.ts'
import { ratioOf } from '../measurement.ts'
import { lineOf } from '../table/line.ts'

const KINDS: readonly { what: string; differs: Partial<ImportCase>; look?: Partial<BenchLook> }[] = [
  { what: 'the same sent again', differs: { deliveredBefore: 1 } },
  { what: 'a dry run', differs: { params: { dry_run: 'yes' } } },
  { what: 'accounts', differs: { params: { property_type: 'account' } } },
  { what: 'heap_setup', differs: { params: { match_by: 'heap_setup' } } },
  { what: 'pivots, as many cells', differs: {}, look: { shape: 'pivoted' } },
]

/** Other kinds of imports against the plain one: how many times as long they take. */
export async function measureKinds(context: BenchContext): Promise<void> {
  const plain: ImportCase = {
    engine: 'PGlite',
    look: { ...PLAIN_LOOK, rows: context.rows },
    latencyMs: 0,
    concurrency: 4,
  }
  const runs = await repeat(context.runs, async (run) => {
    context.say(`kinds of imports, run ${run + 1}`)
    const reference = await measureImport(plain, context)
    const others = await repeat(KINDS.length, (index) => {
      const { differs = {}, look = {} } = KINDS[index] ?? {}
      return measureImport({ ...plain, ...differs, look: { ...plain.look, ...look } }, context)
    })
    return { reference, others }
  })
  context.show(lineOf({ what: 'the plain case, PGlite', runs: runs.map(({ reference }) => reference) }))
  KINDS.forEach(({ what }, index) => {
    context.show(
      lineOf({
        what: `${what}, against the plain case`,
        target: { of: 'ratio', is: 'at most', amount: 1.5 },
        runs: runs.flatMap(({ others }) => others[index] ?? []),
        ratios: runs.map(({ reference, others }) => {
          const other = others[index]
          return other ? ratioOf(reference, other) : null
        }),
      }),
    )
  })
}
