/** A stage's colour: one of the palette, or any other. */
import { ColorPicker, ColorSwatch, Popover, Stack, TextInput, UnstyledButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Color } from '../../../../../contract/records/pipeline'

/** Told apart at a glance, in light and dark. */
export const palette = [
  '#868e96',
  '#228be6',
  '#15aabf',
  '#12b886',
  '#40c057',
  '#82c91e',
  '#fab005',
  '#f59f00',
  '#fd7e14',
  '#fa5252',
  '#e64980',
  '#be4bdb',
  '#7950f2',
  '#4c6ef5',
  '#2b8a3e',
  '#c92a2a',
]

export interface StageColorProps {
  name: string
  color: string
  disabled: boolean
  onChange(color: string): void
}

export function StageColor({ name, color, disabled, onChange }: StageColorProps) {
  const [opened, setOpened] = useState(false)
  const [chosen, setChosen] = useState(color)
  useEffect(() => setChosen(color), [color])
  const valid = Color.safeParse(chosen).success
  const commit = (next: string) => {
    if (Color.safeParse(next).success && next.toLowerCase() !== color.toLowerCase()) onChange(next)
  }
  return (
    <Popover
      opened={opened}
      onChange={(open) => {
        setOpened(open)
        if (!open) commit(chosen)
      }}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          aria-label={`Colour of ${name}`}
          aria-haspopup="dialog"
          disabled={disabled}
          onClick={() => setOpened(!opened)}
        >
          <ColorSwatch color={color} size={20} radius="sm" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Colour of ${name}`}>
        <Stack gap="xs">
          <ColorPicker
            format="hex"
            size="sm"
            swatches={palette}
            swatchesPerRow={8}
            value={valid ? chosen : color}
            onChange={setChosen}
            onColorSwatchClick={(next) => {
              setChosen(next)
              setOpened(false)
              commit(next)
            }}
          />
          <TextInput
            size="xs"
            aria-label="Colour as #RRGGBB"
            value={chosen}
            error={valid ? undefined : 'Must be a colour like #228be6'}
            onChange={(event) => setChosen(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !valid) return
              setOpened(false)
              commit(chosen)
            }}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
