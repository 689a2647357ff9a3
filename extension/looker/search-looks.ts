import type { ILook } from '@looker/sdk'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'
import { toDate } from './to-date.ts'

/** A Look as the list shows it. */
export type LookSummary = {
  id: string
  title: string
  description: string | null
  folder: string | null
  owner: string | null
  ownerId: string | null
  updatedAt: Date | null
}

export type LookSearch = {
  /** Part of the title; empty for all. */
  text: string
  /** Only the Looks of this user. */
  ownerId: string | null
}

export type LookPage = { looks: LookSummary[]; nextOffset: number | null }

export const LOOKS_PER_PAGE = 20

const FIELDS = 'id,title,description,folder(name),user_id,user_name,updated_at'

/** One page of Looks, the most recently changed first. One more than a page is asked for, to know if more exist. */
export async function searchLooks(sdk: LookerSdk, search: LookSearch, offset: number): Promise<LookPage> {
  const text = search.text.trim()
  const found = await callLooker(() =>
    sdk.search_looks({
      ...(text === '' ? {} : { title: `%${escapePattern(text)}%` }),
      ...(search.ownerId === null ? {} : { user_id: search.ownerId }),
      fields: FIELDS,
      sorts: 'updated_at desc',
      limit: LOOKS_PER_PAGE + 1,
      offset,
    }),
  )
  const looks = found.slice(0, LOOKS_PER_PAGE).map(toSummary)
  return { looks, nextOffset: found.length > LOOKS_PER_PAGE ? offset + LOOKS_PER_PAGE : null }
}

/** In Looker's search `%` and `_` are wildcards. */
function escapePattern(text: string): string {
  return text.replace(/[%_]/g, '_')
}

function toSummary(look: ILook): LookSummary {
  return {
    id: look.id ?? '',
    title: look.title?.trim() || 'Untitled Look',
    description: look.description?.trim() || null,
    folder: look.folder?.name ?? null,
    owner: look.user_name ?? null,
    ownerId: look.user_id ?? null,
    updatedAt: toDate(look.updated_at),
  }
}

/** A search as the cache knows it, with its first page and those that were asked for. */
export function lookSearchQuery(sdk: LookerSdk, search: LookSearch) {
  return {
    queryKey: ['looks', search],
    queryFn: ({ pageParam }: { pageParam?: number }) => searchLooks(sdk, search, pageParam ?? 0),
    getNextPageParam: (page: LookPage) => page.nextOffset ?? undefined,
  }
}

export function useLookSearch(search: LookSearch, enabled = true) {
  const { sdk } = useLooker()
  return useInfiniteQuery({ ...lookSearchQuery(sdk, search), keepPreviousData: true, enabled })
}
