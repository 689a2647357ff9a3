import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Stack } from './stack.ts'
import { startStack } from './stack.ts'
import { openBrowser } from './testing/browser.ts'

// The extension of this project, as the build made it, in the Looker stand-in with the real server.

const EXTENSION = '/extensions/heap_data_import::heap_data_import'

let browser: Browser
let stack: Stack
let page: Page

beforeAll(async () => {
  ;[browser, stack] = await Promise.all([openBrowser(), startStack({ empty: true })])
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await stack?.close()
})

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
})

afterEach(() => page.close())

const extension = () => page.frameLocator('#extension iframe')

async function become(name: string): Promise<void> {
  await page.goto(`${stack.lookerUrl}/looks`)
  await Promise.all([page.waitForEvent('load'), page.selectOption('#user', { label: name })])
}

it('says what is missing on an empty instance', async () => {
  await page.goto(`${stack.lookerUrl}${EXTENSION}/setup`)
  await extension().getByText('The Heap action is not registered in Looker').waitFor()
  await extension().getByText('The action server does not accept the secret').waitFor()
})

it('finds everything in order once an admin has set it up', async () => {
  await become('Ada Admin')
  await page.goto(`${stack.lookerUrl}/admin/actions`)
  await page.fill('#url', stack.server.url)
  await page.fill('#token', stack.token)
  await page.click('text=Add Action Hub >> nth=-1')
  await page.click('button:text-is("Enable")')
  await page.goto(`${stack.lookerUrl}/admin/user_attributes`)
  await page.fill('#name', 'heap_data_import_heap_data_import_action_server_token')
  await page.fill('#value', stack.token)
  await page.check('#hidden')
  await page.fill('#domains', `${stack.server.url}/*`)
  await page.click('button:text-is("Create")')
  await become('Ann Analyst')
  await page.goto(`${stack.lookerUrl}${EXTENSION}/setup`)
  await expect.poll(() => extension().getByText('OK', { exact: true }).count(), { timeout: 20_000 }).toBe(4)
  await page.screenshot({ path: 'screenshots/sandbox-extension-setup.png' })
})
