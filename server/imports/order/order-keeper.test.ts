import { expect, test, vi } from 'vitest'
import type { HeldImport, OrderRepository } from '../../database/repositories/order-repository.ts'
import { createImportEvents } from '../import-events.ts'
import { startOrderKeeper } from './order-keeper.ts'

test('an import whose rows cannot be compared keeps no other one waiting', async () => {
  const fault = new Error('a row that cannot be read')
  const released: number[] = []
  const held = (id: number, older: HeldImport['older']) => ({ id, state: 'sending', older }) as HeldImport
  const order: Partial<OrderRepository> = {
    heldImports: async () => [
      held(2, [{ id: 1, state: 'sending', sameSync: true, isHeld: false }]),
      held(3, []),
    ],
    begin: () => Promise.reject(fault),
    releaseAll: async ({ id }) => void released.push(id),
  }
  const onError = vi.fn()
  const keeper = startOrderKeeper({
    order: order as OrderRepository,
    events: createImportEvents(),
    batchSize: 100,
    onError,
  })
  await vi.waitFor(() => expect(released).toContain(3))
  await keeper.stop()
  expect(onError).toHaveBeenCalledWith(fault)
})
