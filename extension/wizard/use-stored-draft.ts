import { useCallback, useEffect, useRef, useState } from 'react'
import { useLooker } from '../looker/adaptor.tsx'
import { readStored, writeStored } from '../looker/local-storage.ts'
import type { Draft } from '../sync/draft.ts'
import { readDraft, writeDraft } from '../sync/draft.ts'

/**
 * A draft that survives a reload: every change is written at once.
 *
 * @param initial what it starts as; null while that is not known yet
 */
export function useStoredDraft(name: string, initial: Draft | null) {
  const { host } = useLooker()
  const [draft, setDraft] = useState<Draft | null>(null)
  const changed = useRef(false)

  useEffect(() => {
    if (draft !== null || initial === null) return
    let current = true
    readStored(host, name).then((text) => {
      if (current) setDraft((known) => known ?? readDraft(text) ?? initial)
    })
    return () => {
      current = false
    }
  }, [draft, host, initial, name])

  useEffect(() => {
    if (draft !== null && changed.current) writeStored(host, name, writeDraft(draft))
  }, [draft, host, name])

  const update = useCallback((change: Partial<Draft>) => {
    changed.current = true
    setDraft((known) => (known === null ? known : { ...known, ...change }))
  }, [])

  const discard = useCallback(() => {
    changed.current = false
    setDraft(initial)
    writeStored(host, name, '')
  }, [host, initial, name])

  return { draft, update, discard }
}
