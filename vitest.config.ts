import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['server/testing/global-setup.ts', 'sandbox/testing/prepare-browser.ts'],
    include: ['{shared,server,sandbox,extension}/**/*.test.{ts,tsx}'],
    // Generous: no test depends on how fast the machine is.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
})
