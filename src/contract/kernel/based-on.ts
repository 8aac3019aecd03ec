/** Edits that say what they began from, so that nobody overwrites what they have not seen. */
import * as z from 'zod'
import { Id, Instant, Reference } from './shapes'

/**
 * The values that an edit began from, by field and in the shape that the same fields have in the
 * edit. Their types are not checked: a stored value may be older than today's rules.
 */
export const BasedOn = z.record(z.string().max(120), z.unknown()).describe(
  `What the edited fields were when the edit began, e.g. { "description": "Old text" }. A field that
   is neither that nor the new value any more is a clash: nothing is saved, and the answer is 409 with
   the clashes. Fields that are not named here are overwritten.`.replace(/\s+/g, ' '),
)
export type BasedOn = z.infer<typeof BasedOn>

/** The input of an update: its fields, and optionally what they were when the edit began. */
export const editOf = <Fields extends z.ZodRawShape>(shape: z.ZodObject<Fields>) =>
  shape.extend({ basedOn: BasedOn.optional() }) as z.ZodObject<
    Fields & { basedOn: z.ZodOptional<typeof BasedOn> }
  >

/** One field that two people changed: what it was, is now, and would have become. */
export const Clash = z.object({
  /** As in the edit; a custom field is `custom.key`. */
  field: z.string(),
  label: z.string(),
  basedOn: z.unknown(),
  current: z.unknown(),
  yours: z.unknown(),
  /** The names of records that the values refer to, by their ids. */
  names: z.record(Id, z.string()),
  /** Who changed it last, and when. */
  by: Reference.nullable(),
  at: Instant.nullable(),
})
export type Clash = z.infer<typeof Clash>

/** The code of the refusal whose data are `{ clashes }`. */
export const clashCode = 'clash'
