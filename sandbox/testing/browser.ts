import chromium from '@sparticuz/chromium'
import type { Browser } from 'playwright-core'
import { chromium as playwright } from 'playwright-core'

/**
 * A real Chromium without a window. The arguments that its package suggests are left out: some of them switch
 * off what tests are about, such as CORS and the isolation of sites.
 */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'] })
}
