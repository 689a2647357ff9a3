import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ExtensionSource } from '../extension-source.ts'
import type { Bundle } from '../manifest/read-application.ts'

/** What lies beside a bundle; texts are UTF-8 (Looker's own Data Dictionary needs that). */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

type ProjectFile = { content: Buffer; contentType: string }

/**
 * Reads the bundle of an extension or what lies beside or below it: Looker loads chunks without a word in
 * the manifest (README of its kitchensink). Nothing else of the project is served.
 */
export async function readProjectFile(
  { manifest, directory }: ExtensionSource,
  file: string,
): Promise<ProjectFile | undefined> {
  const wanted = path.resolve(directory, file)
  const contentType = CONTENT_TYPES[path.extname(wanted).toLowerCase()]
  if (!contentType) return undefined
  const { applications } = await manifest()
  const isServed = applications.some(({ bundle }) => isBeside(bundle, directory, wanted))
  if (!isServed) return undefined
  const content = await readFile(wanted).catch(() => undefined)
  return content && { content, contentType }
}

function isBeside(bundle: Bundle, directory: string, wanted: string): boolean {
  if (bundle.kind !== 'file') return false
  return wanted.startsWith(path.dirname(path.resolve(directory, bundle.file)) + path.sep)
}
