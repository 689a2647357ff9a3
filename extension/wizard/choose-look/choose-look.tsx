import { FieldText } from '@looker/components'
import React, { useEffect, useState } from 'react'
import { Notice } from '../../components/notice.tsx'
import { PageTitle } from '../../components/page.tsx'
import { Stack } from '../../components/panel.tsx'
import { Lead, SectionHeading } from '../../components/text.tsx'
import { useMe } from '../../looker/me.ts'
import { useLookSearch } from '../../looker/search-looks.ts'
import { DraftNotice } from './draft-notice.tsx'
import { LookList } from './look-list.tsx'

/** Typing pauses this long before Looker is asked. */
const PAUSE_MS = 300

/** Step 1: the analyst's own Looks first, then everybody's, each the most recently changed first. */
export function ChooseLook() {
  const [typed, setTyped] = useState('')
  const text = useSettled(typed)
  const me = useMe()
  const ownerId = me.data?.id ?? null
  const own = useLookSearch({ text, ownerId }, ownerId !== null)
  const all = useLookSearch({ text, ownerId: null })
  const ownFound = own.data?.pages.some((page) => page.looks.length > 0) ?? false

  return (
    <>
      <PageTitle>Choose a Look</PageTitle>
      <Lead>
        Each row of the Look is one user or one account. One column is the join key, which finds the user or
        account in Heap; every other column becomes a property.
      </Lead>
      <Stack gap={24}>
        <DraftNotice />
        <FieldText
          label="Search Looks by title"
          type="search"
          value={typed}
          placeholder="For example: customer lifetime value"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {me.isError && (
          <Notice intent="warn">Looker did not say who you are, so all Looks are in one list.</Notice>
        )}
        {ownFound && (
          <section aria-labelledby="own-looks">
            <SectionHeading id="own-looks">Your Looks</SectionHeading>
            <LookList search={own} label="Your Looks" text={text} />
          </section>
        )}
        <section aria-labelledby="all-looks">
          <SectionHeading id="all-looks">All Looks</SectionHeading>
          <LookList search={all} label="All Looks" text={text} />
        </section>
      </Stack>
    </>
  )
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
