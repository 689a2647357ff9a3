import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import * as http from 'node:http'
import * as https from 'node:https'

export type ActionClientOptions = {
  token?: string | undefined
  /** Sent as `x-looker-instance`. */
  instanceId?: string
  /** Longest wait for an answer. How long Looker waits is unknown; its reference hub gives up after an hour. */
  answerSeconds?: number
}

type ActionAnswer = { status: number; body: string; keepAlives: number }

export type ActionClient = {
  /** Posts without a body, as Looker asks for a listing. */
  postNothing: (url: string) => Promise<ActionAnswer>
  postJson: (url: string, json: unknown) => Promise<ActionAnswer>
}

/**
 * Calls an action hub with Looker's headers. Bodies are always chunked (documented), the empty one too: that
 * is why this is Node's own client, as undici gives an empty body a length.
 */
export function createActionClient(options: ActionClientOptions): ActionClient {
  const { token, instanceId = 'sandbox-instance', answerSeconds = 3600 } = options

  async function post(url: string, text: string): Promise<ActionAnswer> {
    const { request } = url.startsWith('https:') ? https : http
    const outgoing = request(url, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        'transfer-encoding': 'chunked',
        'user-agent': 'LookerOutgoingWebhook/26.12',
        'x-looker-instance': instanceId,
        'x-looker-webhook-id': randomBytes(16).toString('hex'),
        ...(token === undefined ? {} : { authorization: `Token token="${token}"` }),
      },
      signal: AbortSignal.timeout(answerSeconds * 1000),
    })
    const answered = once(outgoing, 'response')
    outgoing.end(text)
    const [answer] = (await answered) as [IncomingMessage]
    return { status: answer.statusCode ?? 0, ...(await readAnswerText(answer)) }
  }

  return {
    postNothing: (url) => post(url, ''),
    postJson: (url, json) => post(url, JSON.stringify(json)),
  }
}

async function readAnswerText(answer: IncomingMessage): Promise<{ body: string; keepAlives: number }> {
  let body = ''
  answer.setEncoding('utf8')
  for await (const piece of answer) body += piece
  // Counted in characters, as a busy machine reads two pieces as one.
  return { body, keepAlives: body.length - body.trimStart().length }
}
