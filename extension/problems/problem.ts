/** What is wrong, for the person who reads it, and who can put it right. */
export type Problem = {
  title: string
  detail: string | null
  who: 'You' | 'A Looker admin' | 'A Looker developer' | 'Whoever runs the action server' | null
  steps: string[]
  /** Looker's or the server's own words, for whoever has to look further. */
  technical: string | null
}

export function problem(title: string, rest: Partial<Omit<Problem, 'title'>> = {}): Problem {
  return { title, detail: null, who: null, steps: [], technical: null, ...rest }
}
