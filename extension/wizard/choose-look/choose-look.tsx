import { FieldText } from '@looker/components'
import React, { useEffect, useRef, useState } from 'react'
import styled from 'styled-components'
import { Notice } from '../../components/notice.tsx'
import { Row, Stack } from '../../components/panel.tsx'
import { useSettled } from '../../components/use-settled.ts'
import { useMe } from '../../looker/me.ts'
import { useLookSearch } from '../../looker/search-looks.ts'
import { useSample } from '../../sample/use-sample.ts'
import { withLook } from '../../sync/draft.ts'
import { StepForm } from '../step-form.tsx'
import { useWizard } from '../wizard-context.ts'
import { DraftNotice } from './draft-notice.tsx'
import { LookList } from './look-list.tsx'
import { LookPreview } from './look-preview.tsx'
import type { Scope } from './scope-field.tsx'
import { ScopeField } from './scope-field.tsx'

/** The preview stays in view while the list scrolls with the page. */
const Columns = styled.div`
  align-items: start;
  display: grid;
  gap: 24px;
  grid-template-columns: minmax(0, 11fr) minmax(0, 9fr);

  > :last-child {
    position: sticky;
    top: 16px;
  }
  @media (max-width: 800px) {
    grid-template-columns: minmax(0, 1fr);
    > :last-child {
      order: -1;
      position: static;
    }
  }
`

/** Step 1: the analyst's own Looks or everybody's, the most recently changed first, and what the chosen one holds. */
export function ChooseLook() {
  const { draft, update, goTo } = useWizard()
  const [typed, setTyped] = useState('')
  const text = useSettled(typed)
  const [scope, setScope] = useState<Scope | null>(null)
  const [look, setLook] = useState(draft.look)
  const me = useMe()
  const ownerId = me.data?.id ?? null
  const own = useLookSearch({ text, ownerId }, ownerId !== null)
  const all = useLookSearch({ text, ownerId: null })
  const sample = useSample(look?.id ?? null)
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => search.current?.focus({ preventScroll: true }), [])

  // Decided once, by what there is before anything is typed: the list must not change under the pointer.
  const ownCount = own.data?.pages[0]?.looks.length
  const unknown = me.isError || own.isError
  if (scope === null && (ownCount !== undefined || unknown)) setScope(ownCount ? 'mine' : 'all')
  const shown = scope === 'all' || unknown ? all : own

  return (
    <StepForm
      step="look"
      title="Choose a Look"
      lead="Each row of the Look is one user or one account. One column is the join key, which finds it in Heap; every other column becomes a property."
      errors={look === null ? ['Choose a Look.'] : []}
      blocked={sample.isError}
      focus={false}
      onNext={() => {
        if (look === null) return
        update(withLook(draft, look))
        goTo('map')
      }}
    >
      {() => (
        <Stack gap={16}>
          <DraftNotice onStartOver={() => setLook(null)} />
          <Row gap={24} style={{ alignItems: 'flex-end' }}>
            <FieldText
              ref={search}
              label="Search Looks by title"
              type="search"
              width="360px"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            {!me.isError && <ScopeField value={scope} onChange={setScope} />}
          </Row>
          {me.isError && (
            <Notice intent="warn">Looker did not say who you are, so all Looks are in one list.</Notice>
          )}
          <Columns>
            <LookList
              search={shown}
              label={shown === own ? 'Your Looks' : 'All Looks'}
              text={text}
              chosenId={look?.id ?? null}
              onChoose={setLook}
              {...(shown === own ? { searchAll: () => setScope('all') } : {})}
            />
            <LookPreview look={look} />
          </Columns>
        </Stack>
      )}
    </StepForm>
  )
}
