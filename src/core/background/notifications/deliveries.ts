/** Deliveries as people see them: what went out how, what did not, and what becomes of it. */
import type { contract } from '../../../contract'
import type { Delivery } from '../../../contract/background/notifications'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import type { SqlValue } from '../../kernel/database/database'
import { conflict, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { Outbox } from './outbox'
import { type DeliveryRow, seqBefore, toDelivery } from './rows'

type ListInput = InputOf<(typeof contract)['notifications']['deliveries']['list']>

const deliverySelect = `select delivery.*, notification.user_id, notification.title, notification.kind
  from delivery join notification on notification.id = delivery.notification_id`
const seesAllDeliveries = (actor: Actor) => actor.role === 'admin'

/** What a person may try again or cancel: all but what is sent, or being sent at this moment. */
const changeable: readonly Delivery['state'][] = ['waiting', 'dead', 'unknown', 'cancelled']

export function createDeliveries({ database }: Kernel, outbox: Outbox) {
  function list(actor: Actor, input: ListInput) {
    const clauses = ['true']
    const parameters: SqlValue[] = []
    if (!seesAllDeliveries(actor)) {
      clauses.push('notification.user_id = ?')
      parameters.push(actor.userId)
    }
    if (input.state) {
      clauses.push(`delivery.state in (${input.state.map(() => '?').join(', ')})`)
      parameters.push(...input.state)
    }
    const where = clauses.join(' and ')
    const before = seqBefore(input.cursor)
    const rows = database.all<DeliveryRow>(
      `${deliverySelect} where ${where} and delivery.seq < ? order by delivery.seq desc limit ?`,
      ...parameters,
      before,
      input.limit + 1,
    )
    const page = rows.slice(0, input.limit)
    return {
      items: page.map(toDelivery),
      nextCursor: rows.length > page.length ? String(page.at(-1)?.seq) : null,
      total: Number(
        database.value(
          `select count(*) from delivery join notification on notification.id = delivery.notification_id
           where ${where}`,
          ...parameters,
        ),
      ),
    }
  }

  function change(actor: Actor, id: string, work: (id: string) => void): Delivery {
    const find = () => database.get<DeliveryRow>(`${deliverySelect} where delivery.id = ?`, id)
    database.transaction(() => {
      const row = find()
      if (!row || (row.user_id !== actor.userId && !seesAllDeliveries(actor)))
        throw notFound('delivery')
      if (!changeable.includes(row.state))
        throw conflict(
          row.state === 'sent' ? 'This was sent already.' : 'This is being sent at this moment.',
        )
      work(id)
    })
    const row = find() as DeliveryRow
    database.announce(row.user_id, { delivery: [id] })
    return toDelivery(row)
  }

  return {
    list,
    /** Tries again what did not go out. @throws conflict */
    retry: (actor: Actor, id: string) => change(actor, id, outbox.retry),
    /** It will not go out, or needs no more attention. @throws conflict */
    cancel: (actor: Actor, id: string) =>
      change(actor, id, (delivery) => outbox.cancel(delivery, 'Cancelled by hand.')),
  }
}
