import type { Config } from '../../../config.ts'
import type { Outside } from '../../command.ts'
import { readLookerSettings } from '../../looker/looker-settings.ts'
import type { LookerApi } from '../../looker/open-looker.ts'
import { demandPublicUrl, readConfig } from '../../read-config.ts'
import { recordFile } from '../../set-up/set-up-record.ts'

/** What both `setup` and `teardown` work with. */
export type SetUpSite = { api: LookerApi; config: Config; serverUrl: string; file: string }

/** Opens Looker's API for some work. @throws RefusedError */
export async function* withLooker(
  { environment }: Outside,
  work: (site: SetUpSite) => AsyncGenerator<string>,
): AsyncGenerator<string> {
  const config = await readConfig(environment)
  const serverUrl = demandPublicUrl(config)
  const settings = await readLookerSettings(environment)
  // Looker's SDK is large, and no other command needs it.
  const { openLooker } = await import('../../looker/open-looker.ts')
  const api = await openLooker(settings)
  try {
    yield* work({ api, config, serverUrl, file: recordFile(config.dataDirectory) })
  } finally {
    await api.close()
  }
}
