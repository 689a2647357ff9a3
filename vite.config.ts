import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { InlineConfig, Plugin, ResolvedConfig } from 'vite'
import { build as buildBundle, defineConfig } from 'vite'
import { BUNDLES, readVersion, writeProject } from './lookml/write-project.ts'

/** What the bundler says of those re-exports, and of `use client` in libraries. */
const EXPECTED = new Set(['SHIMMED_EXPORT', 'MODULE_LEVEL_DIRECTIVE'])

/**
 * Builds the extension as Looker loads it: one classic script for each application, without imports, CSS files or
 * further chunks; and the LookML project around them. The frame's charset is unknown, so the scripts are ASCII only.
 */
export default defineConfig(async () => {
  const version = JSON.stringify(await readVersion())
  const moduleIds = new Set<string>()
  const [first, ...others] = Object.entries(BUNDLES).map(([file, input]) =>
    configOf(file, input, version, moduleIds),
  )
  return { ...first, plugins: [...(first?.plugins ?? []), afterwards(others, moduleIds)] }
})

function configOf(file: string, input: string, version: string, moduleIds: Set<string>): InlineConfig {
  return {
    define: { 'process.env.NODE_ENV': JSON.stringify('production'), __VERSION__: version },
    oxc: { jsx: { runtime: 'classic' } },
    plugins: [collectModules(moduleIds), printSize(file)],
    resolve: {
      alias: [
        // Every browser that Looker supports has promises; the polyfill of @looker/chatty would only weigh.
        { find: 'es6-promise/auto', replacement: instead('no-polyfill.ts') },
        { find: 'temporal-polyfill', replacement: instead('native-temporal.ts') },
        // @looker/components translates its few texts with i18next and dates of all languages: 17 KB for English.
        { find: /^(?:@looker\/i18n|i18next)$/, replacement: instead('looker-i18n.ts') },
        // The same: the extension shows no calendar of @looker/components, so its dates need no language.
        { find: 'date-fns/locale/en-US', replacement: instead('no-polyfill.ts') },
        // @looker/components-providers puts fonts into the head with it, which the theme does not have: 5 KB.
        { find: 'react-helmet-async', replacement: instead('no-helmet.tsx') },
        // @looker/extension-sdk compares Looker's version with `>=21.7` and the like, no more: 6 KB.
        { find: 'semver/ranges/intersects', replacement: instead('looker-version.ts') },
        // @looker/components uses some thirty functions of lodash; their successors weigh 5 KB less.
        { find: /^lodash\/(\w+)$/, replacement: 'es-toolkit/compat/$1' },
      ],
    },
    build: {
      target: 'es2022',
      outDir: 'dist',
      copyPublicDir: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input,
        // @looker/components 5.0.3 and @looker/sdk re-export TypeScript types from their JavaScript.
        shimMissingExports: true,
        onLog: (level, log, print) => {
          if (!EXPECTED.has(log.code ?? '')) print(level, log)
        },
        output: { format: 'iife', entryFileNames: file, charset: 'ascii' },
      },
    },
  }
}

/** A file of ours that takes the place of a library's. */
function instead(file: string): string {
  return join(import.meta.dirname, 'extension/instead', file)
}

/** One build makes one classic script, so that the other bundles are built after it, and then the project. */
function afterwards(others: readonly InlineConfig[], moduleIds: Set<string>): Plugin {
  let config: ResolvedConfig | undefined
  return {
    name: 'build-the-rest',
    configResolved: (resolved) => {
      config = resolved
    },
    async closeBundle() {
      if (!config) return
      const { root, logLevel = 'info' } = config
      const outDir = resolve(root, config.build.outDir)
      for (const other of others) {
        const build = { ...other.build, outDir, emptyOutDir: false }
        await buildBundle({ ...other, build, root, logLevel, configFile: false })
      }
      await writeProject(outDir, moduleIds)
    },
  }
}

/** Whose licences have to be told: of what is in a bundle, after what is not used was left out. */
function collectModules(moduleIds: Set<string>): Plugin {
  return {
    name: 'collect-modules',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') for (const id of chunk.moduleIds) moduleIds.add(id)
      }
    },
  }
}

function printSize(file: string): Plugin {
  let outDir = 'dist'
  return {
    name: 'print-size',
    configResolved: (config) => {
      outDir = config.build.outDir
    },
    async closeBundle() {
      const script = await readFile(join(outDir, file))
      const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`
      process.stdout.write(
        `${file}: ${kilobytes(script.length)}, ${kilobytes(gzipSync(script).length)} gzip\n`,
      )
    },
  }
}
