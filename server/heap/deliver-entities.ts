import type { RejectionReason } from '../../shared/import-counts.ts'
import { formatCount } from '../../shared/text-list.ts'
import type { BatchSize } from './batch-size.ts'
import type { FailedAnswer } from './heap-answer.ts'
import type { HeapClient } from './heap-client.ts'
import type { HeapTarget } from './heap-target.ts'
import type { Range } from './split-lines.ts'
import { firstPart, halves, MAX_LINE_BYTES } from './split-lines.ts'

export type RejectedEntity = {
  /** Into `lines`. */
  index: number
  reason: Extract<RejectionReason, 'heap_refused' | 'row_too_large'>
  /** Heap's HTTP status; null: it was never sent. */
  status: number | null
  /** What Heap said, never empty. */
  text: string
}

/** `delivered + rejected.length + pending.length` is the number of lines. */
export type Delivery = {
  /** Lines in requests that Heap answered with a whole 2xx. */
  delivered: number
  /** In ascending order. */
  rejected: RejectedEntity[]
  /**
   * Indices of the lines that are still to be delivered. Those of the request that failed come last: should
   * one of them be why it fails, it does not hold up the others.
   */
  pending: number[]
  /** Why not all lines were tried: Heap cannot be reached for now, or the server stops; null: out of turn. */
  failure: FailedAnswer | null
  /** Lines in the request that failed, if its size may be why: the next try had better start with less. */
  suspects: number | null
  /** Heap turned the requests away whatever was in them; set when the rest was rejected for it. */
  denied: { status: number; text: string } | null
  /** Of 100 lines or more Heap refused every single one: it hardly are the rows that are wrong. */
  everyRowRefused: boolean
  requests: number
}

export type DeliveryOptions = {
  client: Pick<HeapClient, 'send'>
  target: HeapTarget
  /** From `createEntityWriter`, any number. */
  lines: readonly string[]
  /** Of the environment; told of every outcome. */
  batchSize: BatchSize
  /** Most lines of the first request, as more have failed before; it doubles with every one Heap takes. */
  firstSize?: number
  /** After so many milliseconds it ends when it can without repeating requests: others get their turn. */
  turnMs?: number
  signal?: AbortSignal
}

const ENOUGH_TO_JUDGE = 100

const NOTHING_LEFT = { pending: [], failure: null, denied: null, suspects: null }

/**
 * Delivers entities to Heap, one request after the other. Refused and too large requests are halved until
 * only the guilty entities are rejected. At the first transient failure it stops, so that the caller can
 * wait; an upsert that is sent again does no harm. Coming back with half of what failed as `firstSize` finds
 * an entity that Heap always fails at, while all others arrive.
 */
export async function deliverEntities(options: DeliveryOptions): Promise<Delivery> {
  const { client, target, lines, batchSize, signal, turnMs = Number.POSITIVE_INFINITY } = options
  const sizes = lines.map((line) => Buffer.byteLength(line))
  const rejected: RejectedEntity[] = []
  const delivery = { delivered: 0, requests: 0 }
  const begin = performance.now()
  let mostLines = Math.max(1, options.firstSize ?? Number.POSITIVE_INFINITY)
  const left: Range[] = [{ from: 0, to: lines.length }]

  function finish(outcome: Partial<Pick<Delivery, 'pending' | 'failure' | 'denied' | 'suspects'>>): Delivery {
    const refused = rejected.filter(({ reason }) => reason === 'heap_refused').length
    const everyRowRefused =
      lines.length >= ENOUGH_TO_JUDGE && refused === lines.length && outcome.denied === undefined
    return { ...delivery, rejected, ...NOTHING_LEFT, everyRowRefused, ...outcome }
  }

  for (let range = left.pop(); range; range = left.pop()) {
    // Not in the middle of halving, which would begin anew.
    if (left.length === 0 && delivery.requests > 0 && performance.now() - begin >= turnMs) {
      return finish({ pending: indices(range) })
    }
    const part = firstPart(range, sizes, Math.min(batchSize.current(), mostLines))
    if (part.to < range.to) left.push({ from: part.to, to: range.to })
    const size = part.to - part.from
    if (size === 0) continue
    if (size === 1 && (sizes[part.from] ?? 0) > MAX_LINE_BYTES) {
      const text = `Larger than ${formatCount(MAX_LINE_BYTES)} bytes`
      rejected.push({ index: part.from, reason: 'row_too_large', status: null, text })
      continue
    }
    delivery.requests += 1
    const answer = await client.send(target, lines.slice(part.from, part.to), signal)
    if (answer.kind === 'accepted') {
      delivery.delivered += size
      mostLines *= 2
      batchSize.onSuccess(size)
    } else if (answer.kind === 'failed') {
      const isSuspect = isSizeSuspect(answer)
      if (isSuspect) batchSize.onFailure(size)
      const pending = [...left.reverse(), part].flatMap(indices)
      return finish({ pending, failure: answer, suspects: isSuspect ? size : null })
    } else if (answer.kind === 'denied') {
      const denied = { status: answer.status, text: `HTTP ${answer.status} ${answer.text}`.trim() }
      for (const index of [part, ...left.reverse()].flatMap(indices)) {
        rejected.push({ index, reason: 'heap_refused', ...denied })
      }
      return finish({ denied })
    } else {
      if (answer.kind === 'too_large') batchSize.onTooLarge(size)
      if (size > 1) {
        left.push(...halves(part).reverse())
      } else {
        const reason = answer.kind === 'too_large' ? 'row_too_large' : 'heap_refused'
        const text = answer.text || `HTTP ${answer.status}`
        rejected.push({ index: part.from, reason, status: answer.status, text })
      }
    }
  }
  return finish({})
}

function indices({ from, to }: Range): number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset)
}

/** Could a smaller request have passed? Throttling and a stop of ours have nothing to do with the size. */
function isSizeSuspect({ cause, status }: FailedAnswer): boolean {
  return cause !== 'aborted' && status !== 429 && status !== 425
}
