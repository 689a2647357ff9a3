import type { PropertyFill } from '../../../shared/api/import-detail.ts'
import type { GuardedImport } from '../../../shared/syncs/guardrails.ts'
import { USUAL_IMPORTS } from '../../../shared/syncs/usual-rows.ts'
import type { Database } from '../engine/database.ts'
import { patiently } from '../engine/patiently.ts'

/** An import that is about to be read to its end, with what its sync has imported before. */
export type GuardedFacts = {
  received: number
  entities: number
  /** It sends nothing, or rows that have been sent before: nothing is usual about it. */
  isSpecial: boolean
  /** Whole imports, newest first. */
  past: GuardedImport[]
}

type PastRow = { received: number; entities: number; properties: PropertyFill[] | null }

/** SQL: facts of the import $1. */
export const FACTS = `select received, received - skipped - rejected as entities,
   (retry_of is not null or settings ->> 'testRows' is not null or coalesce(settings ->> 'dryRun' = 'true', false)) as "isSpecial",
   coalesce((
     select json_agg(json_build_object('received', received, 'entities', received - skipped - rejected,
       'properties', case when place = 1 then properties end) order by place)
     from (
       select received, skipped, rejected, properties, row_number() over (order by id desc) as place
       from imports whole
       where whole.sync = own.sync and complete and whole.state = 'finished' and whole.id < own.id
         and retry_of is null and settings ->> 'dryRun' is distinct from 'true'
       order by id desc limit ${USUAL_IMPORTS}
     ) whole
   ), '[]') as past
 from imports own where id = $1`

export type GuardrailRepository = ReturnType<typeof createGuardrailRepository>

/** What guardrails compare. */
export function createGuardrailRepository(database: Database) {
  return {
    /** One statement by the index of whole imports; undefined: there is no such import. */
    async facts(importId: number): Promise<GuardedFacts | undefined> {
      const [row] = await patiently(
        () => database.query<Omit<GuardedFacts, 'past'> & { past: PastRow[] }>(FACTS, [importId]),
        database.patienceMs,
      )
      return row
    },
  }
}
