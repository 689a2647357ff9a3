import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { Fault } from './heap-faults.ts'

/** What a request is answered with when all is well, or refused with. */
export type Answer = { status: number; contentType: string; body: string }

/** Has Heap taken the entities of a valid request that this befalls? */
export function isStored(fault: Fault | null): boolean {
  switch (fault?.kind) {
    case 'answer':
      return fault.stored ?? false
    case 'reset':
    case 'hang':
      return fault.stored
    case 'poison_keys':
    case 'poison_values':
    case 'too_large':
      return false
    default:
      return true
  }
}

/** Will a patient client learn that Heap has taken the entities? */
export function isTold(fault: Fault | null): boolean {
  if (fault?.kind === 'answer') return fault.status < 300
  return fault === null || fault.kind === 'slow_body'
}

/** The answer of a fault that only says something else, or null for one that breaks the connection. */
export function faultyAnswer(fault: Fault, refusal: string): Answer | null {
  if (fault.kind === 'answer') {
    return { status: fault.status, contentType: fault.contentType ?? 'text/plain', body: fault.body ?? '' }
  }
  if (fault.kind === 'too_large') {
    return { status: 413, contentType: 'text/html', body: '<h1>413 Request Entity Too Large</h1>' }
  }
  if (fault.kind === 'poison_keys' || fault.kind === 'poison_values') {
    const status = fault.kind === 'poison_keys' ? (fault.status ?? 400) : 400
    return { status, contentType: 'text/plain', body: refusal }
  }
  return null
}

/** Headers that a fault adds to its answer. */
export function faultyHeaders(fault: Fault | null): Record<string, string> {
  if (fault?.kind !== 'answer') return {}
  const { retryAfter, location } = fault
  const headers: Record<string, string> = {}
  if (location !== undefined) headers.location = location
  if (retryAfter === undefined) return headers
  if ('text' in retryAfter) headers['retry-after'] = retryAfter.text
  else if (retryAfter.as === 'seconds') headers['retry-after'] = String(retryAfter.seconds)
  else headers['retry-after'] = new Date(Date.now() + retryAfter.seconds * 1000).toUTCString()
  return headers
}

/** Does to the connection what the fault says; `answer` is what would have been answered. */
export async function breakConnection(reply: FastifyReply, fault: Fault, answer: Answer): Promise<void> {
  const { raw } = reply.hijack()
  const body = Buffer.from(answer.body)
  if (fault.kind === 'reset') {
    raw.socket?.resetAndDestroy()
  } else if (fault.kind === 'cut') {
    if (!fault.chunked) raw.setHeader('content-length', body.length)
    raw.writeHead(answer.status, { 'content-type': answer.contentType })
    raw.write(body.subarray(0, body.length - 1), () => raw.destroy())
  } else if (fault.kind === 'slow_body') {
    raw.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': body.length })
    raw.flushHeaders()
    for (const byte of body) {
      await sleep(fault.ms)
      if (raw.destroyed) return
      raw.write(Uint8Array.of(byte))
    }
    raw.end()
  }
}
