/** A filled message as it arrives; placeholders without a value are marked in their place. */
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RenderedTemplate, TextPiece } from '../../../../contract/outreach/templates'
import { api } from '../../../api'
import classes from './mail.module.css'

export interface MessagePreviewProps {
  message: Pick<RenderedTemplate, 'marked' | 'blanks' | 'defaulted'>
}

export function MessagePreview({ message: { marked, blanks, defaulted } }: MessagePreviewProps) {
  const labelOf = usePlaceholderLabels()
  return (
    <div aria-live="polite">
      {marked.subject.length > 0 && (
        <Text size="sm" fw={600}>
          <Pieces pieces={marked.subject} />
        </Text>
      )}
      {marked.html === null ? (
        <Text size="sm" className={classes.text} component="div">
          <Pieces pieces={marked.body} />
        </Text>
      ) : (
        // Without any right of its own: nothing in it runs, and nothing is fetched from elsewhere.
        <iframe
          className={classes.paper}
          sandbox=""
          title="The message with its formatting"
          srcDoc={marked.html}
        />
      )}
      {blanks.length > 0 && (
        <Text size="sm" c="red" mt={6}>
          Nothing is known for {blanks.map(labelOf).join(', ')}: fill it in on the record, or give
          it a fallback like {`{{ ${blanks[0]} | default: "…" }}`}.
        </Text>
      )}
      {defaulted.length > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          The fallback stands in for {defaulted.map(labelOf).join(', ')}.
        </Text>
      )}
    </div>
  )
}

function Pieces({ pieces }: { pieces: TextPiece[] }) {
  const labelOf = usePlaceholderLabels()
  return placed(pieces).map(({ text, blank, at }) =>
    blank ? (
      <mark key={at} className={classes.blank} title={`Nothing is known for ${text}`}>
        {labelOf(text)}?
      </mark>
    ) : (
      <span key={at}>{text}</span>
    ),
  )
}

function placed(pieces: readonly TextPiece[]) {
  let at = 0
  return pieces.map((piece) => {
    at += piece.text.length + 1
    return { ...piece, at }
  })
}

/** Placeholders as the menu calls them. */
function usePlaceholderLabels(): (path: string) => string {
  const { data } = useQuery(api.templates.placeholders.queryOptions())
  return (path) => data?.find((one) => one.path === path)?.label ?? path
}
