import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { noticesOf } from './notices.ts'

const ROOT = join(import.meta.dirname, '..')

/** Name of the folder below `dist`. */
export const PROJECT_FOLDER = 'heap-data-import'

/** The bundles, by the names that the manifest has for them. */
export const BUNDLES = {
  'bundle.js': 'extension/main.tsx',
  'set-up.js': 'extension/set-up-main.tsx',
} as const

/**
 * Puts the LookML project together, ready to push: the manifest with the files that it names, and the licences.
 *
 * @param moduleIds of all bundles
 */
export async function writeProject(outDir: string, moduleIds: Iterable<string>): Promise<void> {
  const project = join(outDir, PROJECT_FOLDER)
  await rm(project, { recursive: true, force: true })
  await mkdir(join(project, 'dist'), { recursive: true })
  for (const bundle of Object.keys(BUNDLES)) await cp(join(outDir, bundle), join(project, 'dist', bundle))
  await cp(join(ROOT, 'manifest.lkml'), join(project, 'manifest.lkml'))
  await cp(join(ROOT, 'LICENSE'), join(project, 'LICENSE'))
  for (const file of ['heap_data_import.model.lkml', 'marketplace.json', 'README.md']) {
    await cp(join(ROOT, 'lookml', file), join(project, file))
  }
  await writeFile(join(project, 'NOTICES.txt'), await noticesOf(moduleIds))
}

/** The version of this release, which stands in package.json and nowhere else. */
export async function readVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return version
}
