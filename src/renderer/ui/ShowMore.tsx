/** The button below a list that shows its next page; nothing where it is whole. */
import { Button, Group } from '@mantine/core'

export interface ShowMoreProps {
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown }
}

export function ShowMore({ pages }: ShowMoreProps) {
  if (!pages.hasNextPage) return null
  return (
    <Group justify="center" p="md">
      <Button
        variant="default"
        loading={pages.isFetchingNextPage}
        onClick={() => void pages.fetchNextPage()}
      >
        Show more
      </Button>
    </Group>
  )
}
