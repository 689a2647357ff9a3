import { setImmediate as settled } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadingPlace } from './reading-places.ts'
import { createReadingPlaces } from './reading-places.ts'

const never = new AbortController().signal

/** Lets in whom it lets in, and names them in order. */
function createRoom(most: number) {
  const places = createReadingPlaces(most)
  const entered: string[] = []
  const inside: ReadingPlace[] = []
  return {
    places,
    entered,
    inside,
    come(syncKey: string, name = syncKey, signal = never): Promise<void> {
      return places.enter(syncKey, signal).then((place) => {
        entered.push(name)
        inside.push(place)
      })
    },
    async leaveOne(): Promise<void> {
      await settled()
      inside.shift()?.leave()
      await settled()
    },
  }
}

test('as many are let in as there are places; the next comes in when one leaves', async () => {
  const room = createRoom(2)
  for (const name of ['a', 'b', 'c']) void room.come(name)
  await settled()
  expect(room.entered).toEqual(['a', 'b'])
  expect(room.places.waiting()).toBe(1)
  await room.leaveOne()
  expect(room.entered).toEqual(['a', 'b', 'c'])
})

test('a sync that sends often does not keep the others out', async () => {
  const room = createRoom(1)
  for (let number = 1; number <= 20; number += 1) void room.come('busy', `busy ${number}`)
  void room.come('quiet')
  await room.leaveOne()
  await room.leaveOne()
  expect(room.entered).toContain('quiet')
  expect(room.entered.slice(0, 2)).toEqual(['busy 1', 'busy 2'])
})

test('who gives up waiting takes no place', async () => {
  const room = createRoom(1)
  await room.come('a')
  const leaving = new AbortController()
  const waiting = room.come('b', 'b', leaving.signal)
  void room.come('c')
  leaving.abort(new Error('the server stops'))
  await expect(waiting).rejects.toThrow('the server stops')
  await room.leaveOne()
  expect(room.entered).toEqual(['a', 'c'])
})

test('a place that is given back twice is one place', async () => {
  const room = createRoom(1)
  await room.come('a')
  const [place] = room.inside
  place!.leave()
  place!.leave()
  void room.come('b')
  void room.come('c')
  await settled()
  expect(room.entered).toEqual(['a', 'b'])
})

test('never more than allowed are inside, nobody waits for ever, and one sync keeps its order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.constantFrom('a', 'b', 'c', 'leave'), { maxLength: 60 }),
      async (most, steps) => {
        const room = createRoom(most)
        const came: string[] = []
        for (const [number, step] of steps.entries()) {
          if (step === 'leave') await room.leaveOne()
          else {
            came.push(`${step} ${number}`)
            void room.come(step, `${step} ${number}`)
          }
          expect(room.places.taken()).toBeLessThanOrEqual(most)
        }
        for (let left = 0; left < steps.length; left += 1) await room.leaveOne()
        expect(room.entered.toSorted()).toEqual(came.toSorted())
        for (const sync of ['a', 'b', 'c']) {
          const own = (names: readonly string[]) => names.filter((name) => name.startsWith(sync))
          expect(own(room.entered)).toEqual(own(came))
        }
      },
    ),
  )
})
