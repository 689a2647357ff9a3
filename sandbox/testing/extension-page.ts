import path from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Stack } from '../stack.ts'

/** Path of the extension in the host page. */
export const EXTENSION = '/extensions/heap_data_import::heap_data_import'

const SCREENSHOTS = fileURLToPath(new URL('../../screenshots/', import.meta.url))

/** A busy machine draws slowly. */
const TIMEOUT = 25_000

export type ExtensionPage = Awaited<ReturnType<typeof openExtensionPage>>

/** A window on the Looker stand-in with storage and cookies of its own, and what a person does in it. */
export async function openExtensionPage(
  browser: Browser,
  stack: Stack,
  viewport = { width: 1280, height: 800 },
) {
  const page = await browser.newPage({ viewport })
  page.setDefaultTimeout(TIMEOUT)
  return describePage(page, stack)
}

function describePage(page: Page, stack: Stack) {
  const app: FrameLocator = page.frameLocator('#extension iframe')
  const button = (name: string): Locator => app.getByRole('button', { name, exact: true })

  async function frame(): Promise<Frame> {
    const element = await page.locator('#extension iframe').elementHandle()
    const content = await element?.contentFrame()
    if (!content) throw new Error('the page has no frame')
    return content
  }

  async function heading(name: string): Promise<void> {
    await app.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  }

  async function next(): Promise<void> {
    await button('Next').click()
  }

  return {
    page,
    app,
    button,
    frame,
    heading,
    next,
    close: () => page.close(),

    /** Opens a page of the extension, in any host. */
    async open(route: string, host = EXTENSION): Promise<void> {
      await page.goto(`${stack.lookerUrl}${host}${route}`)
    },

    /** The extension's route as the host page's address has it. */
    route: (): string => new URL(page.url()).pathname.replace(EXTENSION, ''),

    /** Chooses who is at work, in Looker's own menu. */
    async become(name: string): Promise<void> {
      await page.goto(`${stack.lookerUrl}/looks`)
      await Promise.all([page.waitForEvent('load'), page.selectOption('#user', { label: name })])
    },

    /** Chooses a Look in the list of all, which shows its first rows. */
    async previewLook(title: string): Promise<void> {
      await heading('Choose a Look')
      await app.getByRole('radio', { name: 'All', exact: true }).check()
      await app.getByLabel('Search Looks by title').fill(title)
      await app
        .getByRole('table', { name: 'All Looks' })
        .getByRole('button', { name: title, exact: true })
        .click()
      await app.getByRole('region', { name: title, exact: true }).waitFor()
    },

    /** From the list of Looks to the step of its columns. */
    async chooseLook(title: string): Promise<void> {
      await this.previewLook(title)
      await next()
      await heading('Map the columns')
    },

    /** Makes sure of the key that the extension preselects, and fills in the environment. */
    async takeJoinKey(label: string, environmentId: string): Promise<void> {
      await app.getByRole('radio', { name: `Join key: ${label}`, exact: true, checked: true }).waitFor()
      await app.getByLabel('Heap environment ID').fill(environmentId)
    },

    async pick(name: string | RegExp): Promise<void> {
      await app.getByRole('radio', { name }).check()
    },

    /** From the columns to the last step, with the suggested schedule or one that `when` chooses. */
    async toSchedule(when?: () => Promise<void>): Promise<void> {
      await next()
      await heading('Schedule and confirm')
      await when?.()
    },

    /** Finds what axe calls serious or critical in the extension's document. */
    async expectAccessible(): Promise<void> {
      const document = await frame()
      await document.evaluate(axe.source)
      const found = await document.evaluate<
        string[]
      >(`axe.run(document, { resultTypes: ['violations'] }).then(
        ({ violations }) => violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join('; ')))`)
      expect(found, await document.title()).toEqual([])
    },

    /** Nothing may stick out of the window at the side: tables scroll by themselves. */
    async expectNoSidewaysScroll(): Promise<void> {
      const document = await frame()
      const excess = await document.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(excess, await document.title()).toBeLessThanOrEqual(0)
    },

    /** Looked at by people; the folder is not in the repository. */
    async picture(name: string): Promise<void> {
      await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled' })
    },
  }
}
