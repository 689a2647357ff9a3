import { useCallback, useEffect, useRef, useState } from 'react'
import { useLooker } from '../looker/adaptor.tsx'
import { readStored, writeStored } from '../looker/local-storage.ts'
import type { Draft } from '../sync/draft.ts'
import { readDraft, writeDraft } from '../sync/draft.ts'
import type { DraftChange } from './draft-change.ts'
import { changed } from './draft-change.ts'

/**
 * A draft that survives a reload: every change is written at once.
 *
 * @param initial what it starts as; null while that is not known yet
 * @param edits the draft is of changes to a sync that exists, as `initial` has it
 */
export function useStoredDraft(name: string, initial: Draft | null, edits: boolean) {
  const { host } = useLooker()
  const [draft, setDraft] = useState<Draft | null>(null)
  const touched = useRef(false)
  const [stored, setStored] = useState<Promise<string | null> | null>(null)

  // Not only when the draft's beginning is known: each answer of Looker's page takes its time.
  useEffect(() => setStored(readStored(host, name)), [host, name])

  useEffect(() => {
    if (draft !== null || initial === null || stored === null) return
    let current = true
    stored.then((text) => {
      if (current) setDraft((known) => known ?? readDraft(text, edits ? initial : null) ?? initial)
    })
    return () => {
      current = false
    }
  }, [draft, edits, initial, stored])

  useEffect(() => {
    if (draft === null || !touched.current) return
    writeStored(host, name, writeDraft(draft, edits ? initial : null))
  }, [draft, edits, host, initial, name])

  const update = useCallback((change: DraftChange) => {
    touched.current = true
    setDraft((known) => (known === null ? known : changed(known, change)))
  }, [])

  const discard = useCallback(() => {
    touched.current = false
    writeStored(host, name, '')
  }, [host, name])

  const startOver = useCallback(() => {
    discard()
    setDraft(initial)
  }, [discard, initial])

  return { draft, update, discard, startOver }
}
