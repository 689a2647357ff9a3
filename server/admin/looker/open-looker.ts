import { setTimeout as sleep } from 'node:timers/promises'
import type { Looker40SDK } from '@looker/sdk'
import { LookerNodeSDK, NodeSettings } from '@looker/sdk-node'
import type { SetUpApi } from '../../../shared/set-up/set-up-api.ts'
import { callLooker, SetUpRefusal, textOf } from '../../../shared/set-up/set-up-api.ts'
import { RefusedError } from '../admin-errors.ts'
import type { LookerSettings } from './looker-settings.ts'

/** Longest wait for one answer of Looker, in seconds: to register a hub Looker calls that in turn. */
const TIMEOUT_SECONDS = 60

export type LookerApi = SetUpApi & {
  sdk: Looker40SDK
  /** Origin of the instance, for people. */
  url: string
  close: () => Promise<void>
}

/** Logs in to Looker's API. @throws RefusedError that says whether it is the address or the key */
export async function openLooker(settings: LookerSettings): Promise<LookerApi> {
  const sdkSettings = new NodeSettings('LOOKERSDK', {
    base_url: settings.baseUrl,
    verify_ssl: settings.verifySsl,
    timeout: TIMEOUT_SECONDS,
  } as never)
  // The SDK would read the variables of this process anew, and ignores looker.ini there.
  sdkSettings.readConfig = () => ({ client_id: settings.clientId, client_secret: settings.clientSecret })
  // Without a signal version 21.6.4 of the SDK's runtime writes to the console, where our answers stand.
  Object.assign(sdkSettings, { signal: new AbortController().signal })
  const sdk = LookerNodeSDK.init40(sdkSettings)
  try {
    await sdk.authSession.login()
  } catch (error) {
    throw new RefusedError(await whyNoLogin(settings.baseUrl, error), { cause: error })
  }
  return {
    sdk,
    url: settings.baseUrl,
    call: (what, answer) => callLooker(what, Promise.race([answer, late(what)])),
    async close() {
      await sdk.authSession.logout().catch(() => undefined)
    },
  }
}

/** The SDK's own limit has no effect in that version. */
async function late(what: string): Promise<never> {
  await sleep(TIMEOUT_SECONDS * 1_000, undefined, { ref: false })
  throw new SetUpRefusal(`Looker did not ${what} within ${TIMEOUT_SECONDS} seconds.`)
}

async function whyNoLogin(baseUrl: string, error: unknown): Promise<string> {
  const answered = await fetch(`${baseUrl}/api/4.0/versions`, { signal: AbortSignal.timeout(10_000) }).then(
    () => true,
    () => false,
  )
  if (!answered) {
    return `Looker's API at ${baseUrl} does not answer: ${textOf(error)}. Check LOOKERSDK_BASE_URL; an older Looker has its API at port 19999.`
  }
  return `Looker at ${baseUrl} does not accept the API key. Check LOOKERSDK_CLIENT_ID and LOOKERSDK_CLIENT_SECRET; an admin makes a key under Admin > Users > Edit > Edit Keys.`
}
