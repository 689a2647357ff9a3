import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import { MAX_SPOOL_BYTES } from './looker/spool/spool-budget.ts'

/** What a caller may take of time (in milliseconds) and room (in bytes). */
export type HttpLimits = {
  /** From the first to the last byte of the headers. */
  headersMs: number
  /** For a whole request, whoever sends it. Push bodies of Looker may be large and slow. */
  requestMs: number
  /** Of a connection on which neither side says anything; a waiting Looker gets newlines. */
  silenceMs: number
  /** Between two pieces of a body that is read. */
  bodySilenceMs: number
  /** For a body that goes on after the answer, before the connection is cut. */
  lingerMs: number
  /** An execute call with the data that Looker sent along. */
  executeBytes: number
  /** Any other call. */
  bodyBytes: number
  /** How often the limits of headers and requests are looked after. */
  checkMs: number
  /** Open at once; others are closed before anything is read of them. */
  connections: number
  /** Of a request, with its address. */
  headerBytes: number
}

export const HTTP_LIMITS: HttpLimits = {
  headersMs: 20_000,
  requestMs: 60 * 60_000,
  silenceMs: 2 * 60_000,
  bodySilenceMs: 60_000,
  lingerMs: 5_000,
  executeBytes: MAX_SPOOL_BYTES,
  bodyBytes: 1024 ** 2,
  checkMs: 5_000,
  connections: 2_000,
  headerBytes: 16 * 1024,
}

/** For the answers that are given before any plugin sees the request. */
const BARE_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  connection: 'close',
}

/** The options of the HTTP server that hold its limits, and how it answers what is no proper request. */
export function httpOptions(limits: HttpLimits) {
  return {
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.silenceMs,
    http: {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      maxHeaderSize: limits.headerBytes,
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerFrameworkError,
  } satisfies FastifyServerOptions & { http: object }
}

const CLIENT_ERRORS: Record<string, [status: number, text: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large.'],
}

function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const [status, text] = CLIENT_ERRORS[error.code ?? ''] ?? [400, 'This is not a valid HTTP request.']
  const body = JSON.stringify({ success: false, error: text })
  const headers = { ...BARE_HEADERS, 'content-length': String(body.length) }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  if (socket.writable) {
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`)
  }
  socket.destroy(error)
}

function answerFrameworkError(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  reply.code(400).headers(BARE_HEADERS).send({ success: false, error: 'This address is not valid.' })
}
