import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import type { DeliveryRecord } from '../looker/delivering/delivery-record.ts'
import type { Stack, StackOptions } from '../stack.ts'
import { startStack } from '../stack.ts'
import { openBrowser } from './browser.ts'
import type { ExtensionPage } from './extension-page.ts'
import { openExtensionPage } from './extension-page.ts'

/** The user attribute that holds the extension's secret, as the extension names it. */
const SECRET = 'heap_data_import_heap_data_import_action_server_token'

/** For `expect.poll` on a page: a busy machine draws slowly. */
export const PATIENT = { timeout: 25_000 }

const ENABLE = 'button:text-is("Enable")'

/**
 * For a file of tests in a browser: everything runs from before the first test to after the last, and each test
 * has a window of its own.
 *
 * @returns what is there while a test runs, and what an admin does beforehand
 */
export function useStack(options: StackOptions = {}) {
  // Many pages in one test, on machines that may be busy.
  vi.setConfig({ testTimeout: 90_000, hookTimeout: 150_000 })

  let browser: Browser | undefined
  let stack: Stack | undefined
  let looker: ExtensionPage | undefined

  beforeAll(async () => {
    ;[browser, stack] = await Promise.all([openBrowser(), startStack(options)])
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.close()
  })
  beforeEach(async () => {
    looker = await openExtensionPage(started(browser), started(stack))
  })
  afterEach(() => looker?.close())

  /** In a window of the admin's own, by Looker's pages. */
  async function asAdmin(work: (page: Page) => Promise<void>): Promise<void> {
    const window = await openExtensionPage(started(browser), started(stack))
    try {
      await window.become('Ada Admin')
      await work(window.page)
    } finally {
      await window.close()
    }
  }

  return {
    get browser(): Browser {
      return started(browser)
    },
    get stack(): Stack {
      return started(stack)
    },
    /** A new window for each test. */
    get looker(): ExtensionPage {
      return started(looker)
    },

    /** Adds our action hub with its token; its action is not enabled yet. */
    addHub: () =>
      asAdmin(async (page) => {
        await page.goto(`${started(stack).lookerUrl}/admin/actions`)
        await page.fill('#url', started(stack).server.url)
        await page.fill('#token', started(stack).token)
        await page.click('text=Add Action Hub >> nth=-1')
        await page.locator(ENABLE).waitFor()
      }),

    /** Enables the one action that is not. */
    enableAction: () =>
      asAdmin(async (page) => {
        await page.goto(`${started(stack).lookerUrl}/admin/actions`)
        await page.click(ENABLE)
        await page.locator(ENABLE).waitFor({ state: 'detached' })
      }),

    /** Gives the extension the secret with which it asks the action server. */
    defineSecret: () =>
      asAdmin(async (page) => {
        await page.goto(`${started(stack).lookerUrl}/admin/user_attributes`)
        await page.fill('#name', SECRET)
        await page.fill('#value', started(stack).extensionSecret)
        await page.check('#hidden')
        await page.fill('#domains', `${started(stack).server.url}/api/token`)
        await page.click('button:text-is("Create")')
        await page.getByRole('rowheader', { name: SECRET }).waitFor()
      }),

    /** Waits until the last delivery of a Look is done with, successfully. */
    async delivered(lookId: string): Promise<DeliveryRecord> {
      const last = () =>
        started(stack)
          .looker.history()
          .find((record) => record.lookId === lookId)
      await expect.poll(() => last()?.status, PATIENT).toBe('success')
      return started(last())
    },
  }
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('nothing runs before the first test')
  return part
}
