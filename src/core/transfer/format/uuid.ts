/** Ids of Rapport's own records, and of other programs that make theirs alike. */

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const isUuid = (value: string): boolean => uuid.test(value)
