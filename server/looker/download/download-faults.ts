import { errorCode } from '../../../shared/error-code.ts'
import { LookerError } from '../looker-error.ts'

/** All in milliseconds. */
export type DownloadTimeouts = {
  /** Name resolution, TCP and TLS together. */
  connectMs: number
  firstByteMs: number
  /** Between two pieces of the result; the time in which we do not read does not count. */
  idleMs: number
}

const ASK = "Ask the server's administrator to check the connection, and send the Look again."

/**
 * Turns what the HTTP client throws into what the analyst needs to know. Its own messages name addresses, so
 * none of them is kept.
 *
 * @param inBody had the result begun?
 */
export function describeFailure(
  error: unknown,
  origin: string,
  timeouts: DownloadTimeouts,
  inBody: boolean,
): LookerError {
  if (error instanceof LookerError) return error
  const code = errorCode(error)
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      if (inBody) break
      return new LookerError(
        `Looker could not be reached at ${origin} within ${duration(timeouts.connectMs)}. ${ASK}`,
      )
    case 'UND_ERR_HEADERS_TIMEOUT':
      return new LookerError(
        `Looker did not begin to send the result within ${duration(timeouts.firstByteMs)}. Make the Look's query faster, and send it again.`,
      )
    case 'UND_ERR_BODY_TIMEOUT':
      return new LookerError(
        `Looker stopped in the middle of the result and sent nothing more for ${duration(timeouts.idleMs)}. Send the Look again.`,
      )
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new LookerError(`The host name of ${origin} cannot be found. ${ASK}`)
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new LookerError(`Looker could not be reached at ${origin}. ${ASK}`)
  }
  if (!inBody && /CERT|SIGNATURE|SSL|TLS/.test(code)) {
    return new LookerError(
      `The certificate of ${origin} is not trusted (${code}). If Looker uses a private certificate authority, the server's administrator can add it with NODE_EXTRA_CA_CERTS.`,
    )
  }
  return new LookerError(
    inBody
      ? 'The connection to Looker broke in the middle of the result. Send the Look again.'
      : `The connection to ${origin} broke before the result began. Send the Look again.`,
  )
}

export function cancelled(): LookerError {
  return new LookerError('The download from Looker was cancelled. Send the Look again.')
}

/** What a status other than 200 means for the analyst. */
export function describeStatus(status: number): LookerError {
  if (status === 404 || status === 410) {
    return new LookerError(
      `The download address was already used or has expired (status ${status}). Send the Look again.`,
    )
  }
  if (status === 401 || status === 403) {
    return new LookerError(
      `Looker refused to hand over the result (status ${status}). Send the Look again; if it fails again, ask a Looker administrator.`,
    )
  }
  return new LookerError(
    `Looker answered the download with status ${status} instead of the result. Send the Look again; if it fails again, open the Look to see whether it runs.`,
  )
}

function duration(milliseconds: number): string {
  const minutes = milliseconds / 60_000
  return minutes >= 1 ? `${Math.round(minutes)} minutes` : `${milliseconds / 1000} seconds`
}
