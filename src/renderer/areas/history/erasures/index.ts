/** Erasing personal data for good, from the page of the contact they belong to. */
import type { Area } from '../../../app/area'
import { lazyPage } from '../../../app/parts'
import { recordPart } from '../../../app/recordParts'

export const area: Area = {
  recordParts: [
    recordPart({
      name: 'erase',
      of: ['contact'],
      place: 'menu',
      order: 10,
      component: lazyPage(() => import('./EraseContact'), 'EraseContact'),
    }),
  ],
}
