/** Whether fingers work the screen rather than a mouse. */
import { useMediaQuery } from '@mantine/hooks'

export const useTouch = (): boolean =>
  useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false }) ?? false
