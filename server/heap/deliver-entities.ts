import { setTimeout as sleep } from 'node:timers/promises'
import { MAX_ENTITIES_PER_REQUEST } from '../../shared/heap-limits.ts'
import type { RejectionReason } from '../../shared/report/import-counts.ts'
import { formatCount } from '../../shared/text/text-list.ts'
import type { FailedAnswer } from './answers/heap-answer.ts'
import { failureVerdict } from './answers/heap-answer.ts'
import type { EntityLines } from './entity-lines.ts'
import type { HeapClient, HeapExchange } from './heap-client.ts'
import type { HeapTarget } from './heap-target.ts'
import type { BatchSize } from './pace/batch-size.ts'
import type { Range } from './split-lines.ts'
import { firstPart, halves, MAX_LINE_BYTES, toRanges } from './split-lines.ts'

type RejectedEntity = {
  /** Into `lines`. */
  index: number
  reason: Extract<RejectionReason, 'heap_refused' | 'row_too_large'>
  /** Heap's HTTP status: one that judges rows; null: it was never sent. */
  status: number | null
  /** What Heap said, never empty. */
  text: string
}

/** What became of lines. `delivered + rejected.length + pending.length` is their number. */
export type SendOutcome = {
  /** Lines in requests that Heap answered with a whole 2xx. */
  delivered: number
  /** In ascending order. */
  rejected: RejectedEntity[]
  /**
   * Indices of the lines that are still to be delivered. Those of the request that failed come last: should
   * one of them be why it fails, it does not hold up the others.
   */
  pending: number[]
  /** Sizes of the ranges into which refusals have split `pending`, in its order. */
  parts: number[]
  /** Most lines that the next request had better have; null: as many as usual. */
  nextSize: number | null
  /** Why not all lines were tried: Heap does not take them for now, or the server stops; null: out of turn. */
  failure: FailedAnswer | null
  /** Lines in the request that failed, if what is in it may be why. */
  suspects: number | null
  requests: number
  /** Requests by which Heap took rows or judged them. */
  answered: number
}

type DeliveryOptions = {
  client: Pick<HeapClient, 'send'>
  target: HeapTarget
  /** Any number. */
  lines: EntityLines
  /** Of the environment; told of every outcome. */
  batchSize: BatchSize
  /** `parts` of the turn before. */
  parts?: readonly number[]
  /** `nextSize` of the turn before; it doubles with every request Heap takes. */
  firstSize?: number | null
  /**
   * A passing failure right after a good answer is a hiccup: after at most so many milliseconds it goes on, with
   * half of what failed. Unset: it ends at the first failure.
   */
  hiccupMs?: number
  /** After so many milliseconds it ends: others get their turn. */
  turnMs?: number
  signal?: AbortSignal
  /** Is shown every request, and its answer. */
  observe?: ((exchange: HeapExchange) => void) | undefined
}

/**
 * Delivers entities to Heap, one request after the other. Refused and too large requests are halved until
 * only the guilty entities are rejected. At a failure that says nothing of rows it stops, unless it is a mere
 * hiccup, so that the caller can wait; an upsert that is sent again does no harm. Coming back with the outcome's `parts` and
 * `nextSize` goes on with the halving, and finds an entity that Heap always fails at, while all others arrive.
 */
export async function deliverEntities(options: DeliveryOptions): Promise<SendOutcome> {
  const { client, target, lines, batchSize, signal, hiccupMs, turnMs = Number.POSITIVE_INFINITY } = options
  const rejected: RejectedEntity[] = []
  const counts = { delivered: 0, requests: 0, answered: 0 }
  const begin = performance.now()
  let isAnswered = false
  let mostLines = options.firstSize ?? Number.POSITIVE_INFINITY
  /** The next one last. */
  const left = toRanges(options.parts ?? [], lines.count).reverse()

  /** @param waiting groups of ranges: each group is one part, tried in this order */
  function finish(
    waiting: readonly Range[][],
    failure: FailedAnswer | null,
    suspects: number | null,
  ): SendOutcome {
    const most = suspects === null ? mostLines : Math.max(1, Math.floor(suspects / 2))
    return {
      ...counts,
      rejected,
      pending: waiting.flat().flatMap(indices),
      parts: waiting.map((part) => part.reduce((sum, range) => sum + sizeOf(range), 0)),
      nextSize: most < MAX_ENTITIES_PER_REQUEST ? most : null,
      failure,
      suspects,
    }
  }

  for (let range = left.pop(); range; range = left.pop()) {
    if (counts.requests > 0 && performance.now() - begin >= turnMs) {
      return finish(
        [range, ...left.reverse()].map((part) => [part]),
        null,
        null,
      )
    }
    const most = Math.min(batchSize.current(), mostLines)
    const part = fitsOneRequest(range, lines, most) ? range : firstPart(range, lines.size, most)
    const rest = { from: part.to, to: range.to }
    const size = sizeOf(part)
    if (size === 1 && lines.size(part.from) > MAX_LINE_BYTES) {
      const text = `Larger than ${formatCount(MAX_LINE_BYTES)} bytes`
      rejected.push({ index: part.from, reason: 'row_too_large', status: null, text })
      if (sizeOf(rest) > 0) left.push(rest)
      continue
    }
    counts.requests += 1
    const answer = await client.send(target, lines.part(part.from, part.to), signal, options.observe)
    if (answer.kind === 'failed') {
      const { halves: halving, shrinks, judges } = failureVerdict(answer)
      if (shrinks) batchSize.onFailure(size)
      const isHiccup = isAnswered && judges === 'moment' && halving !== 'never' && !answer.retryAfterMs
      isAnswered = false
      if (isHiccup && hiccupMs !== undefined) {
        left.push(range)
        mostLines = Math.max(1, Math.floor(size / 2))
        await sleep(Math.random() * hiccupMs, undefined, { signal }).catch(() => undefined)
        continue
      }
      const others = left.reverse().map((other) => [other])
      return finish([...others, [rest, part]], answer, halving === 'never' ? null : size)
    }
    counts.answered += 1
    isAnswered = true
    if (sizeOf(rest) > 0) left.push(rest)
    if (answer.kind === 'accepted') {
      counts.delivered += size
      mostLines *= 2
      batchSize.onSuccess(size)
      continue
    }
    if (answer.kind === 'too_large') batchSize.onTooLarge(size)
    if (size > 1) {
      left.push(...halves(part).reverse())
      continue
    }
    const reason = answer.kind === 'too_large' ? 'row_too_large' : 'heap_refused'
    const text = answer.text || `HTTP ${answer.status}`
    rejected.push({ index: part.from, reason, status: answer.status, text })
  }
  return finish([], null, null)
}

/** Most batches do, and then nobody needs to know where their lines begin. */
function fitsOneRequest(range: Range, { count, bytes }: EntityLines, most: number): boolean {
  return sizeOf(range) === count && count <= most && bytes.length <= MAX_LINE_BYTES
}

function sizeOf({ from, to }: Range): number {
  return to - from
}

function indices({ from, to }: Range): number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset)
}
