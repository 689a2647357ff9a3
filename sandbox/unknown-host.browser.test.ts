import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANALYST, validPlan } from './looker/testing/start-looker.ts'
import type { Stack } from './stack.ts'
import { startStack } from './stack.ts'
import { openBrowser } from './testing/browser.ts'
import { openExtensionPage } from './testing/extension-page.ts'

// What is not known of a real Looker's host must not matter to our extension. The other tests run with the
// usual answers; here they are the other ones.

/** A busy machine draws slowly. */
const PATIENT = { timeout: 25_000 }

let browser: Browser
let stack: Stack

beforeAll(async () => {
  ;[browser, stack] = await Promise.all([
    openBrowser(),
    startStack({
      unknowns: {
        neverSaved: 'null',
        noContent: 'undefined',
        hiddenAttribute: 'refused',
        accessDataAlone: 'enough',
      },
    }),
  ])
})

afterAll(async () => {
  await browser?.close()
  await stack?.close()
})

describe('on a host whose unknown answers are the others', () => {
  it('everything is found in order', async () => {
    const looker = await openExtensionPage(browser, stack)
    await looker.open('/setup')
    await expect.poll(() => looker.app.getByText('OK', { exact: true }).count(), PATIENT).toBe(4)
    await looker.close()
  })

  it('a sync is deleted, whatever stands for no content', async () => {
    const created = await fetch(`${stack.lookerUrl}/api/4.0/scheduled_plans`, {
      method: 'POST',
      headers: { authorization: `token ${ANALYST}`, 'content-type': 'application/json' },
      body: JSON.stringify(validPlan({ name: 'To be deleted' })),
    })
    expect(created.status).toBe(200)
    const looker = await openExtensionPage(browser, stack)
    await looker.open('/')
    await looker.app.getByRole('link', { name: 'To be deleted' }).click()
    await looker.button('Delete').click()
    await looker.app.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await looker.heading('Syncs')
    await expect.poll(() => looker.app.getByRole('link', { name: 'To be deleted' }).count(), PATIENT).toBe(0)
    expect(stack.looker.instance.plans.all()).toEqual([])
    await looker.close()
  })
})
