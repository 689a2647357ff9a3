import { describe, expect, it } from 'vitest'
import { createDownloads } from './downloads.ts'

describe('createDownloads', () => {
  it('hands a result out once', () => {
    const downloads = createDownloads<string>()
    const token = downloads.offer('rows')
    expect(token).toMatch(/^[0-9a-f]{40}$/)
    expect(downloads.redeem(token)).toBe('rows')
    expect(downloads.redeem(token)).toBeUndefined()
    expect(downloads.redeem('unknown')).toBeUndefined()
  })

  it('forgets a result after its time', () => {
    let now = 0
    const downloads = createDownloads<string>(3600, () => now)
    const token = downloads.offer('rows')
    now = 3_600_000
    expect(downloads.redeem(token)).toBeUndefined()
  })
})
