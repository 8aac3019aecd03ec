/** The palette: what can be done, and a search over everything. */
import type { Area } from '../../../app/area'
import { lazyPart } from '../../../app/parts'

export const area: Area = { palette: lazyPart(() => import('./Palette')) }
