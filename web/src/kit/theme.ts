import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Petrol: the one accent, for the one thing to do. */
const petrol: MantineColorsTuple = [
  '#e9f5f7',
  '#d0e8ed',
  '#a3d2dc',
  '#74bccb',
  '#53adbf',
  '#2b93a8',
  '#147e94',
  '#0b6478',
  '#095363',
  '#07414e',
];
const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#eff1f3',
  '#e4e7ea',
  '#d5d9de',
  '#bcc2c9',
  '#939ba5',
  '#6b747e',
  '#4d555e',
  '#343a41',
  '#1c2024',
];
const dark: MantineColorsTuple = [
  '#e3e6e9',
  '#b9bfc6',
  '#929aa3',
  '#69717a',
  '#434a52',
  '#2f353b',
  '#24292e',
  '#1a1e22',
  '#141719',
  '#0e1012',
];
/** Only for people who wait. */
const amber: MantineColorsTuple = [
  '#fff6e0',
  '#ffe9b8',
  '#fbd68a',
  '#f2bf57',
  '#e5a62d',
  '#c98a14',
  '#a66d08',
  '#865604',
  '#6a4403',
  '#4d3202',
];
/** Only for harm and loss. */
const red: MantineColorsTuple = [
  '#fdeeed',
  '#f9d9d7',
  '#f2b1ad',
  '#ea8781',
  '#e3645c',
  '#d84a41',
  '#c23a31',
  '#a32d25',
  '#84231d',
  '#651a15',
];

export const theme = createTheme({
  colors: { petrol, gray, dark, amber, red },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  black: '#1c2024',
  fontFamily:
    "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.6', xl: '1.3' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    // On the field itself: given as a property, the direction lands on what stands around it.
    TextInput: { defaultProps: { attributes: { input: { dir: 'auto' } } } },
    Textarea: { defaultProps: { attributes: { input: { dir: 'auto' } } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: 'sm' } },
    Modal: {
      defaultProps: {
        radius: 'md',
        transitionProps: { duration: 120 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
});
