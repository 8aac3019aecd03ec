/** What is each user's own: the profile, the theme, the keyboard. */
import {
  Button,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  useMantineColorScheme,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconDeviceDesktop, IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { zod4Resolver } from 'mantine-form-zod-resolver'
import type { ReactNode } from 'react'
import * as z from 'zod'
import { Email } from '../../../../contract/kernel/shapes'
import { User } from '../../../../contract/records/users'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { Keys } from '../../../app/Keys'
import { useMay } from '../../../app/session'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { FormProblem, showRefusal, textOrNull, useEditedRecord } from '../../../ui/forms'
import { LoadState } from '../../../ui/LoadState'
import { FormButtons } from '../../../ui/settings/FormButtons'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { TimezoneSelect } from '../../../ui/TimezoneSelect'
import { DesktopCard } from './DesktopCard'

export function PreferencesSection() {
  const app = useApp()
  const me = useQuery(api.users.me.queryOptions())
  const mayConfigure = useMay('configure')
  return (
    <SettingsFrame title="My preferences" text="Yours alone: nobody else’s screens change.">
      <LoadState query={me} what="your profile">
        {(user) => <Profile user={user} />}
      </LoadState>
      <SettingsCard title="Theme" text="Kept on this machine, in this browser.">
        <ThemeChoice />
      </SettingsCard>
      {window.rapport && <DesktopCard bridge={window.rapport} />}
      <SettingsCard
        title="Keyboard"
        text="Everything can be done without the mouse; single keys work wherever no text is being typed."
        actions={
          <Button
            variant="default"
            leftSection={<IconKeyboard size={16} />}
            onClick={app.openKeyboardMap}
          >
            Show the keyboard map
          </Button>
        }
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing={6}>
          <KeyLine keys="mod+k" label="Search and commands" />
          <KeyLine keys="n" label="New lead" />
          <KeyLine keys="mod+z" label="Undo your last change" />
          <KeyLine keys="?" label="The keyboard map" />
        </SimpleGrid>
      </SettingsCard>
      {mayConfigure && (
        <SettingsCard
          title="First steps"
          text="The questions Rapport asked when it was new: name, currency, what to begin with."
          actions={
            <Button variant="default" renderRoot={(props) => <Link to="/welcome" {...props} />}>
              See them again
            </Button>
          }
        />
      )}
    </SettingsFrame>
  )
}

const Values = z.object({
  name: User.shape.name,
  email: z.union([z.literal(''), Email]),
  timezone: z.string().nullable(),
  signature: z.string(),
})
const check = zod4Resolver(Values)

const valuesOf = ({ name, email, timezone, signature }: User) => ({
  name,
  email: email ?? '',
  timezone,
  signature: signature ?? '',
})

function Profile({ user }: { user: User }) {
  const cache = useQueryClient()
  const form = useForm({ initialValues: valuesOf(user), validate: check })
  const edited = useEditedRecord(form, user, valuesOf)
  const draft = useFormDraft(form, {
    key: 'profile',
    title: 'Your profile',
    blank: valuesOf(user),
    basedOn: user,
  })
  const save = useMutation({
    ...api.users.updateMe.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: (saved) => {
      draft.saved()
      edited.saved(saved)
      void cache.invalidateQueries({ queryKey: api.users.me.key() })
    },
    onError: (error) => showRefusal(form, error),
  })
  const changed = form.isDirty()
  return (
    <SettingsCard title="Profile">
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, email, timezone, signature }) =>
          save.mutate(
            editFrom(recordIn(draft.restoredFrom, edited.before()), {
              name,
              email: textOrNull(email),
              timezone,
              signature: textOrNull(signature),
            }),
          ),
        )}
      >
        <Stack gap="md">
          <DraftNotice draft={draft} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="Name" required {...form.getInputProps('name')} />
            <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
          </SimpleGrid>
          <TimezoneSelect
            label="Time zone"
            placeholder="As the workspace"
            clearable
            {...form.getInputProps('timezone')}
          />
          <Textarea
            label="Signature"
            description="Ends what you send."
            autosize
            minRows={2}
            maxRows={8}
            {...form.getInputProps('signature')}
          />
          <FormProblem form={form} />
          <FormButtons saving={save.isPending} changed={changed} onDiscard={draft.startOver} />
        </Stack>
      </form>
    </SettingsCard>
  )
}

const schemes: { value: 'light' | 'dark' | 'auto'; label: ReactNode }[] = [
  { value: 'light', label: <Choice icon={<IconSun size={16} stroke={1.6} />} text="Light" /> },
  { value: 'dark', label: <Choice icon={<IconMoon size={16} stroke={1.6} />} text="Dark" /> },
  {
    value: 'auto',
    label: <Choice icon={<IconDeviceDesktop size={16} stroke={1.6} />} text="System" />,
  },
]

function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      size="sm"
      aria-label="Theme"
      data={schemes}
      value={colorScheme}
      onChange={(value) => setColorScheme(value)}
      maw={380}
      fullWidth
    />
  )
}

function Choice({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <Group gap={7} wrap="nowrap" justify="center" px={6}>
      {icon}
      {text}
    </Group>
  )
}

function KeyLine({ keys, label }: { keys: string; label: string }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{label}</Text>
      <Keys keys={keys} />
    </Group>
  )
}
