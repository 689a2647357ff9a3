import type { ILookWithQuery } from '@looker/sdk'
import type { Look } from '../../look.ts'
import { lookQuery } from '../../look-query.ts'
import { between } from '../../sample-values.ts'
import type { LookerUser } from '../users.ts'
import { displayName } from '../users.ts'
import { GENERATED_LOOKS, generatedLook } from './generated-looks.ts'

/** A Look as the API describes it, and what its query returns. */
export type StoredLook = { view: ILookWithQuery; look: Look }

export type LookLibrary = {
  all: () => readonly StoredLook[]
  find: (id: string) => StoredLook | undefined
}

const FOLDERS = ['Shared', 'Marketing', 'Sales', 'Product', 'Finance', 'Data science'] as const

/** Where the samples are. */
const HEAP_FOLDER = 'Heap samples'

const DAY = 86_400_000

/** @param generated how many Looks there are besides the samples */
export function createLookLibrary(
  samples: readonly Look[],
  users: readonly LookerUser[],
  generated = GENERATED_LOOKS,
  now = Date.now(),
): LookLibrary {
  const stored = samples.map((look, index) => store(look, index, HEAP_FOLDER, users[index % 2], now))
  const byId = new Map(stored.map((entry) => [entry.look.id, entry]))
  let complete = generated === 0

  /** Those made up come last, and only when somebody looks for them: most tests never do. */
  function addGenerated(): void {
    complete = true
    for (let number = 1; number <= generated; number += 1) {
      const folder = FOLDERS[between(0, FOLDERS.length - 1, number * 17)] ?? 'Shared'
      const daysAgo = between(20, 900, number * 29)
      const entry = store(generatedLook(number), daysAgo, folder, users[number % users.length], now)
      stored.push(entry)
      byId.set(entry.look.id, entry)
    }
  }

  return {
    all() {
      if (!complete) addGenerated()
      return stored
    },
    find(id) {
      if (!byId.has(id) && !complete) addGenerated()
      return byId.get(id)
    },
  }
}

function store(
  look: Look,
  daysAgo: number,
  folder: string,
  owner: LookerUser | undefined,
  now: number,
): StoredLook {
  const folderId = String([HEAP_FOLDER, ...FOLDERS].indexOf(folder) + 2)
  const updated = new Date(now - daysAgo * DAY)
  const viewCount = between(0, 4_000, Number(look.id) * 7)
  const view: ILookWithQuery = {
    id: look.id,
    title: look.title,
    description: look.explanation,
    user_id: owner?.id ?? null,
    user_name: owner ? displayName(owner) : null,
    last_updater_id: owner?.id ?? null,
    content_metadata_id: `5${look.id}`,
    content_favorite_id: null,
    created_at: new Date(updated.getTime() - 90 * DAY),
    updated_at: updated,
    last_accessed_at: updated,
    last_viewed_at: updated,
    deleted: false,
    deleted_at: null,
    deleter_id: null,
    favorite_count: 0,
    is_run_on_load: true,
    model: { id: 'crm', label: 'CRM' },
    public: false,
    query_id: `90${look.id}`,
    folder: { id: folderId, name: folder, parent_id: '0' },
    folder_id: folderId,
    short_url: `/looks/${look.id}`,
    view_count: viewCount,
    can: { show: true, index: true, run: true, download: true, schedule: true },
    query: lookQuery(look),
    url: `/looks/${look.id}`,
  }
  return { view, look }
}
