import type { IUser, IUserPublic } from '@looker/sdk'

/** Looker's names of the permissions that matter here; admins have all of them. */
export type Permission =
  | 'access_data'
  | 'see_looks'
  | 'explore'
  | 'develop'
  | 'manage_models'
  | 'send_to_integration'
  | 'see_schedules'
  | 'administer'

export type LookerUser = {
  id: string
  firstName: string
  lastName: string
  role: string
  locale: string
  permissions: ReadonlySet<Permission>
  /** The model set: for which models `access_data`, `explore` and `develop` count. */
  models: 'all' | readonly string[]
  /** In Development Mode a user sees the models as they change them, not as deliveries will find them. */
  inDevelopmentMode: boolean
  isDisabled?: boolean
}

const VIEWER: readonly Permission[] = ['access_data', 'see_looks']
const EXPLORER: readonly Permission[] = [...VIEWER, 'explore']
const ANALYST: readonly Permission[] = [...EXPLORER, 'send_to_integration']

/** The first may do everything; the others show what it is like with less. */
export const SAMPLE_USERS: readonly LookerUser[] = [
  user('1', 'Ada Admin', 'Admin', [...ANALYST, 'develop', 'manage_models', 'see_schedules', 'administer']),
  user('2', 'Ann Analyst', 'Analyst', ANALYST),
  user('3', 'Ben Viewer', 'Viewer: may not send to actions', EXPLORER),
  user('4', 'Cleo Lead', 'Analyst who sees all schedules', [...ANALYST, 'see_schedules'], 'de_DE'),
  user('5', 'Dan Reader', 'Reads only: may not open extensions', VIEWER),
  {
    ...user('6', 'Dev Developer', 'LookML developer in Development Mode', [...ANALYST, 'develop']),
    inDevelopmentMode: true,
  },
]

/** Who is at work when nobody was chosen. */
export const DEFAULT_USER_ID = '2'

function user(
  id: string,
  name: string,
  role: string,
  permissions: readonly Permission[],
  locale = 'en',
): LookerUser {
  const [firstName = '', lastName = ''] = name.split(' ')
  const granted = new Set(permissions)
  return {
    id,
    firstName,
    lastName,
    role,
    locale,
    permissions: granted,
    models: 'all',
    inDevelopmentMode: false,
  }
}

export function displayName({ firstName, lastName }: LookerUser): string {
  return `${firstName} ${lastName}`
}

export function isAdmin({ permissions }: LookerUser): boolean {
  return permissions.has('administer')
}

export function userView(person: LookerUser): IUser {
  return {
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName,
    display_name: displayName(person),
    email: `${person.firstName.toLowerCase()}@example.com`,
    is_disabled: person.isDisabled ?? false,
    locale: person.locale,
    role_ids: [person.id],
    group_ids: ['1'],
    personal_folder_id: `10${person.id}`,
    home_folder_id: '1',
    url: `/api/4.0/users/${person.id}`,
    can: { show: true, index: isAdmin(person), edit: true },
  }
}

export function publicUserView(person: LookerUser): IUserPublic {
  return {
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName,
    display_name: displayName(person),
    avatar_url: '',
    url: `/api/4.0/users/${person.id}`,
  }
}
