/** The words of a step, filled in for this lead; blanks are named rather than hidden. */
import { ActionIcon, Alert, CopyButton, Group } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react'
import type { DueStep } from '../../../../contract/outreach/plans'
import { TextWithLinks } from '../../../ui/TextWithLinks'
import classes from './StepPane.module.css'

/** Shows nothing where the step has no words. */
export function Script({ step: { subject, body, blanks } }: { step: DueStep }) {
  if (!subject && !body) return null
  const whole = [subject, body].filter(Boolean).join('\n\n')
  return (
    <section aria-label="Script">
      {blanks.length > 0 && (
        <Alert
          color="amber"
          p="xs"
          mb={8}
          icon={<IconAlertTriangle size={16} />}
          title={`No value here: ${blanks.join(', ')}`}
        />
      )}
      <div className={classes.script}>
        <Group justify="space-between" wrap="nowrap" align="flex-start" gap={8}>
          <div>
            {subject && <p className={classes.subject}>{subject}</p>}
            {body && (
              <p className={classes.words}>
                <TextWithLinks text={body} />
              </p>
            )}
          </div>
          <CopyButton value={whole}>
            {({ copied, copy }) => (
              <ActionIcon aria-label={copied ? 'Copied' : 'Copy the text'} onClick={copy}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            )}
          </CopyButton>
        </Group>
      </div>
    </section>
  )
}
