/** Fields that a workspace adds to its records. */

/** SQL of the label of one; its parameters are the table and the key. */
export const customFieldLabel = 'select label from custom_field where table_name = ? and key = ?'
