import React from 'react'
import { Tag } from '../components/tag.tsx'
import type { SyncSummary } from '../sync/sync-summary.ts'

export function StateTag({ state }: { state: SyncSummary['state'] }) {
  return state === 'active' ? <Tag intent="positive">Active</Tag> : <Tag intent="warn">Paused</Tag>
}
