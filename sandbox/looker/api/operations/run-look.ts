import { setTimeout as delay } from 'node:timers/promises'
import { JSON_DETAIL_ROWS } from '../../delivering/result-head.ts'
import { writeResult } from '../../delivering/write-result.ts'
import type { Look } from '../../look.ts'
import { rowLimitOf } from '../../look-query.ts'
import { LookerApiError } from '../api-error.ts'
import { demand } from '../demand.ts'
import { lookForUser } from '../looks/development-mode.ts'
import { resultRows } from '../looks/result-rows.ts'
import type { ApiCall, Operation } from '../operation.ts'
import { booleanParameter, numberParameter, pathParameter, TextResult } from '../operation.ts'
import { findLook } from './look.ts'

/** Runs a Look at once. A failed query is an answer like any other: status 200 with the errors in it. */
export const runLook: Operation = {
  name: 'run_look',
  verb: 'GET',
  path: '/looks/{look_id}/run/{result_format}',
  async handle(call): Promise<TextResult> {
    demand(call, 'explore')
    const production = booleanParameter(call, 'force_production') ?? false
    const look = lookForUser(findLook(call).look, call.user, production)
    const format = pathParameter(call, 'result_format')
    if (format !== 'json' && format !== 'json_detail') {
      throw new LookerApiError(400, `The stand-in does not write ${format}`)
    }
    const limit = rowLimit(call, look)
    if (format === 'json') return new TextResult('application/json', await writeJson(look, limit))
    return new TextResult('application/json', await writeDetail(look, Math.min(limit, JSON_DETAIL_ROWS)))
  },
}

/** The call's limit may override the Look's; -1 is none. */
function rowLimit(call: ApiCall, look: Look): number {
  const limit = numberParameter(call, 'limit') ?? rowLimitOf(look)
  return limit < 0 ? Number.POSITIVE_INFINITY : limit
}

async function writeDetail(look: Look, limit: number): Promise<string> {
  // The answer is needed as a whole, so the pauses between its pieces only cost time.
  const quick = look.slow ? { ...look, slow: { ...look.slow, pauseMilliseconds: 0 } } : look
  let text = ''
  for await (const piece of writeResult(quick, { format: 'json_detail', rowLimit: limit })) text += piece
  return text
}

async function writeJson(look: Look, limit: number): Promise<string> {
  if (look.slow) await delay(look.slow.firstByteSeconds * 1000)
  const [error] = look.errors ?? []
  // Nothing in this format but rows: users report that the error stands in one.
  if (error) return JSON.stringify([{ looker_error: `SQL ERROR: ${error.message_details}` }])
  return `[${[...resultRows(look, limit)].join(',')}]`
}
