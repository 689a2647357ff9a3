import type { Browser } from 'playwright-core'
import type { Stack } from '../../stack.ts'
import { openExtensionPage } from '../../testing/extension-page.ts'

/** Notes in every frame when the first row of a table of Looks has been painted. */
const NOTE_FIRST_ROW = `
  const look = () => {
    if (document.querySelector('table[aria-label="All Looks"] tbody tr')) {
      requestAnimationFrame(() => setTimeout(() => { globalThis.firstRowAt = Date.now() }))
    } else requestAnimationFrame(look)
  }
  look()`

/**
 * Milliseconds from opening the extension's page in Looker until the first rows of Looks are on the screen: in
 * a window that has never seen it, and in the same one again.
 */
export async function measureFirstRows(
  browser: Browser,
  stack: Stack,
): Promise<{ first: number; again: number }> {
  const looker = await openExtensionPage(browser, stack)
  await looker.page.addInitScript(NOTE_FIRST_ROW)

  async function open(): Promise<number> {
    const start = Date.now()
    await looker.open('/new/look')
    await looker.app.getByRole('table', { name: 'All Looks' }).getByRole('row').nth(1).waitFor()
    const document = await looker.frame()
    await document.waitForFunction('globalThis.firstRowAt')
    return (await document.evaluate<number>('globalThis.firstRowAt')) - start
  }

  try {
    return { first: await open(), again: await open() }
  } finally {
    await looker.close()
  }
}
