/** Who sits in front of the screen, in which workspace, with which screen settings. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Permission } from '../../contract/kernel/base'
import { api } from '../api'

/** The caller and its permissions; undefined until known. */
export const useMe = () => useQuery(api.users.me.queryOptions()).data

export const useWorkspace = () => useQuery(api.settings.workspace.queryOptions()).data

/** Whether the caller's role allows it; false until known. */
export function useMay(permission: Permission): boolean {
  return useMe()?.permissions.includes(permission) ?? false
}

/** Whether the caller may change what somebody made for all: its author may, and whoever configures. */
export function useMayChange(): (made: { createdBy: { id: string } | null }) => boolean {
  const me = useMe()
  const mayConfigure = useMay('configure')
  return ({ createdBy }) => mayConfigure || (me !== undefined && createdBy?.id === me.id)
}

/**
 * One screen setting of the caller, kept in the database. The new value shows at once; `read`
 * turns what is stored (which may be of an older shape) into a value, or undefined.
 */
export function usePreference<Value>(
  key: string,
  read: (stored: unknown) => Value | undefined,
  initial: Value,
): { value: Value; ready: boolean; set(value: Value): void } {
  const cache = useQueryClient()
  const { data, isPending } = useQuery(api.settings.preferences.queryOptions())
  const save = useMutation(
    api.settings.setPreference.mutationOptions({
      onMutate: ({ key: changed, value }) => {
        cache.setQueryData(api.settings.preferences.queryKey(), (before) => ({
          ...before,
          [changed]: value,
        }))
      },
      onError: () => cache.invalidateQueries({ queryKey: api.settings.preferences.key() }),
    }),
  )
  const stored = data?.[key]
  return {
    value: (stored === undefined ? undefined : read(stored)) ?? initial,
    ready: !isPending,
    set: (value) => save.mutate({ key, value }),
  }
}
