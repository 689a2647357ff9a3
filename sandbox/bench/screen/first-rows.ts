import type { Browser } from 'playwright-core'
import type { Stack } from '../../stack.ts'
import { openExtensionPage } from '../../testing/extension-page.ts'

const MARK = 'first row painted at '

/** Tells from every frame when the first row of a table of Looks has been painted. */
const TELL_FIRST_ROW = `
  const look = () => {
    if (document.querySelector('table[aria-label="All Looks"] tbody tr')) {
      requestAnimationFrame(() => setTimeout(() => console.log('${MARK}' + Date.now())))
    } else requestAnimationFrame(look)
  }
  look()`

/**
 * Milliseconds from opening the extension's page in Looker until the first rows of Looks are on the screen: in
 * a window that has never seen it, and in the same one again.
 *
 * Until then nothing is asked of the page: a locator would look for the row on the thread that is measured.
 */
export async function measureFirstRows(
  browser: Browser,
  stack: Stack,
): Promise<{ first: number; again: number }> {
  const looker = await openExtensionPage(browser, stack)
  await looker.page.addInitScript(TELL_FIRST_ROW)

  async function open(): Promise<number> {
    const shown = looker.page.waitForEvent('console', (message) => message.text().startsWith(MARK))
    const start = Date.now()
    const [message] = await Promise.all([shown, looker.open('/new/look')])
    return Number(message.text().slice(MARK.length)) - start
  }

  try {
    return { first: await open(), again: await open() }
  } finally {
    await looker.close()
  }
}
