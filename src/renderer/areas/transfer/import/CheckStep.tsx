/** The fourth step: what the import would do to every row, and the choices that change it. */
import {
  Alert,
  Badge,
  Button,
  Group,
  Progress,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import type { Import } from '../../../../contract/transfer/import'
import type { DuplicatePolicy, ImportKind } from '../../../../contract/transfer/words'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { messageOf } from '../../../app/problems'
import { useWorkspace } from '../../../app/session'
import { CurrencySelect } from '../../../ui/CurrencySelect'
import { Alongside } from './Alongside'
import { Counts } from './Counts'
import { type Draft, type DraftOptions, inputOf, useDraft } from './draft'
import { ImportFrame } from './ImportFrame'
import { countOfKind, countOfRows, importKindTexts } from './kinds'
import type { Field } from './mapping'
import { Problems } from './Problems'
import { percentOf } from './progress'
import classes from './transfer.module.css'
import { UnknownOwners, UnknownStages } from './Unknown'
import { useCheck } from './useCheck'

export function CheckStep() {
  const { draft } = useDraft()
  if (!draft) return <Navigate to="/import" replace />
  if (!draft.mapping) return <Navigate to="/import/fields" replace />
  return <CheckOf draft={draft} />
}

function CheckOf({ draft }: { draft: Draft }) {
  const app = useApp()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { change, replace } = useDraft()
  const { running, result, isFresh, error, again } = useCheck(draft)
  const { kind, file, options } = draft
  const setOptions = (patch: Partial<DraftOptions>) => change({ options: { ...options, ...patch } })
  const start = useMutation({
    mutationFn: () => client.transfer.start({ ...inputOf(draft), dryRun: false }),
    onSuccess: async ({ importId }) => {
      void cache.invalidateQueries({ queryKey: api.transfer.history.key() })
      // Without a draft this step leads back to the first one, so it has to be left before.
      await navigate({ to: '/import/runs/$importId', params: { importId } })
      replace(null)
    },
  })
  const effect = result ? result.created + result.updated : 0
  return (
    <ImportFrame
      step="check"
      title="This is what would happen"
      text={
        <>
          Every row of <b>{file.name}</b> was read; nothing is changed yet.
        </>
      }
      back="/import/fields"
      next={{
        label: effect > 0 ? `Import ${countOfKind(kind, effect)}` : 'Import',
        disabled: !isFresh || effect === 0,
        loading: start.isPending,
        onClick: () => start.mutate(),
      }}
      note={
        isFresh &&
        effect === 0 && (
          <Text size="sm" c="dimmed" role="status">
            There is nothing to import.
          </Text>
        )
      }
    >
      {error !== null && error !== undefined ? (
        <Alert
          color="red"
          variant="light"
          role="alert"
          icon={<IconAlertCircle size={18} />}
          title="The file could not be checked"
        >
          <Stack gap="sm" align="flex-start">
            {messageOf(error)}
            <Group gap={8}>
              <Button variant="default" onClick={again}>
                Check again
              </Button>
              <Button variant="subtle" onClick={() => app.goTo('/import')}>
                Choose another file
              </Button>
            </Group>
          </Stack>
        </Alert>
      ) : (
        <Checking run={running} isAgain={result !== null} isFresh={isFresh} />
      )}
      {result && (
        <Stack gap="md" style={{ opacity: isFresh ? 1 : 0.55, transition: 'opacity 120ms' }}>
          <Counts of={result} tense="before" />
          <Duplicates
            run={result}
            kind={kind}
            policy={options.onDuplicate}
            onPolicy={(onDuplicate) => setOptions({ onDuplicate })}
          />
          <Alongside of={result} tense="before" />
          <References run={result} />
          <UnknownOwners run={result} options={options} onOptions={setOptions} />
          {kind === 'leads' && (
            <UnknownStages run={result} options={options} onOptions={setOptions} />
          )}
          {(result.unknownCompanies > 0 || !options.createCompanies) && (
            <CreateOrReject
              title={`${result.unknownCompanies.toLocaleString()} ${result.unknownCompanies === 1 ? 'company' : 'companies'} not in Rapport yet`}
              question="Companies not in Rapport yet"
              creates={options.createCompanies}
              onCreates={(createCompanies) => setOptions({ createCompanies })}
            />
          )}
          {kind === 'leads' && (draft.mapping?.contact ?? draft.mapping?.contactEmail) && (
            <CreateOrReject
              title="Contacts not in Rapport yet"
              question="Contacts not in Rapport yet"
              creates={options.createContacts}
              onCreates={(createContacts) => setOptions({ createContacts })}
            />
          )}
          <Reading draft={draft} onOptions={setOptions} />
          <Problems run={result} />
        </Stack>
      )}
    </ImportFrame>
  )
}

interface CheckingProps {
  run: Import | null
  isAgain: boolean
  isFresh: boolean
}

function Checking({ run, isAgain, isFresh }: CheckingProps) {
  if (isFresh) return null
  return (
    <section className={classes.card} aria-label="Checking">
      <Stack gap={8}>
        <Group justify="space-between">
          <Text size="sm" fw={550} role="status">
            {isAgain ? 'Checking again with your choices …' : 'Checking every row …'}
          </Text>
          <Text size="sm" c="dimmed" className="tabular">
            {run ? countOfRows(run.rows) : ''}
          </Text>
        </Group>
        <Progress value={run ? percentOf(run) : 0} animated aria-label="Checked" />
      </Stack>
    </section>
  )
}

const policies: { value: DuplicatePolicy; label: string; text: string }[] = [
  { value: 'skip', label: 'Leave them', text: 'What is in Rapport stays; their rows are skipped.' },
  {
    value: 'update',
    label: 'Update them',
    text: 'Their mapped fields take the values of the file; blank cells change nothing.',
  },
  { value: 'add', label: 'Add all', text: 'Every row becomes a new record, twins included.' },
]

interface DuplicatesProps {
  run: Import
  kind: ImportKind
  policy: DuplicatePolicy
  onPolicy(policy: DuplicatePolicy): void
}

function Duplicates({ run, kind, policy, onPolicy }: DuplicatesProps) {
  const fields = useQuery(api.transfer.fields.queryOptions({ input: { kind } })).data ?? []
  const matches = Object.entries(run.matchedBy).filter(([, count]) => count > 0)
  const found = matches.reduce((sum, [, count]) => sum + count, 0)
  const { many } = importKindTexts[kind]
  return (
    <section className={classes.card} aria-label="Already there">
      <Group justify="space-between" gap="md" align="flex-start">
        <div style={{ flex: '1 1 280px' }}>
          <Title order={2}>
            {found > 0
              ? `${countOfRows(found)} of ${many} that are already there`
              : `${many.charAt(0).toUpperCase()}${many.slice(1)} that are already there`}
          </Title>
          <Group gap={6} mt={4}>
            {matches.map(([field, count]) => (
              <Badge key={field} color="gray">
                {labelOf(field, fields)}: {count.toLocaleString()}
              </Badge>
            ))}
            <Text size="sm" c="dimmed">
              {found > 0
                ? 'recognised by these fields'
                : policy === 'add'
                  ? 'Nothing is compared: every row is added.'
                  : 'None was recognised among the rows.'}
            </Text>
          </Group>
        </div>
        <Stack gap={4} flex="0 1 400px">
          <SegmentedControl
            aria-label="What to do with them"
            data={policies.map(({ value, label }) => ({ value, label }))}
            value={policy}
            onChange={(value) => onPolicy(value)}
            fullWidth
          />
          <Text size="xs" c="dimmed">
            {policies.find(({ value }) => value === policy)?.text}
          </Text>
        </Stack>
      </Group>
    </section>
  )
}

const labelOf = (name: string, fields: readonly Field[]) =>
  fields.find((field) => field.name === name)?.label ?? name

function References({ run }: { run: Import }) {
  if (run.references.length === 0) return null
  return (
    <section className={classes.card} aria-label="Links to other records">
      <Title order={2} mb={6}>
        Links to other records
      </Title>
      <Stack gap={4}>
        {run.references.map(({ field, label, linked, created, left }) => (
          <Group key={field} gap={6}>
            <Text size="sm" fw={550} miw={110}>
              {label}
            </Text>
            {(linked > 0 || created + left === 0) && (
              <Badge color="gray">{linked.toLocaleString()} linked</Badge>
            )}
            {created > 0 && <Badge color="green">{created.toLocaleString()} created</Badge>}
            {left > 0 && <Badge color="amber">{left.toLocaleString()} left blank</Badge>}
          </Group>
        ))}
      </Stack>
    </section>
  )
}

interface CreateOrRejectProps {
  title: string
  question: string
  creates: boolean
  onCreates(creates: boolean): void
}

function CreateOrReject({ title, question, creates, onCreates }: CreateOrRejectProps) {
  return (
    <section className={classes.card} aria-label={question}>
      <Group justify="space-between" gap="md">
        <div style={{ flex: '1 1 280px' }}>
          <Title order={2}>{title}</Title>
          <Text size="sm" c="dimmed">
            {creates
              ? 'They are created with the name the file gives them.'
              : 'Rows that name them are not imported.'}
          </Text>
        </div>
        <SegmentedControl
          aria-label={question}
          data={[
            { value: 'create', label: 'Create them' },
            { value: 'reject', label: 'Reject their rows' },
          ]}
          value={creates ? 'create' : 'reject'}
          onChange={(value) => onCreates(value === 'create')}
        />
      </Group>
    </section>
  )
}

interface ReadingProps {
  draft: Draft
  onOptions(patch: Partial<DraftOptions>): void
}

/** How values are read where the file itself may not tell. */
function Reading({ draft, onOptions }: ReadingProps) {
  const { options, kind } = draft
  const currency = useWorkspace()?.currency
  const pipelines = useQuery({
    ...api.pipeline.list.queryOptions(),
    enabled: kind === 'leads',
  }).data
  return (
    <section className={classes.card} aria-label="How values are read">
      <Title order={2} mb="sm">
        How values are read
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, sm: kind === 'leads' ? 4 : 2 }} spacing="sm">
        {kind === 'leads' && (
          <CurrencySelect
            label="Amounts are in"
            value={options.currency ?? currency ?? null}
            allowDeselect={false}
            onChange={(value) => value && onOptions({ currency: value })}
          />
        )}
        {kind === 'leads' && pipelines && pipelines.length > 1 && (
          <Select
            label="Pipeline"
            data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
            value={options.pipelineId ?? pipelines.find(({ isDefault }) => isDefault)?.id ?? null}
            allowDeselect={false}
            onChange={(value) => value && onOptions({ pipelineId: value, stageMap: {} })}
          />
        )}
        <Select
          label="Dates like 03/04/2026"
          data={[
            { value: '', label: 'As the file shows' },
            { value: 'dmy', label: 'Day first: 3 April' },
            { value: 'mdy', label: 'Month first: 4 March' },
            { value: 'ymd', label: 'Year first' },
          ]}
          value={options.dateOrder ?? ''}
          allowDeselect={false}
          onChange={(value) =>
            onOptions({ dateOrder: (value || undefined) as DraftOptions['dateOrder'] })
          }
        />
        <Select
          label="Numbers like 1,234"
          data={[
            { value: '', label: 'As the file shows' },
            { value: '.', label: 'Decimal point: 1,234.50' },
            { value: ',', label: 'Decimal comma: 1.234,50' },
          ]}
          value={options.decimalSeparator ?? ''}
          allowDeselect={false}
          onChange={(value) =>
            onOptions({
              decimalSeparator: (value || undefined) as DraftOptions['decimalSeparator'],
            })
          }
        />
      </SimpleGrid>
    </section>
  )
}
