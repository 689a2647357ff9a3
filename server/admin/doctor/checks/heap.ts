import type { Config } from '../../../config.ts'
import { heapUrlOf } from '../../../config.ts'
import { regionOfUrl } from '../../../heap/regions.ts'
import type { Outcome } from '../finding.ts'
import { fine, problem, warning } from '../finding.ts'
import { call, callFault } from '../patient.ts'

/**
 * Is Heap there, in the region of each environment? Nothing is sent to it: Heap tells of no environment whether
 * it is the right one.
 */
export async function checkHeap(config: Config): Promise<Outcome> {
  const ids = config.heapEnvironments?.map(({ id }) => id) ?? ['']
  const urls = [...new Set(ids.map((id) => heapUrlOf(config, id)))]
  for (const url of urls) {
    const answer = await call(url, { method: 'HEAD' }).catch((error: unknown) => callFault(error))
    if (typeof answer === 'string') {
      return problem(
        `${url} does not answer (${answer})`,
        'Let the server reach this address: firewall, proxy, DNS; or correct HEAP_API_URL.',
      )
    }
    if (answer.status >= 500) {
      return problem(
        `${url} answers ${answer.status}`,
        'Wait, and look at status.heap.io; or correct HEAP_API_URL.',
      )
    }
  }
  const foreign = urls.find((url) => regionOfUrl(url) === undefined)
  if (foreign !== undefined) {
    return warning(
      `${foreign} is no host of Heap's`,
      'Fine for a proxy or for trying; else leave HEAP_API_URL unset.',
    )
  }
  const regions = urls.map((url) => (regionOfUrl(url) ?? '').toUpperCase()).join(' and ')
  if (config.heapEnvironments !== null)
    return fine(`${regions}, for ${config.heapEnvironments.length} environments`)
  return config.heapApiUrl === undefined
    ? warning(
        'US is assumed, for any environment',
        'Name the environments that may be written: HEAP_ENVIRONMENTS.',
      )
    : fine(regions)
}
