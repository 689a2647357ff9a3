import { ButtonOutline } from '@looker/components'
import React from 'react'
import { countOf } from '../../../shared/text/text-list.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorMessage } from '../../components/error-message.tsx'
import { Loading } from '../../components/loading.tsx'
import { Row, Stack } from '../../components/panel.tsx'
import { Muted } from '../../components/text.tsx'
import { useFocusOnMore } from '../../components/use-focus-on-more.ts'
import type { LookSummary, useLookSearch } from '../../looker/search-looks.ts'
import { LookTable } from './look-table.tsx'

type Props = {
  search: ReturnType<typeof useLookSearch>
  label: string
  text: string
  chosenId: string | null
  onChoose: (look: Pick<LookSummary, 'id' | 'title'>) => void
  /** Leads from the analyst's own Looks to everybody's. */
  searchAll?: () => void
}

/** The Looks found so far, and a button for the next page. */
export function LookList({ search, label, text, chosenId, onChoose, searchAll }: Props) {
  const looks = search.data?.pages.flatMap((page) => page.looks) ?? []
  const { list, more } = useFocusOnMore<HTMLDivElement>(looks.length)
  if (search.isLoading) return <Loading>Looking for Looks</Loading>
  if (!search.data) return <ErrorMessage error={search.error} retry={() => search.refetch()} />

  if (looks.length === 0) {
    const action = searchAll && (
      <ButtonOutline type="button" onClick={searchAll}>
        Look among all
      </ButtonOutline>
    )
    return text.trim() === '' ? (
      <EmptyState
        title={searchAll ? 'You have no Looks' : 'There are no Looks that you may see'}
        action={action}
      >
        Build one in an Explore and save it as a Look, or ask its owner for access to the folder.
      </EmptyState>
    ) : (
      <EmptyState title="No Look has this in its title" action={action}>
        Try another word. The search looks at titles only.
      </EmptyState>
    )
  }
  return (
    <Stack gap={12}>
      <div ref={list}>
        <LookTable label={label} looks={looks} chosenId={chosenId} onChoose={onChoose} />
      </div>
      {search.isError && <ErrorMessage error={search.error} />}
      <Row>
        <Muted role="status">
          {search.hasNextPage ? `The first ${looks.length} Looks` : countOf(looks.length, 'Look')}
        </Muted>
        {search.hasNextPage && (
          <ButtonOutline
            type="button"
            size="small"
            disabled={search.isFetchingNextPage}
            onClick={() => {
              more()
              search.fetchNextPage()
            }}
          >
            Show more
          </ButtonOutline>
        )}
      </Row>
    </Stack>
  )
}
