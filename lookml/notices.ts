import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

type Package = { name: string; version: string; license: string; texts: string[] }

/** Files of a package that hold what has to be handed on. */
const LEGAL = /^(licen[cs]e|copying|notice)([.-].*)?$/i

/** The folder of the package that a module is of; null for a module of ours, or of the bundler. */
export function packageOf(moduleId: string): string | null {
  const path = moduleId.replace(/^\0/, '').split('?')[0] ?? ''
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null
}

/**
 * The licences of all packages that modules are of, as a text.
 *
 * @throws Error for a package without a licence: such a one may not be handed on
 */
export async function noticesOf(moduleIds: Iterable<string>): Promise<string> {
  const folders = new Set([...moduleIds].map(packageOf).filter((folder) => folder !== null))
  const packages = await Promise.all([...folders].map(readPackage))
  const byName = new Map(packages.map((found) => [`${found.name} ${found.version}`, found]))
  const sorted = [...byName.entries()].sort(([one], [other]) => (one < other ? -1 : 1))
  const head = `This project holds ${sorted.length} libraries of others, under these licences.\n`
  return `${[head, ...sorted.map(([title, found]) => section(title, found))].join(`\n${'-'.repeat(80)}\n\n`)}`
}

function section(title: string, { license, texts }: Package): string {
  const text =
    texts.length > 0
      ? texts.join('\n\n')
      : 'The package has no text of its licence; its package.json names it.'
  return `${title} (${license})\n\n${text.trim()}\n`
}

async function readPackage(folder: string): Promise<Package> {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  ) as Record<string, unknown>
  if (typeof license !== 'string' || license === '') throw new Error(`${folder} has no licence`)
  const files = (await readdir(folder)).filter((file) => LEGAL.test(file)).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return { name: String(name), version: String(version), license, texts }
}
