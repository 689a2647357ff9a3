import chromium from '@sparticuz/chromium'

/** Unpacks Chromium once, before test files that run side by side would all begin to. */
export async function setup(): Promise<void> {
  await chromium.executablePath()
}
