import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readAnswer } from '../../looker/action/action-answer.ts'
import { createActionClient } from '../../looker/action/action-client.ts'
import { startRecord } from '../../looker/delivering/delivery-record.ts'
import { executePayload } from '../../looker/delivering/execute-payload.ts'
import { lookQuery } from '../../looker/look-query.ts'
import type { BenchLook } from '../looks/bench-look.ts'
import { JOIN_KEY_LABEL, lookOf } from '../looks/bench-look.ts'
import { resultBytes } from '../looks/result-bytes.ts'

/** A delivery that Looker is asked for. */
export type BenchDelivery = {
  actionUrl: string
  look: BenchLook
  /** Deliveries of one plan are of one sync. */
  planId: string
  environmentId: string
  /** Form parameters besides those that every delivery has. */
  params: Record<string, string>
}

/** What came of it. */
export type BenchAnswer = { status: 'success' | 'failure'; message: string; milliseconds: number }

const ALL_RESULTS = -1

/**
 * Looker for benchmarks: it calls execute and hands out the rows, from bytes that are ready. Every delivery's
 * download works as often as it is asked for, at `/rows/<number>`.
 */
export function createBenchLooker(token: string) {
  const offered: BenchLook[] = []
  let origin = ''
  const client = createActionClient({ token })

  function send(look: BenchLook | undefined, response: ServerResponse): void {
    if (!look) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/json' })
    // That the reader left early shows in what it answers.
    pipeline(Readable.from(resultBytes(look)), response).catch(() => response.destroy())
  }

  const server = createServer((request, response) => {
    send(offered[Number(request.url?.split('/').at(-1))], response)
  })

  /** @returns the URL of the rows */
  function offer(look: BenchLook): string {
    return `${origin}/rows/${offered.push(look) - 1}`
  }

  return {
    offer,
    /** @returns the origin */
    async listen(): Promise<string> {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      return origin
    },

    /** Calls execute and waits for the answer, as Looker does. Rejects when there is none. */
    async deliver({ actionUrl, look, planId, environmentId, params }: BenchDelivery): Promise<BenchAnswer> {
      const formParams = {
        env_id: environmentId,
        property_type: 'user',
        heap_field: JOIN_KEY_LABEL,
        match_by: 'identity',
        ...params,
      }
      const described = lookOf(look, planId)
      const record = startRecord({
        id: 1,
        planId,
        planName: null,
        trigger: 'send',
        lookId: planId,
        lookTitle: described.title,
        mode: 'url',
        format: 'json_detail_lite_stream',
        formParams,
      })
      const query = lookQuery(described, ALL_RESULTS)
      const payload = executePayload(described, record, { origin, query, rows: { downloadUrl: offer(look) } })
      const url = `${actionUrl}/actions/heap/execute`
      const start = performance.now()
      const { status, body } = await client.postJson(url, payload)
      const milliseconds = performance.now() - start
      return { ...readAnswer(url, status, body), milliseconds }
    },
  }
}
