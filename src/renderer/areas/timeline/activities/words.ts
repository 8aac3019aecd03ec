/** Types and outcomes of activities as people read them, with their icons. */
import {
  type Icon,
  IconActivity,
  IconArrowsExchange,
  IconBrandLinkedin,
  IconBrandTelegram,
  IconCalendarEvent,
  IconCheckbox,
  IconCirclePlus,
  IconEdit,
  IconEye,
  IconFileInvoice,
  IconFileText,
  IconFlag,
  IconHeartHandshake,
  IconMail,
  IconMailForward,
  IconMailOpened,
  IconMessage,
  IconNote,
  IconPhone,
  IconPresentation,
  IconRocket,
  IconRotateClockwise2,
  IconScale,
  IconStairs,
  IconTrash,
  IconTrendingUp,
  IconUserShare,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Word } from '../../../../contract/timeline/activities'
import { api } from '../../../api'
import { readable } from '../../../ui/readable'

const icons: Readonly<Record<string, Icon>> = {
  call: IconPhone,
  email: IconMail,
  meeting: IconCalendarEvent,
  note: IconNote,
  task: IconCheckbox,
  sms: IconMessage,
  linkedin_message: IconBrandLinkedin,
  telegram_message: IconBrandTelegram,
  follow_up: IconRotateClockwise2,
  quote_sent: IconFileInvoice,
  proposal_sent: IconFileText,
  demo: IconPresentation,
  negotiation: IconScale,
  onboarding: IconRocket,
  lead_created: IconCirclePlus,
  lead_updated: IconEdit,
  lead_deleted: IconTrash,
  lead_converted: IconHeartHandshake,
  customer_created: IconCirclePlus,
  customer_updated: IconEdit,
  customer_deleted: IconTrash,
  status_changed: IconFlag,
  stage_changed: IconStairs,
  assignment_changed: IconUserShare,
  email_sent: IconMailForward,
  email_received: IconMail,
  email_opened: IconMailOpened,
  email_clicked: IconArrowsExchange,
  document_viewed: IconEye,
  trading_activity: IconTrendingUp,
  account_milestone: IconFlag,
}

/** A type's icon; types that users added share one. */
export const iconOf = (type: string): Icon => icons[type] ?? IconActivity

export interface Words {
  types: readonly Word[]
  outcomes: readonly Word[]
  typeLabel(name: string): string
  outcomeLabel(name: string): string
}

const none: Word[] = []

export function useWords(): Words {
  const types = useQuery(api.activities.types.list.queryOptions()).data ?? none
  const outcomes = useQuery(api.activities.outcomes.list.queryOptions()).data ?? none
  return {
    types,
    outcomes,
    typeLabel: (name) => labelIn(types, name),
    outcomeLabel: (name) => labelIn(outcomes, name),
  }
}

const labelIn = (words: readonly Word[], name: string) =>
  words.find((word) => word.name === name)?.label ?? readable(name)
