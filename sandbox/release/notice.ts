import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { collectNotices } from './collect-notices.ts'

// `node sandbox/release/notice.ts` writes NOTICE anew; a test tells when that is due.

export const NOTICE = join(import.meta.dirname, '../../NOTICE')

/** What NOTICE has to hold, from package-lock.json and what the extension imports. */
export function noticeText(): string {
  const lock = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')
  return collectNotices(JSON.parse(lock), join(import.meta.dirname, '../../extension'))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(NOTICE, noticeText())
