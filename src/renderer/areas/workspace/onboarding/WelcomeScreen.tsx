/** The first screen of a new database: who you are, your money and days, and what to begin with. */
import {
  Button,
  Group,
  Loader,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
  UnstyledButton,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import {
  IconArrowBackUp,
  IconFileSpreadsheet,
  IconPlant2,
  IconSearch,
  IconSparkles,
  IconTargetArrow,
  type Icon as IconType,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { zod4Resolver } from 'mantine-form-zod-resolver'
import { useState } from 'react'
import * as z from 'zod'
import { Workspace } from '../../../../contract/kernel/workspace'
import { User } from '../../../../contract/records/users'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { editFrom } from '../../../app/clashes/edit'
import { Keys } from '../../../app/Keys'
import { Logo } from '../../../app/Logo'
import { useMay } from '../../../app/session'
import { CurrencySelect, localCurrency } from '../../../ui/CurrencySelect'
import { FormProblem, showRefusal } from '../../../ui/forms'
import { LoadState } from '../../../ui/LoadState'
import { PageTitle } from '../../../ui/PageTitle'
import { localZone, TimezoneSelect } from '../../../ui/TimezoneSelect'
import { useNarrow } from '../../../ui/useNarrow'
import classes from './WelcomeScreen.module.css'

type Beginning = 'import' | 'sample' | 'empty'

export function WelcomeScreen() {
  const me = useQuery(api.users.me.queryOptions())
  const workspace = useQuery(api.settings.workspace.queryOptions())
  const [begun, setBegun] = useState<'sample' | 'empty' | null>(null)
  return (
    <div className={classes.page}>
      <Stack gap="xl" className={classes.column}>
        <Group gap={12}>
          <Logo size={34} />
          <Text fw={680} fz="1.25rem" lts="-0.02em">
            Rapport
          </Text>
        </Group>
        {begun ? (
          <Tour />
        ) : (
          <LoadState query={me} what="your profile">
            {(user) => (
              <LoadState query={workspace} what="the workspace’s settings">
                {(stored) => <FirstSteps me={user} workspace={stored} onBegun={setBegun} />}
              </LoadState>
            )}
          </LoadState>
        )}
      </Stack>
    </div>
  )
}

const Values = z.object({
  name: User.shape.name,
  currency: Workspace.shape.currency,
  timezone: z.string().min(1, 'must be chosen'),
})
type Values = z.output<typeof Values>
const check = zod4Resolver(Values)

interface FirstStepsProps {
  me: User
  workspace: Workspace
  onBegun(beginning: 'sample' | 'empty'): void
}

function FirstSteps({ me, workspace, onBegun }: FirstStepsProps) {
  const app = useApp()
  const cache = useQueryClient()
  const mayAdminister = useMay('administer')
  const first = !workspace.onboarded
  // As it was when this was opened: the questions can be seen again later.
  const [before] = useState({ me, workspace })
  const form = useForm<Values>({
    initialValues: {
      // What a new database calls its owner is no name to keep.
      name: first && me.name === 'Me' ? '' : me.name,
      currency: first
        ? (localCurrency(navigator.languages) ?? workspace.currency)
        : workspace.currency,
      timezone: first ? localZone() : workspace.timezone,
    },
    validate: check,
  })
  const begin = useMutation({
    meta: { showsProblem: true },
    mutationFn: async ({ values, with: chosen }: { values: Values; with: Beginning }) => {
      const { name, currency, timezone } = values
      if (mayAdminister) await client.users.update({ id: me.id, ...editFrom(before.me, { name }) })
      // The currency is set before anything is made that takes it over.
      await client.settings.updateWorkspace(editFrom(before.workspace, { currency, timezone }))
      if (chosen === 'sample') await client.settings.sample.load({})
      return await client.settings.updateWorkspace({ onboarded: true })
    },
    onSuccess: async (saved, { with: chosen }) => {
      cache.setQueryData(api.settings.workspace.queryKey(), saved)
      await cache.invalidateQueries({ queryKey: api.users.key() })
      if (chosen === 'import') app.goTo('/import')
      else onBegun(chosen)
    },
    onError: (error) => showRefusal(form, error),
  })
  const choose = (chosen: Beginning) => {
    const submit = form.onSubmit((values) => begin.mutate({ values, with: chosen }))
    submit()
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        // Enter in a field chooses nothing by itself: the three choices differ too much.
        event.preventDefault()
        form.validate()
      }}
    >
      <Stack gap="xl">
        <Stack gap={6}>
          <PageTitle
            title={first ? 'Good to have you here' : 'First steps'}
            className={classes.title}
          />
          <Text c="dimmed" className={classes.lead}>
            Everything you enter stays on this machine, in one file. It works without a network.
          </Text>
        </Stack>
        <Stack gap="md">
          <TextInput
            label="Your name"
            description="Stands beside what you own and change."
            placeholder="e.g. Jana Dvořák"
            autoComplete="name"
            required
            autoFocus
            readOnly={!mayAdminister}
            {...form.getInputProps('name')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <CurrencySelect
              label="Currency"
              required
              allowDeselect={false}
              {...form.getInputProps('currency')}
            />
            <TimezoneSelect
              label="Time zone"
              required
              allowDeselect={false}
              {...form.getInputProps('timezone')}
              description={null}
            />
          </SimpleGrid>
          <FormProblem form={form} />
        </Stack>
        <Stack gap="sm">
          <Title order={2}>What do you want to begin with?</Title>
          {choices.map(({ name, label, text, icon: Icon }) => {
            const running = begin.isPending && begin.variables.with === name
            return (
              <UnstyledButton
                key={name}
                type="button"
                className={classes.choice}
                disabled={begin.isPending}
                onClick={() => choose(name)}
              >
                <span className={classes.symbol}>
                  {running ? <Loader size={20} /> : <Icon size={24} stroke={1.5} aria-hidden />}
                </span>
                <span>
                  <b>{label}</b>
                  <span className={classes.text}>{text}</span>
                </span>
              </UnstyledButton>
            )
          })}
          {!first && (
            <Group>
              <Button variant="subtle" color="gray" onClick={() => app.goTo('/')}>
                Back to work
              </Button>
            </Group>
          )}
        </Stack>
      </Stack>
    </form>
  )
}

const choices: { name: Beginning; label: string; text: string; icon: IconType }[] = [
  {
    name: 'import',
    label: 'Import a spreadsheet',
    text: 'The list you work with now, as CSV. Rapport shows what it would do before it does it.',
    icon: IconFileSpreadsheet,
  },
  {
    name: 'sample',
    label: 'Look around with sample data',
    text: 'Ten companies and a small pipeline. One undo takes all of it away again.',
    icon: IconPlant2,
  },
  {
    name: 'empty',
    label: 'Start empty',
    text: 'A pipeline with five stages, ready for your first lead.',
    icon: IconSparkles,
  },
]

/** Three things worth knowing, on one card. */
function Tour() {
  const app = useApp()
  const narrow = useNarrow()
  return (
    <Stack gap="xl">
      <PageTitle title="Three things worth knowing" className={classes.title} />
      <Stack gap="lg" component="ul" className={classes.points}>
        <Point icon={IconSearch} keys="mod+k" title="Everything is a few letters away">
          Find any record or note, and do anything, from one field.
        </Point>
        <Point icon={IconTargetArrow} keys="n" title="A lead is one key">
          Then drag it along the pipeline; every move stands on its timeline by itself.
        </Point>
        <Point icon={IconArrowBackUp} keys="mod+z" title="Nothing is final">
          Every change can be undone, bulk changes and whole imports too.
        </Point>
      </Stack>
      <Group>
        <Button size="sm" autoFocus onClick={() => app.goTo('/')}>
          Open Rapport
        </Button>
        {!narrow && (
          <Text size="sm" c="dimmed">
            All keys: press <b>?</b> anywhere.
          </Text>
        )}
      </Group>
    </Stack>
  )
}

interface PointProps {
  icon: IconType
  keys: string
  title: string
  children: string
}

function Point({ icon: Icon, keys, title, children }: PointProps) {
  return (
    <li className={classes.point}>
      <span className={classes.symbol}>
        <Icon size={22} stroke={1.5} aria-hidden />
      </span>
      <span>
        <Group gap={10}>
          <b>{title}</b>
          <Keys keys={keys} />
        </Group>
        <span className={classes.text}>{children}</span>
      </span>
    </li>
  )
}
