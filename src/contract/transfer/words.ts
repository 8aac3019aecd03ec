/** The fixed vocabularies of imports. */

/** What a file can be imported as. */
export const importKinds = [
  'companies',
  'contacts',
  'leads',
  'activities',
  'users',
  'customers',
  'quotes',
  'tasks',
] as const
export type ImportKind = (typeof importKinds)[number]

/** In this order each file finds what it refers to. */
export const importOrder: readonly ImportKind[] = [
  'users',
  'companies',
  'contacts',
  'customers',
  'leads',
  'quotes',
  'tasks',
  'activities',
]

export const duplicatePolicies = ['skip', 'update', 'add'] as const
export type DuplicatePolicy = (typeof duplicatePolicies)[number]
