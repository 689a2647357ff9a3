import { statfs } from 'node:fs/promises'
import { readLookerState } from '../../../shared/set-up/looker-state.ts'
import type { Config } from '../../config.ts'
import { readLookerSettings } from '../looker/looker-settings.ts'
import { readConfig } from '../read-config.ts'
import { checkAction } from './checks/action.ts'
import { checkAddressAttribute, checkSecretAttribute } from './checks/attributes.ts'
import { checkClock } from './checks/clock.ts'
import { checkSecret, checkToken } from './checks/credentials.ts'
import { checkDatabase } from './checks/database.ts'
import { checkDelivery } from './checks/delivery.ts'
import { checkDisk } from './checks/disk.ts'
import { checkHeap } from './checks/heap.ts'
import { checkProject, checkRoles } from './checks/project.ts'
import { checkPublicUrl } from './checks/public-url.ts'
import { checkReady } from './checks/ready.ts'
import { checkVersions } from './checks/versions.ts'
import type { CheckId, Finding, Outcome } from './finding.ts'
import { CHECKS, fine, notChecked, problem } from './finding.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Outcomes = Partial<Record<CheckId, Outcome>>

/** Any environment takes a dry run where the server names none. */
const ANY_ENVIRONMENT = '1'

/** What cannot be made scarce in a test. */
export type Probes = { freeBytes: (directory: string) => Promise<number> }

export const PROBES: Probes = {
  async freeBytes(directory) {
    const { bavail, bsize } = await statfs(directory)
    return bavail * bsize
  },
}

/** Looks at everything between Looker and Heap, from here and, by its own test call, from Looker. */
export async function diagnose(environment: Environment, probes: Probes = PROBES): Promise<Finding[]> {
  const config = await readConfig(environment).catch((error: Error) => error)
  const outcomes: Outcomes =
    config instanceof Error
      ? { settings: problem(config.message, 'Correct the setting that it names.') }
      : { settings: fine('understood'), ...(await checkAll(config, environment, probes)) }
  return (Object.keys(CHECKS) as CheckId[]).map((id) => ({
    id,
    ...(outcomes[id] ?? notChecked('depends on what is wrong above')),
  }))
}

async function checkAll(config: Config, environment: Environment, probes: Probes): Promise<Outcomes> {
  const { publicUrl: url } = config
  const here = {
    database: await checkDatabase(config),
    disk: await diskOf(config, probes),
    heap: await checkHeap(config),
  }
  if (url === undefined) {
    const missing = problem(
      'PUBLIC_URL is not set',
      'Set it: the https address where Looker reaches the server.',
    )
    return { ...here, public_url: missing }
  }
  const [server, looker] = await Promise.all([checkServer(config, url), checkLooker(environment, url)])
  const { answers, ...outcomes } = server
  const others = [looker.address, 'https://heapanalytics.com'].filter((other) => other !== null)
  const clock = answers ? { clock: await checkClock(url, others) } : {}
  return { ...here, ...outcomes, ...looker.outcomes, ...clock }
}

async function diskOf({ databaseUrl, dataDirectory }: Config, { freeBytes }: Probes): Promise<Outcome> {
  if (databaseUrl !== undefined) return checkDisk(null)
  const free = await freeBytes(dataDirectory).catch(() => null)
  return free === null ? notChecked('DATA_DIR is not there') : checkDisk(free)
}

async function checkServer(config: Config, url: string): Promise<Outcomes & { answers: boolean }> {
  const { answers, ...reached } = await checkPublicUrl(url)
  if (!answers) return { ...reached, answers }
  const token = config.tokens.action[0]
  const { outcome, accessToken } = await checkSecret(url, config.tokens.extension[0])
  const tokenOutcome = await checkToken(url, token)
  const environmentId = config.heapEnvironments?.[0]?.id ?? ANY_ENVIRONMENT
  return {
    ...reached,
    answers,
    ready: await checkReady(url),
    token: tokenOutcome,
    secret: outcome,
    delivery:
      tokenOutcome.state === 'problem'
        ? notChecked('it needs the right token')
        : await checkDelivery(url, token, environmentId),
    versions: await checkVersions(url, accessToken),
  }
}

async function checkLooker(
  environment: Environment,
  serverUrl: string,
): Promise<{ outcomes: Outcomes; address: string | null }> {
  let address: string | null = null
  try {
    const settings = await readLookerSettings(environment)
    address = `${settings.baseUrl}/api/4.0/versions`
    const { openLooker } = await import('../looker/open-looker.ts')
    const api = await openLooker(settings)
    try {
      const state = await readLookerState(api, serverUrl)
      return {
        address,
        outcomes: {
          looker: fine(`${api.url}, as ${state.user}`),
          ...(await checkAction(api, state, serverUrl)),
          secret_attribute: checkSecretAttribute(state, serverUrl),
          address_attribute: checkAddressAttribute(state, serverUrl),
          project: checkProject(state, serverUrl),
          roles: checkRoles(state, serverUrl),
        },
      }
    } finally {
      await api.close()
    }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const [found = text, ...rest] = text.split('. ')
    return { address, outcomes: { looker: problem(found, rest.join('. ') || 'Try again.') } }
  }
}
