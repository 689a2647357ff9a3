import type { Connection } from '../database/repositories/connection-repository.ts'

/** May a Looker of this origin use the connection? */
export function isOwnOrigin(connection: Connection | null, origin: string): boolean {
  const origins = connection?.origins ?? null
  return origins === null || origins.includes(origin)
}
