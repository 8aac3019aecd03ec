/** What is around every step of an import: where one is, the way back and on. */
import { Button, Group, Stack, Stepper, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { useApp } from '../../../app/actions'
import { Keys } from '../../../app/Keys'
import { shortcuts } from '../../../app/shortcuts'
import { PageTitle } from '../../../ui/PageTitle'
import { useNarrow } from '../../../ui/useNarrow'
import classes from './transfer.module.css'

const steps = [
  { name: 'file', label: 'File', to: '/import' },
  { name: 'format', label: 'What is it?', to: '/import/format' },
  { name: 'fields', label: 'Fields', to: '/import/fields' },
  { name: 'check', label: 'Check', to: '/import/check' },
  { name: 'import', label: 'Import', to: '' },
] as const
export type StepName = (typeof steps)[number]['name']

export interface ImportFrameProps {
  step: StepName
  title: string
  text?: ReactNode
  /** The step is over: all marks are set and no step can be gone back to. */
  over?: boolean
  children: ReactNode
  /** Where the way back leads. */
  back?: string
  /** The way on; Ctrl or ⌘ with Enter goes it, too. */
  next?: Next
  /** What is to be known of the way on. */
  note?: ReactNode
  /** Other buttons that stay in sight below. */
  footer?: ReactNode
}

interface Next {
  label: string
  disabled?: boolean
  loading?: boolean
  onClick(): void
}

export function ImportFrame(props: ImportFrameProps) {
  const { step, title, text, over = false, children, back, next, note, footer } = props
  const app = useApp()
  const narrow = useNarrow()
  const active = steps.findIndex(({ name }) => name === step)
  // Once rows are being written there is no way back, only undo.
  const closed = step === 'import'
  useNextByKey(next)
  return (
    <div className={classes.page}>
      <section className={classes.column} aria-label="Import">
        <Group justify="space-between" wrap="nowrap" gap="sm">
          {narrow ? (
            <Text size="sm" c="dimmed" fw={550}>
              Import · step {active + 1} of {steps.length}
            </Text>
          ) : (
            <Stepper
              active={over ? steps.length : active}
              size="xs"
              iconSize={26}
              className={classes.stepper}
              allowNextStepsSelect={false}
              onStepClick={(index) => {
                const to = steps[index]?.to
                if (to && index < active && !closed) app.goTo(to)
              }}
            >
              {steps.map(({ name, label }, index) => (
                <Stepper.Step
                  key={name}
                  label={label}
                  allowStepSelect={index < active && !closed}
                />
              ))}
            </Stepper>
          )}
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconHistory size={16} stroke={1.6} />}
            renderRoot={(props) => <Link to="/import/history" {...props} />}
          >
            Past imports
          </Button>
        </Group>
        <Stack gap={2}>
          <PageTitle title={title} />
          {text && (
            <Text size="sm" c="dimmed" maw={680} component="div">
              {text}
            </Text>
          )}
        </Stack>
        {children}
      </section>
      {(footer || next) && (
        <footer className={classes.footer}>
          <Group className={classes.footerColumn} gap="sm">
            {back && (
              <Button variant="default" onClick={() => app.goTo(back)}>
                Back
              </Button>
            )}
            {next && (
              <Button
                disabled={next.disabled ?? false}
                loading={next.loading ?? false}
                onClick={next.onClick}
                rightSection={narrow ? undefined : <Keys keys={shortcuts.save.keys} />}
              >
                {next.label}
              </Button>
            )}
            {note}
            {footer}
          </Group>
        </footer>
      )}
    </div>
  )
}

function useNextByKey(next: Next | undefined) {
  /** Answers whether there was a way on. */
  const goOn = useEffectEvent(() => {
    if (!next || next.disabled || next.loading || isDialogOpen()) return false
    next.onClick()
    return true
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return
      if (goOn()) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

const isDialogOpen = () =>
  document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null
