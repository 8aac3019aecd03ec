/** Writes a message with formatting; what the editor does not know is written as HTML. */
import { Input, Textarea } from '@mantine/core'
import { RichTextEditor } from '@mantine/tiptap'
import '@mantine/tiptap/styles.layer.css'
import { useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { getNonce } from 'get-nonce'
import { type ReactNode, type Ref, useImperativeHandle, useState } from 'react'
import classes from './mail.module.css'

export interface FormattedTextHandle {
  insert(text: string): void
  /** The text without its formatting. */
  plain(): string
}

export interface FormattedTextProps {
  ref: Ref<FormattedTextHandle>
  label: string
  /** HTML. */
  value: string
  onChange(html: string): void
  error?: ReactNode
  onFocus(): void
}

export default function FormattedText(props: FormattedTextProps) {
  // Decided once: a text does not change its editor while it is written.
  const [beyond] = useState(() => isBeyondEditor(props.value))
  return beyond ? <HtmlSource {...props} /> : <Editor {...props} />
}

/** Pictures, tables and colours would be lost in the editor. */
const isBeyondEditor = (html: string) => /<(img|table|div|span|u|sub|sup)\b|\sstyle=/i.test(html)

function Editor({ ref, label, value, onChange, error, onFocus }: FormattedTextProps) {
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: { openOnClick: false }, underline: false })],
    content: value,
    injectNonce: getNonce() ?? '',
    editorProps: { attributes: { 'aria-label': label } },
    onUpdate: ({ editor: changed }) => onChange(changed.isEmpty ? '' : changed.getHTML()),
    onFocus,
  })
  useImperativeHandle(ref, () => ({
    insert: (text) => editor.chain().focus().insertContent({ type: 'text', text }).run(),
    plain: () => editor.getText({ blockSeparator: '\n\n' }),
  }))
  return (
    <Input.Wrapper label={label} error={error}>
      <RichTextEditor editor={editor} className={classes.editor}>
        <RichTextEditor.Toolbar>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Bold />
            <RichTextEditor.Italic />
            <RichTextEditor.Strikethrough />
            <RichTextEditor.ClearFormatting />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.H2 />
            <RichTextEditor.BulletList />
            <RichTextEditor.OrderedList />
            <RichTextEditor.Blockquote />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Link />
            <RichTextEditor.Unlink />
          </RichTextEditor.ControlsGroup>
        </RichTextEditor.Toolbar>
        <RichTextEditor.Content />
      </RichTextEditor>
    </Input.Wrapper>
  )
}

function HtmlSource({ ref, label, value, onChange, error, onFocus }: FormattedTextProps) {
  useImperativeHandle(ref, () => ({
    insert: (text) => onChange(value + text),
    plain: () => new DOMParser().parseFromString(value, 'text/html').body.textContent.trim(),
  }))
  return (
    <Textarea
      label={`${label} (HTML)`}
      description="It has pictures, tables or colours, so it is shown as it is written. Scripts are taken out when it is sent."
      autosize
      minRows={6}
      maxRows={16}
      value={value}
      error={error}
      onFocus={onFocus}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
