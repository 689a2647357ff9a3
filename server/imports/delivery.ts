import type { QueryWord } from '../../shared/looker-result/query-word.ts'
import type { SyncSettings } from '../../shared/settings/sync-settings.ts'

/** Looker calling `execute` once, with the form parameters checked. */
export type Delivery = {
  connectionId: number
  /** `x-looker-instance`; plan ids and Looks are unique only within one. */
  lookerInstance: string | null
  /** Of the URLs that came along; null: there were none. */
  lookerOrigin: string | null
  planId: string | null
  /** `look/42` or `query/9081`; null when Looker names neither. */
  source: string | null
  title: string | null
  settings: SyncSettings
  query: QueryWord
  rows: RowSource
  /** Origins that the rows may be downloaded from; unset: all of LOOKER_URL. */
  lookerOrigins?: readonly string[]
}

/** Where the rows of a delivery are. */
export type RowSource =
  /** Looker sent them along; `open` is called once. */
  | { kind: 'attachment'; open: () => AsyncIterable<Uint8Array> }
  /** They wait at a one-time URL. */
  | { kind: 'download'; url: string }
  | { kind: 'nowhere' }
