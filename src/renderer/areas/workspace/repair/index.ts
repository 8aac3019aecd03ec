/** What an earlier version may have stored wrongly, and a person has to decide. */
import type { Area } from '../../../app/area'
import { AmountsBanner } from './AmountsBanner'

export const area: Area = { banner: AmountsBanner }
