import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEntityWriter } from '../entity-line.ts'
import { readAnswerText } from './answer-text.ts'

const target = { environmentId: '11', propertyType: 'user', manner: 'documented' } as const
const write = createEntityWriter(target, ['Plan', 'Income', 'Note'])
const lines = [
  write('alice@example.com', ['Pro', 1234.5, 'owes money, "a lot"']),
  write('bob', ['x', 7, undefined]),
]

describe('what Heap says', () => {
  it.each([
    ['{}', ''],
    ['OK', ''],
    [' \n', ''],
    ['Bad request', 'Bad request'],
    ['{"message":"app_id is missing"}', 'app_id is missing'],
    ['{"errors":[{"message":"one"},{"message":"two"}]}', 'one; two'],
    ['<html><head><title>t</title></head><h1>400 Bad\u0000\n Request</h1></html>', '400 Bad Request'],
    ['value < 1024 characters', 'value < 1024 characters'],
    ['property "id" is not allowed, nor is "user_id"', 'property "id" is not allowed, nor is "user_id"'],
    ["property 'Income' isn't a string", "property 'Income' isn't a string"],
  ])('%s', (body, text) => {
    expect(readAnswerText(body, lines)).toBe(text)
  })

  it('is short', () => {
    expect(readAnswerText('😀'.repeat(500), [])).toBe('😀'.repeat(200))
  })
})

describe('cell values that Heap repeats', () => {
  it.each([
    ['invalid identity alice@example.com.', 'invalid identity ….'],
    ['user bob: Plan Pro, Income 1234.5 or 7', 'user …: Plan …, Income … or …'],
    ['bad value "owes mon"', 'bad value "…"'],
    ['bad value \'owes money, "a lot"\' here', "bad value '…' here"],
    ['bad value "owes mon', 'bad value "…"'],
    ['{"error":"alice@example.com is 7"}', '… is …'],
    // In any letter case.
    ['invalid identity ALICE@Example.COM.', 'invalid identity ….'],
    ['User BOB: plan PRO', 'User …: plan …'],
    ['note OWES MONEY, "A LOT" of it', 'note … of it'],
    // Cut, with and without a sign of it.
    ['invalid identity alice@exam...', 'invalid identity …...'],
    ['invalid identity alice@e is too long', 'invalid identity … is too long'],
    ['invalid identity alice', 'invalid identity …'],
    ['no user Alice here', 'no user … here'],
    ['it ends with ample.com here', 'it ends with … here'],
    ['the note owes mon...', 'the note …...'],
    ['the note owes mo', 'the note …'],
    // Words of Heap that are no part of any value stay.
    [
      'Invalid user: this property is required, and its value must be a number',
      'Invalid user: this property is required, and its value must be a number',
    ],
  ])('%s', (body, text) => {
    expect(readAnswerText(body, lines)).toBe(text)
  })

  it('never stand in the text', () => {
    const secret = fc
      .stringMatching(/^[a-z0-9@. ]{5,30}$/)
      .filter((value) => value === value.trim() && !/ {2}/.test(value))
    const around = fc.constantFrom('"', "'", '(', ' ', ': ', '')
    fc.assert(
      fc.property(secret, secret, around, (key, note, quote) => {
        const body = `The user ${quote}${key}${quote} has the note ${quote}${note}${quote}!`
        const text = readAnswerText(body, [write(key, ['Pro', 1, note])])
        expect(text.replaceAll('The user', '').replaceAll('has the note', '')).not.toContain(key)
        expect(text).not.toContain(note)
      }),
    )
  })

  it('never stand in the text in another case, or cut to a half', () => {
    const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789äßσ'.split(''))
    const word = fc.array(letters, { minLength: 12, maxLength: 24 }).map((list) => list.join(''))
    const turn = fc.constantFrom<(text: string) => string>(
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => [...text].map((letter, at) => (at % 2 ? letter.toUpperCase() : letter)).join(''),
    )
    const cut = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => `${text.slice(0, text.length / 2 + 2)}...`,
      (text) => `…${text.slice(text.length / 2 - 2)}`,
      (text) => text.slice(2, -2),
    )
    fc.assert(
      fc.property(word, turn, cut, fc.constantFrom('', '"', '('), (key, turned, cutTo, quote) => {
        const echoed = turned(cutTo(key))
        const text = readAnswerText(`what ${quote}${echoed}${quote} means`, [write(key, [1, 2, 3])])
        expect(text.toUpperCase()).not.toContain(echoed.toUpperCase().replace(/[.…]/g, '').slice(0, 8))
      }),
    )
  })
})
