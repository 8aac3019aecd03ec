/** The heading of a page, which the browser's tab and the window are named after. */
import { Title, type TitleProps } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

interface PageTitleProps extends Omit<TitleProps, 'order' | 'children'> {
  title: string
  /** What is in the heading, where it is more than the title. */
  children?: ReactNode
}

export function PageTitle({ title, children = title, ...props }: PageTitleProps) {
  useWindowTitle(title)
  return (
    <Title order={1} {...props}>
      {children}
    </Title>
  )
}

/** Names the tab while the page is shown; a page without a name of its own leaves the program's. */
export function useWindowTitle(title: string) {
  useEffect(() => {
    document.title = `${title} – Rapport`
    return () => {
      document.title = 'Rapport'
    }
  }, [title])
}
