/** Logs the same activity on every record selected in a list. */
import { Button } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { BulkActionProps } from '../../../app/bulkActions'
import { useMay } from '../../../app/session'
import { BulkLogDialog } from './BulkLogDialog'
import type { LogKind } from './links'

export function BulkLog({ kind, target, count, onDone }: BulkActionProps<LogKind>) {
  const mayWrite = useMay('write')
  const [opened, setOpened] = useState(false)
  if (!mayWrite) return null
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconMessagePlus size={15} />}
        onClick={() => setOpened(true)}
      >
        Log
      </Button>
      {opened && (
        <BulkLogDialog
          kind={kind}
          target={target}
          count={count}
          onClose={() => setOpened(false)}
          onDone={onDone}
        />
      )}
    </>
  )
}
