/** Rows that cannot be imported, or not unchanged: line, column, value and why; the former as a file. */
import { Button, Group, Table, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Import } from '../../../../contract/transfer/import'
import { client } from '../../../api'
import { saveFile } from '../../../ui/saveFile'
import { countOfRows } from './kinds'
import classes from './transfer.module.css'

export function Problems({ run }: { run: Import }) {
  return (
    <>
      {run.rejected > 0 && (
        <section className={`${classes.card} ${classes.flush}`} aria-label="Rows with problems">
          <Group justify="space-between" className={classes.cardHeading} gap="sm">
            <div style={{ flex: '1 1 280px' }}>
              <Title order={2}>{countOfRows(run.rejected)} with problems</Title>
              <Text size="sm" c="dimmed">
                The rest does not wait for them. Correct them in the downloaded file and import that
                one afterwards.
              </Text>
            </div>
            <RejectedButton run={run} />
          </Group>
          <ProblemTable problems={run.problems} />
          {run.rejected > run.problems.length && (
            <Text size="xs" c="dimmed" px={18} py={8}>
              The first {run.problems.length.toLocaleString()} are shown; the file has all of them.
            </Text>
          )}
        </section>
      )}
      {run.warnings.length > 0 && (
        <section className={`${classes.card} ${classes.flush}`} aria-label="Worth a look">
          <div className={classes.cardHeading}>
            <Title order={2}>Worth a look</Title>
            <Text size="sm" c="dimmed">
              These rows are imported, but not everything as it stands in the file.
            </Text>
          </div>
          <ProblemTable problems={run.warnings} />
        </section>
      )}
    </>
  )
}

function ProblemTable({ problems }: { problems: Import['problems'] }) {
  return (
    <div className={classes.problems}>
      <Table
        borderColor="var(--line)"
        verticalSpacing={6}
        horizontalSpacing={18}
        fz="sm"
        stickyHeader
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.number}>Line</Table.Th>
            <Table.Th>Column</Table.Th>
            <Table.Th className={classes.wide}>Value</Table.Th>
            <Table.Th>Problem</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {problems.map((problem) => (
            <Table.Tr key={`${problem.line} ${problem.column} ${problem.value} ${problem.message}`}>
              <Table.Td className={classes.number}>{problem.line.toLocaleString()}</Table.Td>
              <Table.Td className={classes.cell}>{problem.column ?? '–'}</Table.Td>
              <Table.Td className={`${classes.cell} ${classes.wide}`}>
                {clip(problem.value)}
              </Table.Td>
              <Table.Td>{problem.message}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** The rows as they stood in the file, with line and reason in front. */
export function RejectedButton({
  run,
}: {
  run: Pick<Import, 'importId' | 'fileName' | 'rejected'>
}) {
  const download = useMutation({
    mutationFn: async () =>
      saveFile(
        await client.transfer.rejected({ importId: run.importId }),
        `${run.fileName.replace(/\.[^.]*$/, '')} – rejected.csv`,
      ),
  })
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={15} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      Download {run.rejected === 1 ? 'the row' : 'these rows'}
    </Button>
  )
}

const clip = (value: string) => (value.length > 120 ? `${value.slice(0, 120)} …` : value)
