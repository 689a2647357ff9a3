import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AttributeFound } from './attribute-wish.ts'
import { addressWish, secretWish } from './attribute-wish.ts'
import { leftForAPerson } from './left-for-a-person.ts'
import type { LookerState } from './looker-state.ts'
import type { SetUpKnowledge, SetUpWish } from './plan-set-up.ts'
import { planSetUp } from './plan-set-up.ts'
import type { SetUpStep } from './set-up-step.ts'

const WISH: SetUpWish = { serverUrl: 'https://one.example.com', token: 'token', secret: 'secret' }

function attribute(wish: ReturnType<typeof secretWish>): fc.Arbitrary<AttributeFound | null> {
  return fc.option(
    fc.record({
      id: fc.constant('9'),
      name: fc.constant(wish.name),
      label: fc.constant('By hand'),
      type: fc.constantFrom('string', 'number'),
      value_is_hidden: fc.boolean(),
      user_can_view: fc.boolean(),
      user_can_edit: fc.boolean(),
      hidden_value_domain_whitelist: fc.constantFrom(null, '', 'https://one.example.com/api/token', '*'),
    }),
  )
}

const states: fc.Arbitrary<LookerState> = fc.record({
  user: fc.constant('Ada'),
  hub: fc.option(
    fc.record({
      id: fc.constant('7'),
      url: fc.constant(WISH.serverUrl),
      hasToken: fc.boolean(),
      fetchError: fc.constantFrom(null, 'no answer'),
      agreement: fc.constantFrom('open' as const, 'signed' as const, null),
    }),
  ),
  action: fc.option(fc.record({ id: fc.constant('7::heap'), enabled: fc.boolean() })),
  schedules: fc.nat(),
  project: fc.constant('heap_data_import'),
  projectFound: fc.boolean(),
  model: fc.record({ isConfigured: fc.boolean(), hasContent: fc.boolean() }),
  secret: attribute(secretWish('heap_data_import', WISH.serverUrl)),
  address: attribute(addressWish('heap_data_import')).chain((found) =>
    fc
      .constantFrom(WISH.serverUrl, 'https://old.example.com', null)
      .map((value) => found && { ...found, value }),
  ),
  roles: fc.array(
    fc.record({ name: fc.constant('Analyst'), opensExtension: fc.boolean(), sends: fc.boolean() }),
  ),
})

const knowledge: fc.Arbitrary<SetUpKnowledge> = fc.record({
  actionWorks: fc.constantFrom(true, false, null),
  tokenIsWritten: fc.boolean(),
  secretIsWritten: fc.boolean(),
})

/** What a step makes of a Looker, in words of the promise and not of the code. */
function after(state: LookerState, steps: readonly SetUpStep[]): LookerState {
  const done = (...wanted: SetUpStep[]) => wanted.some((step) => steps.includes(step))
  const hub = done('create_hub')
    ? { id: '7', url: WISH.serverUrl, hasToken: true, fetchError: null, agreement: 'signed' as const }
    : state.hub && {
        ...state.hub,
        hasToken: state.hub.hasToken || done('set_token'),
        agreement: done('accept_agreement') ? ('signed' as const) : state.hub.agreement,
      }
  const secret = secretWish(state.project, WISH.serverUrl)
  const { user_can_edit, user_can_view } = secret
  const address = { id: '8', ...addressWish(state.project), value: WISH.serverUrl }
  return {
    ...state,
    hub,
    action: done('enable_action') ? { id: '7::heap', enabled: true } : state.action,
    secret: done('create_secret', 'replace_secret')
      ? { id: '9', ...secret }
      : state.secret && done('change_secret', 'write_secret')
        ? { ...state.secret, user_can_edit, user_can_view }
        : state.secret,
    address: done('create_address', 'change_address') ? address : state.address,
  }
}

test('when it is done, nothing is left to do', () => {
  fc.assert(
    fc.property(states, knowledge, (state, known) => {
      const settled = after(state, planSetUp(state, WISH, known))
      const then = { actionWorks: true, tokenIsWritten: true, secretIsWritten: true }
      expect(planSetUp(settled, WISH, then)).toEqual([])
    }),
  )
})

test('what is right is not touched', () => {
  const right = after(
    {
      user: 'Ada',
      hub: null,
      action: null,
      schedules: 0,
      project: 'heap_data_import',
      projectFound: true,
      model: { isConfigured: true, hasContent: true },
      secret: null,
      address: null,
      roles: [],
    },
    ['create_hub', 'enable_action', 'create_secret', 'create_address'],
  )
  const unknown = { actionWorks: true, tokenIsWritten: false, secretIsWritten: false }
  expect(planSetUp(right, { ...WISH, token: null, secret: null }, unknown)).toEqual([])
  // What cannot be read back is written again, as it may be another.
  expect(planSetUp(right, WISH, unknown)).toEqual(['set_token', 'write_secret'])
})

test('a token that is needed and not known is asked for', () => {
  fc.assert(
    fc.property(states, knowledge, (state, known) => {
      const without = { ...WISH, token: null, secret: null }
      const wanted = planSetUp(state, WISH, known)
      const needsHub = !state.hub?.hasToken
      const needsSecret = wanted.includes('create_secret') || wanted.includes('replace_secret')
      const plan = () => planSetUp(state, without, known)
      if (needsHub || needsSecret) expect(plan).toThrow(/is needed here/)
      else expect(plan).not.toThrow()
    }),
  )
})

test('at most four things are left for a person', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(leftForAPerson(state, WISH.serverUrl).length).toBeLessThanOrEqual(4)
    }),
  )
})
