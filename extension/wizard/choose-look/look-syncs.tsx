import React from 'react'
import { Muted } from '../../components/text.tsx'
import { useNow } from '../../components/use-now.ts'
import type { ListedSync } from '../../sync/sync-order.ts'
import { orderSyncs } from '../../sync/sync-order.ts'
import { LastRun } from '../../syncs/last-run.tsx'
import { HealthTag } from '../../syncs/state-tag.tsx'

/** What a Look last did as a sync; of several the one that needs somebody most. */
export function LookSyncs({ syncs }: { syncs: ListedSync[] }) {
  const now = useNow()
  const [first, ...more] = orderSyncs(syncs)
  if (!first) return <Muted>-</Muted>
  return (
    <>
      <HealthTag state={first.state} />
      {first.health?.lastImport && (
        <div>
          <LastRun health={first.health} now={now} />
        </div>
      )}
      {more.length > 0 && <Muted>{`and ${more.length} more`}</Muted>}
    </>
  )
}
