/** What the plans on a record's page are asked for. */
import { api } from '../../../api'

const most = 50

export const plansOf = (kind: 'lead' | 'contact', id: string) =>
  api.plans.list.queryOptions({ input: { [`${kind}Id`]: id, limit: most } })
