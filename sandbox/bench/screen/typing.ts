import type { Browser, CDPSession, Frame, Page } from 'playwright-core'
import { wide } from '../../looker/looks/wide.ts'
import type { Stack } from '../../stack.ts'
import { openExtensionPage } from '../../testing/extension-page.ts'

const TEXT = 'Has the new checkout enabled'

/** Slower than the page works, so that every key is handled by itself. */
const PAUSE_MS = 60

/**
 * Milliseconds that a key costs the page's main thread, with layout and painting, in the table of properties of
 * a Look with 150 columns, all of them shown.
 */
export async function measureTyping(browser: Browser, stack: Stack): Promise<number> {
  const looker = await openExtensionPage(browser, stack)
  try {
    await looker.open('/new/look')
    await looker.chooseLook(wide.title)
    await looker.takeJoinKey('Users User ID', '11')
    // The table shows fifty columns, and fifty more at a time.
    for (const shown of [50, 100]) {
      await looker.app.getByText(`${shown} of 150 columns shown`).waitFor()
      await looker.button('Show more').click()
    }
    const field = looker.app.getByLabel('Property in Heap for Flags Feature 75', { exact: true })
    const session = await debugSession(looker.page, await looker.frame())
    await session.send('Performance.enable')
    await field.fill('')
    await field.pressSequentially('warm', { delay: PAUSE_MS })
    const before = await taskSeconds(session)
    await field.pressSequentially(TEXT, { delay: PAUSE_MS })
    return (((await taskSeconds(session)) - before) * 1000) / TEXT.length
  } finally {
    await looker.close()
  }
}

/** The frame may or may not have a process of its own. */
async function debugSession(page: Page, frame: Frame): Promise<CDPSession> {
  const context = page.context()
  return context.newCDPSession(frame).catch(() => context.newCDPSession(page))
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  const duration = metrics.find(({ name }) => name === 'TaskDuration')
  if (!duration) throw new Error('Chromium does not tell how long its tasks took')
  return duration.value
}
