// Draws the icons of the program from their SVG sources, in headless Chromium: npm run icons
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from './chromium.mjs'
import { root } from './node24.mjs'

const folder = join(root, 'resources', 'icons')
const [icon, tray] = await Promise.all(
  ['icon.svg', 'tray.svg'].map((file) => readFile(join(folder, file), 'utf8')),
)
// Where every pixel counts, the margin that large icons have around them goes.
const close = icon.replace('viewBox="0 0 1024 1024"', 'viewBox="64 64 896 896"')

const images = [
  ...[16, 32].map((size) => ({ svg: close, size, file: `${size}x${size}.png` })),
  ...[64, 128, 256, 512, 1024].map((size) => ({ svg: icon, size, file: `${size}x${size}.png` })),
  // Beside the clock: in colour, and in the one colour that macOS paints over as it needs.
  { svg: close, size: 16, file: 'tray.png' },
  { svg: close, size: 32, file: 'tray@2x.png' },
  { svg: tray, size: 16, file: 'trayTemplate.png' },
  { svg: tray, size: 32, file: 'trayTemplate@2x.png' },
]

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
})
try {
  const page = await browser.newPage()
  for (const { svg, size, file } of images) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`,
    )
    await page.screenshot({ path: join(folder, file), omitBackground: true })
  }
} finally {
  await browser.close()
}
