import type { FastifyReply } from 'fastify'
import type { Html } from './html.ts'

export function sendHtml(reply: FastifyReply, { markup }: Html): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(markup)
}
