import { fold, foldCase } from './fold-case.ts'
import { createRuns } from './shared-runs.ts'

/** Shorter values (`1`, `no`) are only taken out as whole words: they stand inside innocent ones. */
const SHORT_VALUE = 4

/** What is left of a value that was cut: letters in a row that both have, or more where spaces are among them. */
const RUN = 8
const RUN_WITH_SPACES = 12

/** Beginnings of values that are looked for where a text breaks off. */
const LEAST_CUT = 3

/** Words that a message may begin a cell with, and that tell nothing of one. */
const INNOCENT = new Set(
  'user users account accounts email identity identities property properties value values name names invalid missing required must with without this that error errors string number text request body'.split(
    ' ',
  ),
)

const WORD = /[^\s"'`,;:()[\]…]+/g

/**
 * A text in which `…` stands for all that repeats one of the values: whole and in any letter case; a longer part of one;
 * a word that one begins or ends with; the beginning of one where the text breaks off.
 */
export function hideEchoes(text: string, values: ReadonlySet<string>): string {
  const { folded, places } = foldCase(text)
  const hidden = new Uint8Array(text.length)
  const mark = (from: number, end: number) => {
    hidden.fill(1, places[from] ?? 0, places[end] ?? text.length)
  }
  const words = wordsOf(folded)
  const cuts = cutBeginnings(folded)
  const runs = [createRuns(folded, RUN, /^\S+$/), createRuns(folded, RUN_WITH_SPACES, /^/)]
  for (const value of values) {
    const wanted = fold(value)
    if (wanted.length >= SHORT_VALUE) {
      for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + 1)) {
        mark(at, at + wanted.length)
      }
    }
    for (const at of words.get(wanted) ?? []) mark(at, at + wanted.length)
    for (const run of runs) run.find(wanted, mark)
    if (cuts.size > 0) {
      for (let length = LEAST_CUT; length < Math.min(wanted.length, RUN_WITH_SPACES); length += 1) {
        const at = cuts.get(wanted.slice(0, length))
        if (at !== undefined) mark(at, at + length)
      }
    }
  }
  hideParts(words, values, mark)
  return replaceHidden(text, hidden)
}

/** Words -> where they stand. A full stop after a word is none of it. */
function wordsOf(folded: string): Map<string, number[]> {
  const words = new Map<string, number[]>()
  for (const { 0: match, index } of folded.matchAll(WORD)) {
    const word = match.replace(/[.!?]+$/, '')
    if (word !== '') words.set(word, [...(words.get(word) ?? []), index])
  }
  return words
}

/** Words that a value without spaces, as an address or an id, begins or ends with. */
function hideParts(
  words: ReadonlyMap<string, number[]>,
  values: ReadonlySet<string>,
  mark: (from: number, end: number) => void,
): void {
  const open = [...words.keys()].filter((word) => word.length >= SHORT_VALUE && !INNOCENT.has(word))
  if (open.length === 0) return
  const lengths = [...new Set(open.map((word) => word.length))]
  const asked = new Set(open)
  const found = new Set<string>()
  for (const value of values) {
    if (value.includes(' ')) continue
    const folded = fold(value)
    for (const length of lengths) {
      if (length >= folded.length) continue
      for (const part of [folded.slice(0, length), folded.slice(-length)])
        if (asked.has(part)) found.add(part)
    }
  }
  for (const word of found) for (const at of words.get(word) ?? []) mark(at, at + word.length)
}

/** What stands, from the beginning of a word on, before the end of the text or a mark of omission. */
function cutBeginnings(folded: string): Map<string, number> {
  const ends = [...folded.matchAll(/(?=…|\.{3})|["'`.)\]]*$/g)].map(({ index }) => index).slice(0, 10)
  const beginnings = new Map<string, number>()
  for (const end of ends) {
    for (let length = LEAST_CUT; length < RUN_WITH_SPACES && length <= end; length += 1) {
      const from = end - length
      const isWordStart = from === 0 || /[^\p{L}\p{N}]/u.test(folded[from - 1] ?? '')
      const text = folded.slice(from, end)
      if (isWordStart && !INNOCENT.has(text)) beginnings.set(text, from)
    }
  }
  return beginnings
}

function replaceHidden(text: string, hidden: Uint8Array): string {
  let shown = ''
  for (let at = 0; at < text.length; at += 1) {
    if (!hidden[at]) shown += text[at]
    else if (at === 0 || !hidden[at - 1]) shown += '…'
  }
  return shown
}
