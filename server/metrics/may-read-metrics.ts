import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import { findSecret } from '../connections/find-secret.ts'
import { readBearer } from '../connections/token.ts'

/** What a proxy adds to a call that it hands on. */
const HANDED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via', 'x-real-ip']

/**
 * May the caller read the metrics, which tell environments and amounts? With METRICS_TOKEN who presents it; without,
 * programs on this machine that call directly.
 */
export function mayReadMetrics({ headers, socket }: FastifyRequest, tokens: readonly string[]): boolean {
  if (tokens.length > 0) return findSecret(tokens, readBearer(headers.authorization))
  return isThisMachine(socket.remoteAddress) && HANDED_ON.every((name) => headers[name] === undefined)
}

function isThisMachine(address: string | undefined): boolean {
  return address !== undefined && ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}
