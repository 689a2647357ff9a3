import { PROBLEM_TYPE, ProblemSchema } from '../../../shared/api/problem.ts'

/** For the answers of a route's schema: whatever is wrong is told as problem details. */
export const PROBLEM_ANSWERS = {
  '4xx': {
    description: 'What is wrong with the call.',
    content: { [PROBLEM_TYPE]: { schema: ProblemSchema } },
  },
  '5xx': { description: 'Internal error.', content: { [PROBLEM_TYPE]: { schema: ProblemSchema } } },
}
