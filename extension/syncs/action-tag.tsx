import React from 'react'
import type { TargetKind } from '../actions/kind-lookup.ts'
import { Tag } from '../components/tag.tsx'

const TEXTS: Record<TargetKind['kind'], string | null> = {
  ours: null,
  outdated: 'Server outdated',
  heap_own: "Heap's own action",
  unknown: 'Unknown action',
  failed: 'Action not reached',
  gone: 'Action gone',
}

/** Says what is wrong with the action of a sync; nothing when it is ours. */
export function ActionTag({ action }: { action: TargetKind }) {
  const text = TEXTS[action.kind]
  return text === null ? null : <Tag intent="critical">{text}</Tag>
}
