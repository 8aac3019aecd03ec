/** How Rapport looks: juniper on warm paper, dense, with tabular figures. */
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core'
import { tooltipDelay } from '../ui/TooltipOnDemand'

const juniper: MantineColorsTuple = [
  '#edf7f4',
  '#d9ece6',
  '#b2d9cd',
  '#87c4b2',
  '#5fae99',
  '#3d9783',
  '#24806e',
  '#12685c',
  '#0d564c',
  '#08423a',
]
const amber: MantineColorsTuple = [
  '#fdf5e6',
  '#f9e8c9',
  '#f4d196',
  '#efbb64',
  '#e8a63c',
  '#d08c20',
  '#a86d12',
  '#8a570b',
  '#6e4508',
  '#523305',
]
/** Warm greys: paper, not steel. */
const gray: MantineColorsTuple = [
  '#faf9f6',
  '#f3f1ec',
  '#e9e6df',
  '#dad6cd',
  '#c2bdb1',
  '#979185',
  '#6a655b',
  '#544f47',
  '#3d3a33',
  '#272520',
]
const dark: MantineColorsTuple = [
  '#d9dcd7',
  '#bcc2bc',
  '#9ba39c',
  '#6f7872',
  '#3c433f',
  '#323835',
  '#272c29',
  '#1d211f',
  '#151817',
  '#0f1110',
]

const systemFont =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif'

export const theme = createTheme({
  primaryColor: 'juniper',
  primaryShade: { light: 7, dark: 6 },
  colors: { juniper, amber, gray, dark },
  black: '#1f1d19',
  autoContrast: true,
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '11px', xl: '18px' },
  fontFamily: systemFont,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.25rem', xl: '2rem' },
  headings: {
    fontFamily: systemFont,
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.3' },
      h3: { fontSize: '1rem', lineHeight: '1.35' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  shadows: {
    xs: '0 1px 2px rgb(35 30 20 / 6%)',
    sm: '0 1px 3px rgb(35 30 20 / 8%), 0 1px 2px rgb(35 30 20 / 5%)',
    md: '0 4px 14px rgb(35 30 20 / 10%), 0 1px 3px rgb(35 30 20 / 8%)',
    lg: '0 12px 32px rgb(35 30 20 / 14%), 0 2px 6px rgb(35 30 20 / 8%)',
    xl: '0 20px 48px rgb(35 30 20 / 18%)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Beside the toasts, above the places of a phone (see app.css).
    ActionBar: {
      defaultProps: {
        position: {
          bottom: 'var(--bar-bottom)',
          left: 'var(--bar-left)',
          right: 'var(--bar-right)',
        },
      },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Button: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs', withItemsBorders: false } },
    Chip: { defaultProps: { size: 'xs', variant: 'outline' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 } },
    Tooltip: { defaultProps: { openDelay: tooltipDelay, withArrow: false, fz: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', withinPortal: true } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    Tabs: { defaultProps: { keepMounted: false } },
  },
})

/** Colours of our own, named after what they are for: in light, in dark; Mantine's own where there is none. */
const ownColors = ({
  white,
  colors: { gray, dark, juniper },
}: MantineTheme): Record<
  string,
  readonly [light: string | undefined, dark: string | undefined]
> => ({
  '--kernel': [gray[1], dark[8]],
  '--surface': ['#ffffff', dark[7]],
  '--line': [gray[2], dark[5]],
  '--hover': [gray[1], dark[6]],
  '--selected': [juniper?.[0] ?? white, '#1c322d'],
  '--signal-overdue': ['#c0372b', '#ff8074'],
  '--signal-today': ['#b06a00', '#f0b04f'],
  '--signal-due': ['#2b7a3f', '#6fce8f'],
  '--signal-nothing': ['#8f6a00', '#e3c04a'],
  '--signal-planned': ['#12685c', '#5fbfa6'],
  '--signal-none': [gray[4], dark[3]],
  '--kind-activity': [juniper?.[7] ?? '#12685c', juniper?.[4] ?? '#5fae99'],
  '--kind-task': ['#3d5fa8', '#8fb0f0'],
  '--kind-reminder': ['#a86d12', '#e8a63c'],
  '--mark': ['#ffe7a8', '#6b5314'],
  '--mantine-color-dimmed': [gray[6], dark[2]],
  '--mantine-color-placeholder': ['#756f63', undefined],
  '--mantine-color-error': ['#c92a2a', '#ff8b82'],
  '--mantine-color-red-text': ['#c92a2a', '#ff8b82'],
  '--mantine-color-juniper-light': [undefined, '#1c322d'],
  '--mantine-color-juniper-light-hover': [undefined, '#223d36'],
  '--mantine-color-juniper-light-color': [undefined, juniper?.[2] ?? white],
})

export const cssVariables: CSSVariablesResolver = (current) => {
  const colors = Object.entries(ownColors(current))
  const ofScheme = (place: 0 | 1) =>
    Object.fromEntries(
      colors.flatMap(([name, pair]) => (pair[place] === undefined ? [] : [[name, pair[place]]])),
    )
  return { variables: {}, light: ofScheme(0), dark: ofScheme(1) }
}
