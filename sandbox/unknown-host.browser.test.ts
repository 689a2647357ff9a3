import { describe, expect, it } from 'vitest'
import { ANALYST, validPlan } from './looker/testing/start-looker.ts'
import { PATIENT, useStack } from './testing/use-stack.ts'

// What is not known of a real Looker's host must not matter to our extension. The other tests run with the
// usual answers; here they are the other ones.

const running = useStack({
  unknowns: {
    neverSaved: 'null',
    noContent: 'undefined',
    hiddenAttribute: 'refused',
    bareRequest: 'as an empty form',
    accessDataAlone: 'enough',
  },
})

describe('on a host whose unknown answers are the others', () => {
  it('everything is found in order', async () => {
    const { looker } = running
    await looker.open('/setup')
    await expect.poll(() => looker.app.getByText('OK', { exact: true }).count(), PATIENT).toBe(4)
  })

  it('a sync is deleted, whatever stands for no content', async () => {
    const { looker, stack } = running
    const created = await fetch(`${stack.lookerUrl}/api/4.0/scheduled_plans`, {
      method: 'POST',
      headers: { authorization: `token ${ANALYST}`, 'content-type': 'application/json' },
      body: JSON.stringify(validPlan({ name: 'To be deleted' })),
    })
    expect(created.status).toBe(200)
    await looker.open('/')
    await looker.app.getByRole('link', { name: 'To be deleted' }).click()
    await looker.button('Delete').click()
    await looker.app.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await looker.heading('Syncs')
    await expect.poll(() => looker.app.getByRole('link', { name: 'To be deleted' }).count(), PATIENT).toBe(0)
    expect(stack.looker.instance.plans.all()).toEqual([])
  })
})
