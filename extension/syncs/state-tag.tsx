import React from 'react'
import type { TagIntent } from '../components/tag.tsx'
import { Tag } from '../components/tag.tsx'
import type { ListedState } from '../sync/sync-order.ts'
import { STATE_WORDS } from '../sync/sync-order.ts'
import type { SyncSummary } from '../sync/sync-summary.ts'

/** Whether Looker runs the schedule. */
export function StateTag({ state }: { state: SyncSummary['state'] }) {
  return state === 'active' ? <Tag>Active</Tag> : <Tag intent="warn">Paused</Tag>
}

const INTENTS: Record<ListedState, TagIntent> = {
  failing: 'critical',
  late: 'critical',
  waiting: 'warn',
  held: 'warn',
  rejected_rows: 'warn',
  running: 'key',
  well: 'positive',
  new: 'neutral',
  unknown: 'neutral',
  paused: 'neutral',
}

/** How its runs are. */
export function HealthTag({ state }: { state: ListedState }) {
  return <Tag intent={INTENTS[state]}>{STATE_WORDS[state]}</Tag>
}
