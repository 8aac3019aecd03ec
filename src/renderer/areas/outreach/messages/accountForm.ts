/** The form of an e-mail account: what it begins with, and what it says to the core. */
import { type UseFormReturnType, useForm } from '@mantine/form'
import type { SmtpSecurity } from '../../../../contract/kernel/words'
import type { MailAccount } from '../../../../contract/outreach/accounts'
import { useMay, useMe } from '../../../app/session'
import { textOrNull } from '../../../ui/forms'

export function useAccountForm(account: MailAccount | undefined) {
  const mayConfigure = useMay('configure')
  const me = useMe()
  return useForm({
    initialValues: {
      name: account?.name ?? 'My e-mail',
      shared: account?.shared ?? mayConfigure,
      fromName: account?.fromName ?? me?.name ?? '',
      fromAddress: account?.fromAddress ?? me?.email ?? '',
      replyTo: account?.replyTo ?? '',
      host: account?.host ?? '',
      port: account?.port ?? 587,
      security: account?.security ?? ('starttls' as SmtpSecurity),
      username: account?.username ?? '',
      password: '',
      perHour: account?.perHour ?? 50,
      perDay: account?.perDay ?? 200,
      spacingSeconds: account?.spacingSeconds ?? 20,
      quietHours: account?.quietHours ?? { on: true, from: '20:00', to: '08:00', days: [6, 7] },
      isDefault: account?.isDefault ?? false,
      active: account?.active ?? true,
    },
  })
}

export type AccountValues = ReturnType<ReturnType<typeof useAccountForm>['getValues']>
export type AccountForm = UseFormReturnType<AccountValues>

/** An empty password leaves the one that is kept. */
export const toAccountInput = ({ password, ...values }: AccountValues) => ({
  ...values,
  fromName: textOrNull(values.fromName),
  replyTo: textOrNull(values.replyTo),
  username: textOrNull(values.username),
  ...(password ? { password } : {}),
})
