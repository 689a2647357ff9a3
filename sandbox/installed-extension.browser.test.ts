import { expect, it } from 'vitest'
import { PATIENT, useStack } from './testing/use-stack.ts'

// The extension of this project, as the build made it, in the Looker stand-in with the real server.

const running = useStack({ empty: true })

it('says what is missing on an empty instance', async () => {
  const { looker } = running
  await looker.open('/setup')
  await looker.app.getByText('The Heap action is not registered in Looker').waitFor()
  await looker.app.getByText('The action server does not accept the secret').waitFor()
})

it('finds everything in order once an admin has set it up', async () => {
  const { looker } = running
  await running.addHub()
  await running.enableAction()
  await running.defineSecret()
  await looker.become('Ann Analyst')
  await looker.open('/setup')
  await expect.poll(() => looker.app.getByText('OK', { exact: true }).count(), PATIENT).toBe(4)
  await looker.picture('sandbox-extension-setup')
})
