import { expect, it } from 'vitest'
import { matchOperation } from './match-operation.ts'
import { OPERATIONS } from './operations.ts'

it.each([
  ['GET', '/user', 'me'],
  ['GET', '/looks', 'all_looks'],
  ['GET', '/looks/search', 'search_looks'],
  ['GET', '/looks/12', 'look'],
  ['GET', '/looks/a%2Fb/run/json_detail', 'run_look'],
  ['POST', '/integrations/7%3A%3Aheap/form', 'fetch_integration_form'],
  ['POST', '/scheduled_plans/run_once', 'scheduled_plan_run_once'],
  ['POST', '/scheduled_plans/5/run_once', 'scheduled_plan_run_once_by_id'],
  ['GET', '/scheduled_plans/look/5', 'scheduled_plans_for_look'],
  ['DELETE', '/scheduled_plans/5', 'delete_scheduled_plan'],
  ['GET', '/looks/', undefined],
  ['POST', '/user', undefined],
])('%s %s is %s', (verb, path, name) => {
  expect(matchOperation(OPERATIONS, verb, path)).toBe(name)
})
