import { useMemo } from 'react'
import type { ActionKind } from './action-kind.ts'
import type { HeapAction } from './heap-actions.ts'
import { useHeapActions } from './heap-actions.ts'

/** What the action of a destination is; `gone`: Looker has no such action any more. */
export type TargetKind = ActionKind | { kind: 'gone' }

export type KindOf = (actionId: string) => TargetKind

export function kindLookup(actions: readonly HeapAction[]): KindOf {
  return (actionId) => actions.find(({ id }) => id === actionId)?.is ?? { kind: 'gone' }
}

/** Null while Looker is asked. */
export function useKindOf(): KindOf | null {
  const { data, error, isError } = useHeapActions()
  return useMemo(() => {
    if (data) return kindLookup(data)
    return isError ? () => ({ kind: 'failed', error }) : null
  }, [data, error, isError])
}
