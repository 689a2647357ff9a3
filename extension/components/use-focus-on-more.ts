import { useEffect, useRef } from 'react'

/**
 * For a list with a button that shows more: the focus goes on to the first new row, as the button may be gone.
 *
 * @param count rows shown
 * @returns `list` to be set on the element around the rows, `more` to be called by the button
 */
export function useFocusOnMore<T extends HTMLElement>(count: number) {
  const list = useRef<T>(null)
  const before = useRef<number | null>(null)
  useEffect(() => {
    if (before.current === null || count <= before.current) return
    const row = list.current?.querySelectorAll('tbody tr')[before.current]
    row?.querySelector<HTMLElement>('button, input:not(:disabled)')?.focus()
    before.current = null
  }, [count])
  return {
    list,
    more: () => {
      before.current = count
    },
  }
}
