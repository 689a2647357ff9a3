import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Entry = {
  version?: string
  license?: string
  dev?: boolean
  devOptional?: boolean
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}
export type Lock = { packages: Record<string, Entry> }

const HEAD = `Looker Data Import for Heap is under the MIT licence, see LICENSE. It is made with the packages below, each under a
licence of its own; the text of a licence, and whose copyright it is, stand in the folder of the package. Made by
node sandbox/release/notice.ts from package-lock.json: do not edit.
`

/** All packages that the server is installed with, and those that the extension's bundle may hold parts of. */
export function collectNotices(lock: Lock, extension: string): string {
  const server = Object.keys(lock.packages).filter((path) => {
    const entry = lock.packages[path]
    return path.startsWith('node_modules/') && !entry?.dev && !entry?.devOptional
  })
  const bundle = closure(lock, importedPackages(extension))
  return [
    HEAD,
    'The server is installed with:\n',
    ...lines(lock, server),
    "\nThe extension's bundle is made from:\n",
    ...lines(lock, bundle),
  ].join('\n')
}

function lines(lock: Lock, paths: readonly string[]): string[] {
  const notices = paths.map((path) => {
    const { version = '', license } = lock.packages[path] ?? {}
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (license === undefined) throw new Error(`package-lock.json has no licence of ${name}`)
    return `${name} ${version}: ${license}`
  })
  return [...new Set(notices)].sort()
}

/** The packages that files of a folder import, tests aside. */
function importedPackages(folder: string): string[] {
  const names = new Set<string>()
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || /\.test\.|testing/.test(file)) continue
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, specifier = ''] of text.matchAll(/(?:from|import) '([^'.][^']*)'/g)) {
      if (specifier.startsWith('node:')) continue
      const parts = specifier.split('/')
      names.add(specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? ''))
    }
  }
  return [...names]
}

/** These packages and all that they need, as paths of the lock file. */
function closure(lock: Lock, names: readonly string[]): string[] {
  const found = new Set<string>()
  const open = names.map((name) => ({ name, from: '' }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const path = resolvePath(lock, next.name, next.from)
    if (path === undefined || found.has(path)) continue
    found.add(path)
    const { dependencies, peerDependencies, optionalDependencies } = lock.packages[path] ?? {}
    for (const name of Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies })) {
      open.push({ name, from: path })
    }
  }
  return [...found]
}

/** As Node finds a package: in the folder of who asks, then further up. */
function resolvePath(lock: Lock, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (path in lock.packages) return path
    if (folder === '') return undefined
  }
}
