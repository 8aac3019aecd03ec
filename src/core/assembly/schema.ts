/** The tables of all areas, and what follows from what they declare. */
import { phoneCountry } from '../agenda/working-hours/working-hours'
import { createSchema } from '../kernel/database/schema'
import { customFieldSql } from '../records/custom-fields/custom-fields'
import * as tables from './tables'

export const schema = createSchema(Object.values(tables), {
  phoneCountry,
  customField: customFieldSql,
})
