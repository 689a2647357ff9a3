import type { LeftForAPerson } from '../../../../shared/set-up/left-for-a-person.ts'
import { printable } from '../../output/printable.ts'

/** What a person has to do, numbered; what is seen to be done is said as such. */
export function leftText(left: readonly LeftForAPerson[]): string {
  const open = left.filter(({ state }) => state === 'to_do')
  const things = open.length === 1 ? '1 thing is' : `${open.length} things are`
  const head = open.length === 0 ? 'Nothing is left for a person.' : `${things} left for a person in Looker:`
  const done = left.filter(({ state }) => state === 'done').map(({ id }) => id)
  return [
    '',
    head,
    ...open.map(({ text }, index) => `  ${index + 1}. ${printable(text)}`),
    ...(done.length > 0 ? ['', `Seen to be done: ${done.join(', ')}.`] : []),
    ...(open.length > 0 ? ['', 'Give the command again afterwards: it checks these as well.'] : []),
    '',
  ].join('\n')
}
