import { once } from 'node:events'
import { connect } from 'node:tls'
import { listedAction } from '../../../../shared/set-up/listed-action.ts'
import type { Outcome } from '../finding.ts'
import { fine, notChecked, problem, warning } from '../finding.ts'
import { ANSWER_MS, call, callFault } from '../patient.ts'

/** A certificate that ends sooner than this is told of. */
const SOON_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1_000

const CERTIFICATE_FAULTS: Record<string, readonly [found: string, remedy: string]> = {
  CERT_HAS_EXPIRED: ['the certificate has expired', 'Renew it; a server such as Caddy does so by itself.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'the certificate is signed by itself',
    'Looker takes only those of a public authority: get one, as from Let’s Encrypt.',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'the certificate is of an authority that is not public',
    'Looker takes only those of a public authority: get one, as from Let’s Encrypt.',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'the chain of the certificate is not complete',
    'Let the web server send the certificates between yours and the authority’s as well ("full chain").',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'the certificate is for another name',
    'Get one for the host of PUBLIC_URL, or correct PUBLIC_URL.',
  ],
}

const NETWORK_FAULTS: Record<string, readonly [found: string, remedy: string]> = {
  ENOTFOUND: ['the name is not known', 'Correct the host of PUBLIC_URL, or enter it in DNS.'],
  EAI_AGAIN: ['the name cannot be looked up', 'Check DNS, and the host of PUBLIC_URL.'],
  ECONNREFUSED: [
    'nothing listens there',
    'Start the server and what stands before it; check port and host of PUBLIC_URL.',
  ],
  TIMEOUT: ['no answer in time', 'Open the firewall for this address, and check that the server runs.'],
}

/** Is it our server that answers at PUBLIC_URL? Both checks need only one call. */
export async function checkPublicUrl(
  url: string,
): Promise<{ public_url: Outcome; certificate: Outcome; answers: boolean }> {
  const { protocol, hostname } = new URL(url)
  const isSecure = protocol === 'https:'
  const plain = isLoopback(hostname)
    ? warning('http, on this machine', 'Good for trying only: Looker needs https.')
    : problem('http', 'Give PUBLIC_URL an https address: Looker takes no other.')
  try {
    // What stands before the server may keep its health from the world; the listing Looker needs.
    const answer = await call(`${url}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    const listed = listedAction(await answer.json().catch(() => null))
    return {
      public_url: listed === null ? somethingElse(answer.status) : knowsItself(url, listed),
      certificate: isSecure ? await remainingTime(url) : plain,
      answers: listed !== null,
    }
  } catch (error) {
    const code = callFault(error)
    const untrusted = CERTIFICATE_FAULTS[code]
    if (untrusted) {
      return {
        public_url: problem('no secure connection', 'See the certificate.'),
        certificate: problem(...untrusted),
        answers: false,
      }
    }
    const [found, remedy] = NETWORK_FAULTS[code] ?? [
      `no answer (${code})`,
      'Check the server, and what stands before it.',
    ]
    return {
      public_url: problem(`${url}: ${found}`, remedy),
      certificate: isSecure ? notChecked('nothing answers') : plain,
      answers: false,
    }
  }
}

function somethingElse(status: number): Outcome {
  return problem(
    `something else answers there (status ${status})`,
    'Let the web server before it pass all paths that Looker needs on to the action server, or correct PUBLIC_URL.',
  )
}

/** Looker calls the addresses of the listing, which the running server makes of its own PUBLIC_URL. */
function knowsItself(url: string, listed: string): Outcome {
  if (listed.startsWith(`${url}/`)) return fine(url)
  return problem(
    `the server takes itself for ${new URL(listed).origin}`,
    'Start it with this PUBLIC_URL, or set the one that it has here.',
  )
}

async function remainingTime(url: string): Promise<Outcome> {
  const { hostname, port } = new URL(url)
  const socket = connect({
    host: hostname,
    port: Number(port || 443),
    servername: hostname,
    timeout: ANSWER_MS,
  })
  try {
    await once(socket, 'secureConnect')
    const end = new Date(socket.getPeerCertificate().valid_to)
    const days = Math.floor((end.getTime() - Date.now()) / DAY_MS)
    const found = `good until ${end.toISOString().slice(0, 10)}`
    return days < SOON_DAYS ? warning(found, `It ends in ${days} days: renew it.`) : fine(found)
  } catch (error) {
    return problem(
      `could not be read (${callFault(error)})`,
      'Check the web server before the action server.',
    )
  } finally {
    socket.destroy()
  }
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
