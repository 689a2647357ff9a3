import fastify from 'fastify'
import { expect, test } from 'vitest'
import { errorsPlugin } from './errors.ts'

async function answerTo(error: Error) {
  const app = fastify({ genReqId: () => 'the-id' })
  await app.register(errorsPlugin)
  app.get('/', async () => {
    throw error
  })
  const { statusCode, body } = await app.inject('/')
  await app.close()
  return { statusCode, error: JSON.parse(body).error }
}

test.each([undefined, 500, 503, 200])(
  'an error of ours, status %s, says nothing but its id',
  async (statusCode) => {
    const answer = await answerTo(Object.assign(new Error('secret'), { statusCode }))
    expect(answer).toEqual({
      statusCode: statusCode === 503 ? 503 : 500,
      error: "Internal error the-id. The server's log has the details under this id.",
    })
  },
)

test('an error of the caller says what to change, in few words', async () => {
  const answer = await answerTo(
    Object.assign(new Error(`Give a name. ${'x'.repeat(5_000)}`), { statusCode: 400 }),
  )
  expect(answer.statusCode).toBe(400)
  expect(answer.error).toMatch(/^Give a name\. x+\.\.\.$/)
  expect(answer.error.length).toBeLessThanOrEqual(200)
})
