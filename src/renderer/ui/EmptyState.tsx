/** A calm full-area message: nothing here yet, nothing found, or something went wrong. */
import { EmptyState as Base } from '@mantine/core'
import type { Icon as IconType } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface EmptyStateProps {
  icon: IconType
  title: string
  text?: ReactNode
  /** Buttons or more text below. */
  children?: ReactNode
  size?: 'sm' | 'md'
}

export function EmptyState({ icon: Icon, title, text, children, size = 'md' }: EmptyStateProps) {
  return (
    <Base
      py={size === 'sm' ? 'lg' : 64}
      px="md"
      size={size}
      variant="light"
      icon={<Icon size={size === 'sm' ? 20 : 28} stroke={1.5} />}
      title={title}
      description={text}
    >
      {children && <Base.Actions>{children}</Base.Actions>}
    </Base>
  )
}
