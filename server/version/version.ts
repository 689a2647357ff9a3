import { readFileSync } from 'node:fs'
import { isRecord } from '../../shared/is-record.ts'

const PACKAGE = new URL('../../package.json', import.meta.url)

/** The version of this release; it stands in package.json and nowhere else. */
export const VERSION = readVersion()

function readVersion(): string {
  const read: unknown = JSON.parse(readFileSync(PACKAGE, 'utf8'))
  if (isRecord(read) && typeof read.version === 'string') return read.version
  throw new Error('package.json has no version')
}
