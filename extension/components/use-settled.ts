import { useEffect, useState } from 'react'

/** A text as it was when typing last paused, so that not every letter asks the server. */
export function useSettled(text: string, pauseMs = 300): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text, pauseMs])
  return settled
}
