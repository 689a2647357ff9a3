import React, { useEffect, useState } from 'react'
import { useParams } from 'react-router-dom'
import { Loading } from '../components/loading.tsx'
import { Page } from '../components/page.tsx'
import { useLooker } from '../looker/adaptor.tsx'
import type { Draft } from '../sync/draft.ts'
import { emptyDraft, withSyncId } from '../sync/draft.ts'
import { useEarlyLooks } from './choose-look/use-early-looks.ts'
import { readEnvironmentId } from './environment-memory.ts'
import { useStoredDraft } from './use-stored-draft.ts'
import { WizardFrame } from './wizard-frame.tsx'

/** The wizard for a sync that does not exist yet. */
export function NewSync() {
  const { host } = useLooker()
  const { step } = useParams<{ step: string }>()
  const [initial, setInitial] = useState<Draft | null>(null)
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    readEnvironmentId(host).then((environmentId) =>
      setInitial(withSyncId({ ...emptyDraft(timeZone), environmentId })),
    )
  }, [host])

  const { draft, ...rest } = useStoredDraft('draft', initial, false)
  useEarlyLooks(draft === null && step === 'look')
  if (draft === null) {
    return (
      <Page>
        <Loading>Opening your draft</Loading>
      </Page>
    )
  }
  return <WizardFrame planId={null} draft={draft} saved={null} {...rest} />
}
