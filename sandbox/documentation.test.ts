import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { EnvironmentSchema } from '../server/config.ts'
import { HTTP_LIMITS } from '../server/http-limits.ts'
import { formFields } from '../shared/settings/sync-settings.ts'

const ROOT = join(import.meta.dirname, '..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** The cells of the table row that begins with this code, of all tables of the README. */
function rowOf(name: string): string[] {
  const line = README.split('\n').find((text) => text.startsWith('|') && text.includes(`\`${name}\``))
  expect(line, `${name} stands in a table of the README`).toBeDefined()
  return line!
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8')

  test('has links that lead to files', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!)
    const dead = links.filter(
      (target) => !/^https?:/.test(target) && !existsSync(join(ROOT, dirname(document), target)),
    )
    expect(dead).toEqual([])
  })

  test('names commands that exist', () => {
    const names = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!)
    expect(names.filter((name) => !(name in packageJson.scripts))).toEqual([])
  })
})

test('the README has every setting with its default', () => {
  for (const [name, schema] of Object.entries(EnvironmentSchema.properties)) {
    const [names = '', defaults = ''] = rowOf(name)
    const value = 'default' in schema ? String(schema.default) : undefined
    if (value === undefined) continue
    const place = names.split(',').findIndex((entry) => entry.includes(`\`${name}\``))
    expect(defaults.replaceAll('`', '').split(', ')[place], name).toBe(value)
  }
})

test('the README has every form parameter under its label', () => {
  for (const field of formFields({ property_type: 'user' })) {
    expect(rowOf(field.name)[0], field.name).toBe(field.label.replace(/ \(optional\)$|, in percent$/, ''))
  }
})

test('the README says how large a pushed body may be', () => {
  expect(README).toContain(`${HTTP_LIMITS.executeBytes / 1024 ** 3} GB a pushed body`)
})
