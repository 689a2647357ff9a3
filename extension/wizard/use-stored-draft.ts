import { useCallback, useEffect, useRef, useState } from 'react'
import { useLooker } from '../looker/adaptor.tsx'
import { readStored, writeStored } from '../looker/local-storage.ts'
import type { Draft } from '../sync/draft.ts'
import { readDraft, writeDraft } from '../sync/draft.ts'

/**
 * A draft that survives a reload: every change is written at once.
 *
 * @param initial what it starts as; null while that is not known yet
 * @param edits the draft is of changes to a sync that exists, as `initial` has it
 */
export function useStoredDraft(name: string, initial: Draft | null, edits: boolean) {
  const { host } = useLooker()
  const [draft, setDraft] = useState<Draft | null>(null)
  const changed = useRef(false)

  useEffect(() => {
    if (draft !== null || initial === null) return
    let current = true
    readStored(host, name).then((text) => {
      if (current) setDraft((known) => known ?? readDraft(text, edits ? initial : null) ?? initial)
    })
    return () => {
      current = false
    }
  }, [draft, edits, host, initial, name])

  useEffect(() => {
    if (draft === null || !changed.current) return
    writeStored(host, name, writeDraft(draft, edits ? initial : null))
  }, [draft, edits, host, initial, name])

  const update = useCallback((change: Partial<Draft>) => {
    changed.current = true
    setDraft((known) => (known === null ? known : { ...known, ...change }))
  }, [])

  const discard = useCallback(() => {
    changed.current = false
    writeStored(host, name, '')
  }, [host, name])

  const startOver = useCallback(() => {
    discard()
    setDraft(initial)
  }, [discard, initial])

  return { draft, update, discard, startOver }
}
