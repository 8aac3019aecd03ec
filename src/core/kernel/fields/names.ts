/** Names for the machine made from labels for people. */

/** “Contract end” → `contract_end`; empty when no letter from a to z is in it. */
export const nameFrom = (label: string): string =>
  label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60)
