/** Whose leads are looked at: shown and changed in one place, as far as the user may see them. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { LeadScope } from '../../../../contract/kernel/words'
import { api } from '../../../api'
import { scopeLabels } from './scopes'

/** Undefined until it is known. */
export const useLeadScopes = () => useQuery(api.suggestions.scopes.queryOptions()).data

export interface LeadScopePickerProps {
  value: LeadScope
  onChange(scope: LeadScope): void
}

/** Nothing for those who see their own leads only. */
export function LeadScopePicker({ value, onChange }: LeadScopePickerProps) {
  const scopes = useLeadScopes() ?? []
  if (scopes.length < 2) return null
  return (
    <SegmentedControl
      aria-label="Whose leads"
      value={value}
      onChange={(scope) => onChange(scope as LeadScope)}
      data={scopes.map(({ scope }) => ({ value: scope, label: scopeLabels[scope] }))}
    />
  )
}
