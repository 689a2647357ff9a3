import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CHUNK_TEXT } from '../fixture/build-fixture.ts'
import { hostFixture } from './host-fixture.ts'

const host = hostFixture()

const ELSEWHERE = 'test-project::second-app'

/** Where the frames' documents are, as the page has it. */
async function filesUrl(): Promise<string> {
  const frame = await host.open()
  return `${new URL(frame.url()).origin}/files`
}

describe.each([
  ['file of the project', 'test-project::test-app'],
  ['URL whose server says nothing of the charset', ELSEWHERE],
])('a bundle that is a %s', (_what, id) => {
  it('is read as UTF-8', async () => {
    expect(host.fixture.script).toContain('Zürich – 東京')
    const frame = await host.open('/', '/extensions', id)
    expect(await host.inside(frame, ({ text }) => text.charCodeAt(1))).toBe('ü'.charCodeAt(0))
    expect(await host.inside(frame, ({ text }) => text)).toBe('Zürich – 東京')
  })

  it('loads the chunks that lie beside it', async () => {
    const frame = await host.open('/a/route/below', '/extensions', id)
    expect(await host.inside(frame, ({ loadChunk }) => loadChunk('chunk.js'))).toBe(CHUNK_TEXT)
    const outside = `${host.backend.origin}/outside.js`
    expect(await host.refusal(frame, ({ loadChunk }, url) => loadChunk(url ?? ''), outside)).toContain(
      'is not loaded',
    )
  })
})

describe('the files of a project', () => {
  it('are served only as far as a bundle may need them', async () => {
    const files = await filesUrl()
    const bundle = await fetch(`${files}/bundle.js`)
    expect(bundle.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(bundle.headers.has('access-control-allow-origin')).toBe(false)
    for (const path of ['manifest.lkml', 'none.js', '..%2fpackage.json', '%2e%2e/%2e%2e/etc/passwd']) {
      expect((await fetch(`${files}/${path}`)).status, path).toBe(404)
    }
  })

  it('are those in the folder of the bundle', async () => {
    const { write } = host.fixture
    await write('notes.json', '{}')
    const files = await filesUrl()
    expect((await fetch(`${files}/notes.json`)).status).toBe(200)
    await write('manifest.lkml', manifest('file: "dist/bundle.js"'))
    expect((await fetch(`${files}/notes.json`)).status).toBe(404)
  })
})

describe('a bundle that is not there', () => {
  it('is said as soon as the browser has asked for it', async () => {
    await host.fixture.write('manifest.lkml', manifest('file: "dist/bundle.js"'))
    await host.page.goto(`${host.looker.origin}/extensions/own::app/`)
    await host.page.getByText('There is no dist/bundle.js in the project').waitFor({ timeout: 10_000 })
  })

  it('is said of a URL, too', async () => {
    const url = 'http://127.0.0.1:9/bundle.js'
    await host.fixture.write('manifest.lkml', manifest(`url: "${url}"`))
    await host.page.goto(`${host.looker.origin}/extensions/own::app/`)
    await host.page.getByText(`${url} does not answer`).waitFor({ timeout: 10_000 })
  })
})

describe('sri_hash', () => {
  const hashOf = (text: string) => createHash('sha384').update(text).digest('base64')

  it('lets the bundle load that it is the hash of', async () => {
    const { script, write } = host.fixture
    await write('manifest.lkml', manifest(`file: "bundle.js" sri_hash: "${hashOf(script)}"`))
    const frame = await host.open('/', '/extensions', 'own::app')
    expect(await host.inside(frame, ({ sdk }) => sdk.verifyHostConnection())).toBe(true)
  })

  it('keeps out any other, and says so', async () => {
    const { script, write } = host.fixture
    await write('manifest.lkml', manifest(`file: "bundle.js" sri_hash: "${hashOf('another')}"`))
    await host.page.goto(`${host.looker.origin}/extensions/own::app/`)
    const problem = host.page.locator('#host-problem')
    await problem.waitFor()
    expect(await problem.textContent()).toContain('its hash is not the sri_hash of the manifest')
    expect(await problem.textContent()).toContain(hashOf(script))
    const [, frame] = host.page.frames()
    expect(await frame!.evaluate(() => window.fixture)).toBeUndefined()
  })

  it('is not looked at for a development server', async () => {
    const url = `url: "${host.backend.origin}/elsewhere/bundle.js"`
    await host.fixture.write('manifest.lkml', manifest(`${url} sri_hash: "${hashOf('another')}"`))
    const frame = await host.open('/', '/extensions', 'own::app')
    expect(await host.inside(frame, ({ sdk }) => sdk.verifyHostConnection())).toBe(true)
  })
})

/** The host's admin overrides the constant, so that every manifest here has it. */
function manifest(bundle: string): string {
  return `project_name: "own"
constant: ACTION_SERVER_URL { value: "" export: override_required }
application: app { label: "Own" ${bundle} entitlements: {} }`
}
