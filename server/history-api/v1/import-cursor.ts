import type { ImportPlace } from '../../database/repositories/history-repository.ts'
import { ProblemError } from './problem-error.ts'

/** Where the next page goes on; it stays right while imports come and go. */
export function writeCursor({ startedAt, id }: ImportPlace): string {
  return `${startedAt}-${id}`
}

/** @throws ProblemError */
export function readCursor(cursor: string): ImportPlace {
  const [, startedAt, id] = /^(\d{1,16})-(\d{1,10})$/.exec(cursor) ?? []
  if (startedAt === undefined || Number(id) >= 2 ** 31 || Number(startedAt) > Number.MAX_SAFE_INTEGER) {
    throw new ProblemError(
      'bad_request',
      'The cursor is none: give the nextCursor of the page before, or leave it out.',
    )
  }
  return { startedAt: Number(startedAt), id: Number(id) }
}
