import type { Look } from './look.ts'
import { accounts } from './looks/accounts.ts'
import { crmUsers } from './looks/crm-users.ts'
import { crmUsersWithDefects } from './looks/crm-users-with-defects.ts'
import { empty } from './looks/empty.ts'
import { failingSql } from './looks/failing-sql.ts'
import { formattedCells } from './looks/formatted-cells.ts'
import { hiddenColumn } from './looks/hidden-column.ts'
import { million } from './looks/large.ts'
import { pivotedOrders } from './looks/pivoted-orders.ts'
import { sameLabel } from './looks/same-label.ts'
import { slow } from './looks/slow.ts'
import { withTableCalculation } from './looks/table-calculation.ts'
import { times } from './looks/times.ts'
import { unusualValues } from './looks/unusual-values.ts'
import { wide } from './looks/wide.ts'

/** The Looks that the stand-in has, in the order in which it shows them. */
export const SAMPLE_LOOKS: readonly Look[] = [
  crmUsers,
  crmUsersWithDefects,
  accounts,
  pivotedOrders,
  withTableCalculation,
  unusualValues,
  times,
  wide,
  hiddenColumn,
  formattedCells,
  million,
  sameLabel,
  failingSql,
  empty,
  slow,
]
