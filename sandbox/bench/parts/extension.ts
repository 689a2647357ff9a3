import { buildExtension } from '../../build-extension.ts'
import { startStack } from '../../stack.ts'
import { openBrowser } from '../../testing/browser.ts'
import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import { median } from '../median.ts'
import { measureFirstRows } from '../screen/first-rows.ts'
import { measureTyping } from '../screen/typing.ts'
import { EMPTY_LINE } from '../table/line.ts'

/** A look at a page takes little time and varies much. */
const LOOKS_PER_RUN = 3

/** The extension in Chromium, in the stand-in of Looker, as `npm run build` makes it. */
export async function measureExtension(context: BenchContext): Promise<void> {
  context.say('building the extension')
  await buildExtension()
  const [browser, stack] = await Promise.all([openBrowser(), startStack()])
  try {
    context.say('first rows of Looks on the screen')
    // The stand-in and the browser have done it once before.
    await measureFirstRows(browser, stack)
    const opened = await repeat(context.runs * LOOKS_PER_RUN, () => measureFirstRows(browser, stack))
    showMilliseconds(
      'first rows of Looks on screen, first visit',
      400,
      opened.map(({ first }) => first),
    )
    showMilliseconds(
      'first rows of Looks on screen, bundle cached',
      400,
      opened.map(({ again }) => again),
    )
    context.say('typing in a table of 150 columns')
    const typed = await repeat(context.runs, () => measureTyping(browser, stack))
    showMilliseconds('a key in a table of 150 columns, main thread', 16, typed)
  } finally {
    await browser.close()
    await stack.close()
  }

  function showMilliseconds(what: string, atMost: number, values: readonly number[]): void {
    const amount = median(values)
    context.show({
      ...EMPTY_LINE,
      what,
      target: { of: 'value', is: 'at most', amount: atMost },
      value: amount === null ? null : { amount, unit: 'ms' },
      note: `${values.length} times`,
    })
  }
}
