import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ExtensionManifest } from './manifest/read-application.ts'
import type { ProjectManifest } from './manifest/read-manifest.ts'
import { readManifest } from './manifest/read-manifest.ts'

/** A LookML project with extensions: its manifest, read anew for every page, and its folder. */
export type ExtensionSource = {
  manifest: () => Promise<ProjectManifest>
  directory: string
  /** Names of the project's models: who may use one of them may use the extensions. */
  models: () => Promise<readonly string[]>
}

type ProjectOptions = {
  /** Constants that the admin overrides; known when the manifest is read. */
  constants?: () => Readonly<Record<string, string>>
  /** Models that the admin has made besides those in the folder. */
  models?: readonly string[]
}

const MODEL = /^(.+)\.model\.lkml$/

/** What a manifest makes Looker wonder is told once for each text, as a warning of the process. */
export function projectSource(
  manifestFile: string,
  { constants = () => ({}), models = [] }: ProjectOptions = {},
): ExtensionSource {
  const directory = path.dirname(manifestFile)
  const told = new Set<string>()

  function tell(warning: string): void {
    if (told.has(warning)) return
    told.add(warning)
    process.emitWarning(warning, 'ManifestWarning')
  }

  return {
    directory,
    async manifest() {
      const manifest = readManifest(await readFile(manifestFile, 'utf8'), constants())
      for (const warning of manifest.applications.flatMap(({ warnings }) => warnings)) tell(warning)
      return manifest
    },
    async models() {
      const found = (await readdir(directory)).map((name) => MODEL.exec(name)?.[1])
      return [...new Set([...models, ...found.filter((name) => name !== undefined)])]
    },
  }
}

/** @param extensionId `<project>::<application>` */
export async function findExtension(
  { manifest }: ExtensionSource,
  extensionId: string,
): Promise<ExtensionManifest | undefined> {
  const { applications } = await manifest()
  return applications.find((application) => application.extensionId === extensionId)
}
