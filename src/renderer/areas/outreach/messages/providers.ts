/** What providers of mail need to know. */
import type { SmtpSecurity } from '../../../../contract/kernel/words'

interface Provider {
  label: string
  values: { name: string; host: string; port: number; security: SmtpSecurity }
}

export const providers: readonly Provider[] = [
  {
    label: 'Gmail',
    values: { name: 'Gmail', host: 'smtp.gmail.com', port: 465, security: 'tls' },
  },
  {
    label: 'Outlook',
    values: { name: 'Outlook', host: 'smtp.office365.com', port: 587, security: 'starttls' },
  },
  {
    label: 'Another',
    values: { name: 'My e-mail', host: '', port: 587, security: 'starttls' },
  },
]
