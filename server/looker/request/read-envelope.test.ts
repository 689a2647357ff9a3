import { readdir } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LookerError } from '../looker-error.ts'
import { allBytes, chunksOf, chunksOfSizes } from '../testing/bytes.ts'
import { temporaryDirectory } from '../testing/temporary-directory.ts'
import type { Envelope } from './read-envelope.ts'
import { readEnvelope } from './read-envelope.ts'

const DATA = '{"fields":{},"data":[{"a":{"value":"é \\"x\\" \\\\ 😀"}}]}'

async function content({ attachment, dispose }: Envelope): Promise<string | null> {
  const bytes = attachment && (await allBytes(attachment.open()))
  await dispose()
  return bytes?.toString() ?? null
}

function pushed(attachment: unknown, size?: number): Promise<Envelope> {
  return readEnvelope(chunksOf(JSON.stringify({ attachment }), size))
}

async function failure(source: AsyncIterable<Uint8Array>): Promise<LookerError> {
  const error = await readEnvelope(source).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(LookerError)
  return error as LookerError
}

describe('body', () => {
  it.each(['', ' \r\n', '{}'])('of %j is empty', async (text) => {
    const envelope = await readEnvelope(chunksOf(text))
    expect(envelope.body).toEqual({})
    expect(envelope.attachment).toBeNull()
  })

  it('is the request without the data', async () => {
    const request = {
      type: 'query',
      scheduled_plan: { scheduled_plan_id: '1', query: { vis_config: { hidden_fields: ['a'] } } },
      attachment: { mimetype: 'application/json', extension: 'json', data: DATA },
      data: { api_key: 'x' },
      form_params: { env_id: '11' },
    }
    const envelope = await readEnvelope(chunksOf(JSON.stringify(request, null, 2), 1))
    expect(envelope.body).toEqual({
      ...request,
      attachment: { mimetype: 'application/json', extension: 'json' },
    })
    expect(await content(envelope)).toBe(DATA)
  })

  it('of url mode has no attachment', async () => {
    const request = { type: 'query', scheduled_plan: { download_url: 'https://a/b' }, attachment: null }
    const envelope = await readEnvelope(chunksOf(JSON.stringify(request)))
    expect(envelope.body).toEqual(request)
    expect(envelope.attachment).toBeNull()
  })

  it('has no attachment when its data are null or missing', async () => {
    expect((await pushed({ mimetype: 'text/plain', data: null })).attachment).toBeNull()
    expect((await pushed({ mimetype: 'text/plain' })).attachment).toBeNull()
  })

  it('keeps the digits of a numeric id', async () => {
    const envelope = await readEnvelope(
      chunksOf('{"id":12345678901234567,"plan":{"id":98765432109876543210}}'),
    )
    expect(envelope.body).toEqual({ id: '12345678901234567', plan: { id: '98765432109876543210' } })
  })

  it('holds __proto__ as an ordinary key', async () => {
    const { body } = await readEnvelope(chunksOf('{"__proto__":{"polluted":1}}'))
    expect(Object.keys(body)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype)
  })

  it.each([
    ['[]', 'not valid JSON'],
    ['hello', 'not valid JSON'],
    ['{"a":1}x', 'not valid JSON'],
    ['{"a":tru}', 'not valid JSON'],
    ['{"attachment":{"data":"\\x"}}', 'not valid JSON'],
    ['{"attachment":{"data":"\\u12g4"}}', 'not valid JSON'],
    ['{"attachment":{"data":"a\nb"}}', 'not valid JSON'],
    [`{"a":${'['.repeat(100)}`, 'nested too deeply'],
    ['{"attachment":{"data":"x","data":"y"}}', 'twice'],
    ['{"attachment":{},"attachment":{}}', 'twice'],
    ['{"attachment":{"data":7}}', 'neither text nor JSON'],
  ])('%j is refused', async (text, message) => {
    const error = await failure(chunksOf(text))
    expect(error.kind).toBe('refused')
    expect(error.message).toContain(message)
  })

  it('is refused when it is cut anywhere', async () => {
    const bytes = Buffer.from(`{"a":{"b":[1]},"attachment":{"data":${JSON.stringify(DATA)},"x":1},"c":"d"}`)
    for (let length = 1; length < bytes.length; length += 1) {
      expect((await failure(chunksOf(bytes.subarray(0, length), 7))).message).toContain('broke off')
    }
  })

  it('may be of 8 MB, not counting the data', async () => {
    async function* endless() {
      yield Buffer.from('{"type":"')
      for (;;) yield Buffer.alloc(1024 * 1024, 'x')
    }
    expect((await failure(endless())).kind).toBe('too-large')
  })

  it('leaves its source open after an error, for the answer', async () => {
    let closed = false
    async function* source() {
      try {
        yield Buffer.from('nonsense')
        yield Buffer.from('more')
      } finally {
        closed = true
      }
    }
    await failure(source())
    expect(closed).toBe(false)
  })
})

describe('attachment', () => {
  const base64 = Buffer.from(DATA).toString('base64')
  const wrapped = base64.replace(/.{60}/g, '$&\n')

  it.each([
    ['a string', { mimetype: 'application/json', data: DATA }],
    ['a string that begins with white space', { data: `\n ${DATA}` }],
    ['base64 by its MIME type', { mimetype: 'application/json;base64', data: base64 }],
    ['base64 wrapped every 60 characters', { mimetype: 'application/json;base64', data: wrapped }],
    ['base64 with the MIME type after it', { data: wrapped, mimetype: 'application/json;base64' }],
    ['base64 that says nothing', { mimetype: 'application/json', data: base64 }],
    ['JSON that says it is base64', { mimetype: 'application/json;base64', data: DATA }],
  ])('of %s is read', async (_name, attachment) => {
    for (const size of [1, 3, 64 * 1024]) {
      expect((await content(await pushed(attachment, size)))?.trimStart()).toBe(DATA)
    }
  })

  it.each(['{"a": [1, {"b" : "]}"}]}', '[ {"a":1} ]'])(
    'of inline JSON %j is passed on as it stands',
    async (data) => {
      expect(await content(await readEnvelope(chunksOf(`{"attachment":{"data":${data}},"x":1}`, 1)))).toBe(
        data,
      )
    },
  )

  it('of broken base64 is refused when it is read', async () => {
    for (const data of ['QUJ*', 'QUJD=QUJ', 'QUJDR', 'QQ==QQ==']) {
      const envelope = await pushed({ mimetype: 'text/plain;base64', data })
      await expect(content(envelope)).rejects.toBeInstanceOf(LookerError)
    }
  })

  it('of text that is neither JSON nor base64 is passed on', async () => {
    expect(await content(await pushed({ data: '<html>no result</html>' }))).toBe('<html>no result</html>')
  })

  it('can be read again, and not after it was disposed of', async () => {
    const envelope = await pushed({ data: DATA })
    const { attachment } = envelope
    expect((await allBytes(attachment!.open())).toString()).toBe(DATA)
    expect(await content(envelope)).toBe(DATA)
    await expect(allBytes(attachment!.open())).rejects.toThrow('closed')
  })

  it('of many megabytes stands in a file without a name', async () => {
    const directory = await temporaryDirectory()
    const data = JSON.stringify({ data: Array.from({ length: 90_000 }, (_, index) => `"row" ${index} \\ é`) })
    const request = JSON.stringify({ attachment: { data } })
    expect(request.length).toBeGreaterThan(2_000_000)
    const envelope = await readEnvelope(chunksOf(request), { spoolDirectory: directory })
    expect(await readdir(directory)).toEqual([])
    expect(await content(envelope)).toBe(data)
  })

  it('says so when the temporary folder cannot take it', async () => {
    const request = JSON.stringify({ attachment: { data: 'x'.repeat(2_000_000) } })
    const reading = readEnvelope(chunksOf(request), { spoolDirectory: '/nowhere' })
    await expect(reading).rejects.toThrow("could not keep Looker's result in its temporary folder (ENOENT)")
  })

  it('is what JSON.parse makes of the string, whatever its escapes and chunks', async () => {
    const unit = fc.constantFrom('\ud83d', '\ude00', '\\', '"', '\n', 'é', '日', 'a', '\u0000', '😀')
    const text = fc.oneof(
      fc.array(unit).map((units) => `{${units.join('')}`),
      fc.string({ unit: 'binary' }).map((t) => `{${t}`),
    )
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), sizes, async (text, escaped, sizes) => {
        const plain = JSON.stringify(text)
        const json = escaped
          ? plain.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          : plain.toWellFormed()
        const bytes = Buffer.from(`{"attachment":{"data":${json}}}`)
        const read = await content(await readEnvelope(chunksOfSizes(bytes, sizes)))
        expect(read).toBe((JSON.parse(json) as string).toWellFormed())
      }),
      { numRuns: 300 },
    )
  })

  it('is decoded from base64 of any bytes, line length and chunks', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array(),
        fc.integer({ min: 1, max: 70 }),
        sizes,
        async (bytes, line, sizes) => {
          const data = Buffer.from(bytes)
            .toString('base64')
            .replace(new RegExp(`.{${line}}`, 'g'), '$&\r\n')
          const request = Buffer.from(JSON.stringify({ attachment: { mimetype: 'x;base64', data } }))
          const envelope = await readEnvelope(chunksOfSizes(request, sizes))
          expect([...(await allBytes(envelope.attachment!.open()))]).toEqual([...bytes])
        },
      ),
      { numRuns: 200 },
    )
  })
})
