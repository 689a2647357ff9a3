import { useQuery } from '@tanstack/react-query'
import type { Visualization } from '../../shared/looker-result/visualization.ts'
import { readVisualization } from '../../shared/looker-result/visualization.ts'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

/** A Look with what its query says of the rows and columns of a delivery. */
export type LookDetails = {
  id: string
  title: string
  folder: string | null
  /** LookML model, whose datagroups can trigger a sync. */
  model: string | null
  /** The Look's own row limit; null when it has none. */
  rowLimit: number | null
  /** What is hidden in it: it is delivered, and not imported or remarked. */
  visualization: Visualization
  /** IANA name or null. */
  timezone: string | null
  /** Name of its owner, who may change it. */
  owner: string | null
  /**
   * Whether Looker says that the user may schedule it; null when it says nothing. What else a delivery to an
   * action takes is said only when the schedule is made.
   */
  maySchedule: boolean | null
}

const FIELDS = 'id,title,user_name,can,folder(name),query(model,limit,vis_config,query_timezone)'

export async function fetchLook(sdk: LookerSdk, id: string): Promise<LookDetails> {
  const look = await callLooker(() => sdk.look(id, FIELDS))
  const limit = Number(look.query?.limit ?? Number.NaN)
  return {
    id: look.id ?? id,
    title: look.title?.trim() || 'Untitled Look',
    folder: look.folder?.name ?? null,
    model: look.query?.model ?? null,
    rowLimit: limit > 0 ? limit : null,
    visualization: readVisualization(look.query?.vis_config),
    timezone: look.query?.query_timezone || null,
    owner: look.user_name ?? null,
    maySchedule: look.can?.schedule ?? null,
  }
}

export function useLook(id: string | null) {
  const { sdk } = useLooker()
  return useQuery(['look', id], () => fetchLook(sdk, id ?? ''), { enabled: id !== null && id !== '' })
}
