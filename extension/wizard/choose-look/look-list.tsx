import { ButtonOutline } from '@looker/components'
import React from 'react'
import { countOf } from '../../../shared/text/text-list.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorMessage } from '../../components/error-message.tsx'
import { Loading } from '../../components/loading.tsx'
import { Row, Stack } from '../../components/panel.tsx'
import { Muted } from '../../components/text.tsx'
import { useFocusOnMore } from '../../components/use-focus-on-more.ts'
import type { useLookSearch } from '../../looker/search-looks.ts'
import { LookTable } from './look-table.tsx'

/** The Looks found so far, and a button for the next page. */
export function LookList(props: { search: ReturnType<typeof useLookSearch>; label: string; text: string }) {
  const { search, label, text } = props
  const looks = search.data?.pages.flatMap((page) => page.looks) ?? []
  const { list, more } = useFocusOnMore<HTMLDivElement>(looks.length)
  if (search.isLoading) return <Loading>Looking for Looks</Loading>
  if (!search.data) return <ErrorMessage error={search.error} retry={() => search.refetch()} />

  if (looks.length === 0) {
    return text.trim() === '' ? (
      <EmptyState title="There are no Looks that you may see">
        Build one in an Explore and save it as a Look, or ask its owner for access to the folder.
      </EmptyState>
    ) : (
      <EmptyState title="No Look has this in its title">
        Try another word. The search looks at titles only.
      </EmptyState>
    )
  }
  return (
    <Stack gap={12}>
      <div ref={list}>
        <LookTable label={label} looks={looks} />
      </div>
      {search.isError && <ErrorMessage error={search.error} />}
      <Row>
        <Muted role="status">
          {search.hasNextPage ? `The first ${looks.length} Looks` : countOf(looks.length, 'Look')}
        </Muted>
        {search.hasNextPage && (
          <ButtonOutline
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
