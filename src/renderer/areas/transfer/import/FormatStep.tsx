/** The second step: what the rows are, and whether the file was read rightly. */
import {
  Alert,
  Badge,
  Button,
  Group,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { InspectedFile } from '../../../../contract/transfer/import'
import { importKinds } from '../../../../contract/transfer/words'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { messageOf } from '../../../app/problems'
import { bytesText } from '../../../ui/bytes'
import { SearchSelect } from '../../../ui/SearchSelect'
import { type Draft, draftOf, useDraft } from './draft'
import { ImportFrame } from './ImportFrame'
import { capital, importKindTexts } from './kinds'
import classes from './transfer.module.css'

export function FormatStep() {
  const { draft } = useDraft()
  if (!draft) return <Navigate to="/import" replace />
  return <Format draft={draft} />
}

function Format({ draft }: { draft: Draft }) {
  const app = useApp()
  const cache = useQueryClient()
  const { change, replace } = useDraft()
  const { file, form, kind } = draft
  const inspect = useMutation({
    mutationFn: (asked: Draft['form']) =>
      client.transfer.inspect({ fileId: file.fileId, ...definite(asked) }),
    meta: { showsProblem: true },
    onSuccess: (found, asked) => {
      // The columns may be others now.
      cache.removeQueries({ queryKey: api.transfer.suggestMapping.key() })
      replace({ ...draftOf(found, asked), kind })
    },
  })
  const readAgain = (patch: Draft['form']) => inspect.mutate({ ...form, ...patch })
  return (
    <ImportFrame
      step="format"
      title={`What is in ${file.name}?`}
      text={`${bytesText(file.bytes)} · ${file.columns.length} ${file.columns.length === 1 ? 'column' : 'columns'}`}
      back="/import"
      next={{
        label: `Continue with ${importKindTexts[kind].many}`,
        disabled: inspect.isPending,
        onClick: () => app.goTo('/import/fields'),
      }}
    >
      <Radio.Group
        label="Each row is"
        value={kind}
        onChange={(value) => {
          const next = importKinds.find((name) => name === value)
          if (next && next !== kind) {
            change({ kind: next, mapping: null, remembered: false, check: null })
          }
        }}
      >
        <div className={classes.choices} style={{ marginTop: 6 }}>
          {importKinds.map((name) => {
            const { one, text, icon: Icon } = importKindTexts[name]
            return (
              <Radio.Card key={name} value={name} className={classes.choice} radius="lg">
                <Group wrap="nowrap" align="flex-start" gap="sm">
                  <Radio.Indicator size="xs" mt={3} />
                  <Stack gap={2} miw={0}>
                    <Group gap={6}>
                      <Icon size={16} stroke={1.6} aria-hidden />
                      <Text size="sm" fw={600}>
                        {capital(one)}
                      </Text>
                      {name === file.kind && <Badge size="sm">Looks like it</Badge>}
                    </Group>
                    <Text size="xs" c="dimmed">
                      {text}
                    </Text>
                  </Stack>
                </Group>
              </Radio.Card>
            )
          })}
        </div>
      </Radio.Group>
      <section className={`${classes.card} ${classes.flush}`} aria-label="How the file was read">
        <div className={classes.cardHeading}>
          <Title order={2}>Does this look right?</Title>
          <Text size="sm" c="dimmed" mb="sm">
            Change how the file is read until letters and columns look right below.
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <SearchSelect
              label="Encoding"
              data={optionsWith(encodings, file.encoding)}
              value={file.encoding}
              allowDeselect={false}
              disabled={inspect.isPending}
              onChange={(encoding) => encoding && readAgain({ encoding })}
            />
            <Select
              label="Cells are divided by"
              data={optionsWith(delimiters, file.delimiter)}
              value={file.delimiter}
              allowDeselect={false}
              disabled={inspect.isPending}
              onChange={(delimiter) => delimiter && readAgain({ delimiter })}
            />
            <SearchSelect
              label="Column names are in"
              data={headerLines(file)}
              value={file.header === 'missing' ? noHeader : String(file.headerLine)}
              allowDeselect={false}
              disabled={inspect.isPending}
              onChange={(line) =>
                line &&
                readAgain(
                  line === noHeader
                    ? { hasHeader: false, headerLine: undefined }
                    : { hasHeader: true, headerLine: Number(line) },
                )
              }
            />
          </SimpleGrid>
          {file.header === 'unsure' && (
            <Alert color="amber" variant="light" mt="sm" py="xs">
              It is not certain that line {file.headerLine} names the columns. Look below, and
              select “No line: all rows are data” if it does not.
            </Alert>
          )}
          {file.headerLine > 1 && (
            <Text size="xs" c="dimmed" mt="sm">
              {file.headerLine === 2
                ? 'The first line is not read.'
                : `The first ${file.headerLine - 1} lines are not read.`}
            </Text>
          )}
          {inspect.isError && (
            <Alert color="red" variant="light" mt="sm" py="xs" role="alert">
              {messageOf(inspect.error)}
            </Alert>
          )}
        </div>
        <Preview file={file} isLoading={inspect.isPending} />
      </section>
    </ImportFrame>
  )
}

const shownRows = 8

function Preview({ file, isLoading }: { file: InspectedFile; isLoading: boolean }) {
  const [all, setAll] = useState(false)
  const first = file.headerLine + (file.header === 'missing' ? 0 : 1)
  const rows = file.sampleRows.map((cells, index) => ({ line: index + first, cells }))
  return (
    <>
      <section className={classes.scroll} aria-label="The first rows">
        <table
          className={classes.preview}
          style={{ opacity: isLoading ? 0.45 : 1 }}
          aria-busy={isLoading}
        >
          <thead>
            <tr>
              <th className={classes.line} aria-label="Line" />
              {file.columns.map((column) => (
                <th key={column} scope="col" title={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, all ? rows.length : shownRows).map(({ line, cells }) => (
              <tr key={line}>
                <td className={classes.line}>{line}</td>
                {file.columns.map((column, place) => (
                  <td key={column} title={cells[place]}>
                    {cells[place]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > shownRows && !all && (
        <Button variant="subtle" color="gray" m={6} onClick={() => setAll(true)}>
          Show {rows.length} rows
        </Button>
      )}
    </>
  )
}

const noHeader = 'none'
/** The lines that may name the columns, as they are. */
const headerLines = ({ firstLines, headerLine }: InspectedFile) => [
  ...firstLines.flatMap((text, index) =>
    text.trim() === '' && index + 1 !== headerLine
      ? []
      : [{ value: String(index + 1), label: `Line ${index + 1}: ${text.slice(0, 60)}` }],
  ),
  ...(headerLine > firstLines.length
    ? [{ value: String(headerLine), label: `Line ${headerLine}` }]
    : []),
  { value: noHeader, label: 'No line: all rows are data' },
]

const encodings = [
  { value: 'utf-8', label: 'Unicode (UTF-8)' },
  { value: 'utf-16le', label: 'Unicode (UTF-16 LE)' },
  { value: 'utf-16be', label: 'Unicode (UTF-16 BE)' },
  { value: 'windows-1252', label: 'Western (Windows-1252)' },
  { value: 'iso-8859-1', label: 'Western (Latin-1)' },
  { value: 'iso-8859-15', label: 'Western (Latin-9)' },
  { value: 'windows-1250', label: 'Central European (Windows-1250)' },
  { value: 'iso-8859-2', label: 'Central European (Latin-2)' },
  { value: 'windows-1251', label: 'Cyrillic (Windows-1251)' },
  { value: 'koi8-r', label: 'Cyrillic (KOI8-R)' },
  { value: 'windows-1253', label: 'Greek (Windows-1253)' },
  { value: 'windows-1254', label: 'Turkish (Windows-1254)' },
  { value: 'windows-1255', label: 'Hebrew (Windows-1255)' },
  { value: 'windows-1256', label: 'Arabic (Windows-1256)' },
  { value: 'windows-1257', label: 'Baltic (Windows-1257)' },
  { value: 'shift_jis', label: 'Japanese (Shift JIS)' },
  { value: 'euc-jp', label: 'Japanese (EUC-JP)' },
  { value: 'gb18030', label: 'Chinese (GB18030)' },
  { value: 'big5', label: 'Chinese (Big5)' },
  { value: 'euc-kr', label: 'Korean (EUC-KR)' },
  { value: 'macintosh', label: 'Old Mac (Mac Roman)' },
  { value: 'cp437', label: 'DOS (CP 437)' },
  { value: 'cp850', label: 'DOS (CP 850)' },
  { value: 'cp852', label: 'DOS (CP 852)' },
]
const delimiters = [
  { value: ',', label: 'Commas' },
  { value: ';', label: 'Semicolons' },
  { value: '\t', label: 'Tabs' },
  { value: '|', label: 'Bars |' },
  { value: ':', label: 'Colons' },
]

const optionsWith = (options: { value: string; label: string }[], value: string) =>
  options.some((option) => option.value === value)
    ? options
    : [...options, { value, label: value || 'Nothing: one column' }]

/** Only what was decided. */
const definite = ({ hasHeader, headerLine, encoding, delimiter }: Draft['form']) => ({
  ...(hasHeader === undefined ? {} : { hasHeader }),
  ...(headerLine === undefined ? {} : { headerLine }),
  ...(encoding === undefined ? {} : { encoding }),
  ...(delimiter === undefined ? {} : { delimiter }),
})
