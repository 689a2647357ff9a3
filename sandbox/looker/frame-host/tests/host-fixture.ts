import path from 'node:path'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { openBrowser } from '../../../testing/browser.ts'
import { startLooker } from '../../testing/start-looker.ts'
import { projectSource } from '../extension-source.ts'
import type { BuiltFixture } from '../fixture/build-fixture.ts'
import { buildFixture } from '../fixture/build-fixture.ts'
import type { Fixture } from '../fixture/fixture.ts'
import type { HostUnknowns } from '../host-unknowns.ts'
import type { Backend } from './start-backend.ts'
import { startBackend } from './start-backend.ts'

// Looker's own SDK in a real browser, in a sandboxed frame, against the host.

export const ID = 'test-project::test-app'

type Started = {
  browser: Browser
  fixture: BuiltFixture
  backend: Backend
  looker: Awaited<ReturnType<typeof startLooker>>
}

/**
 * A Looker stand-in with the test extension, for the tests of the `describe` or the file that calls it, and a
 * window of its own for each of them.
 */
export function hostFixture({ unknowns = {} }: { unknowns?: Partial<HostUnknowns> } = {}) {
  let started: Started | undefined
  let page: Page | undefined

  function running(): Started {
    if (!started) throw new Error('The host starts before the first test, not earlier')
    return started
  }

  function thisPage(): Page {
    if (!page) throw new Error('There is a page only while a test runs')
    return page
  }

  beforeAll(async () => {
    const [browser, fixture] = await Promise.all([openBrowser(), buildFixture()])
    const backend = await startBackend(fixture)
    const extension = projectSource(path.join(fixture.directory, 'manifest.lkml'), {
      constants: () => ({ ACTION_SERVER_URL: backend.origin }),
    })
    const looker = await startLooker({ extension, unknowns })
    backend.allowed.add(looker.origin)
    started = { browser, fixture, backend, looker }
  })

  afterAll(async () => {
    await started?.browser.close()
    await started?.looker.close()
    await started?.backend.close()
    await started?.fixture.remove()
  })

  beforeEach(async () => {
    const { browser, backend } = running()
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    page = await context.newPage()
    backend.seen.length = 0
  })

  afterEach(() => page?.context().close())

  /** The frame, once its extension is initialised. */
  async function connected(): Promise<Frame> {
    const element = await thisPage().waitForSelector('#extension iframe')
    const frame = await element.contentFrame()
    if (!frame) throw new Error('The frame has no document')
    await frame.waitForFunction(() => 'fixture' in globalThis)
    return frame
  }

  /** Runs a function with the fixture in the frame; a rejection comes back as its text. */
  function inside<T, A>(frame: Frame, run: (fixture: Fixture, argument: A) => Promise<T> | T, argument?: A) {
    return frame.evaluate(`(${run.toString()})(window.fixture, ${JSON.stringify(argument)})`) as Promise<T>
  }

  return {
    connected,
    inside,
    get page(): Page {
      return thisPage()
    },
    get looker() {
      return running().looker
    },
    get backend(): Backend {
      return running().backend
    },
    get fixture(): BuiltFixture {
      return running().fixture
    },

    async open(route = '/', host = '/extensions', id = ID): Promise<Frame> {
      await thisPage().goto(`${running().looker.origin}${host}/${id}${route}`)
      return connected()
    },

    /** Opens a page as one of the sample users. */
    async become(userId: string): Promise<void> {
      const { origin } = running().looker
      await thisPage()
        .context()
        .addCookies([{ name: 'looker_user', value: userId, url: origin }])
    },

    /** The text of a rejection, or what was answered. */
    refusal<A>(
      frame: Frame,
      run: (fixture: Fixture, argument: A) => Promise<unknown>,
      argument?: A,
    ): Promise<string> {
      return inside(frame, run, argument).then(
        (value) => `answered ${JSON.stringify(value)}`,
        (error: Error) => error.message.replace(/^.*?Error: /s, '').split('\n')[0] ?? '',
      )
    },
  }
}
