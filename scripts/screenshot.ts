// Takes the picture of README.md and of link previews: a lesson with the lab open, from the built site (`npm run build`).
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { launch, openPage } from '../tests/site/browser.ts'
import { requireNode } from './lib/node-version.ts'
import { root } from './lib/run.ts'
import { serve } from './lib/serve.ts'

/** The same picture with its data packed tightly: browsers pack in haste. */
function recompress(png: Buffer): Buffer {
  const chunks: [type: string, data: Buffer][] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push([png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length)])
    at += length + 12
  }
  const data = Buffer.concat(chunks.filter(([type]) => type === 'IDAT').map(([, each]) => each))
  const packed = deflateSync(inflateSync(data), { level: 9, memLevel: 9 })
  const others = (before: boolean) =>
    chunks.filter(([type]) => (type === 'IEND') !== before && type !== 'IDAT')
  return Buffer.concat([
    png.subarray(0, 8),
    ...[...others(true), ['IDAT', packed] as const, ...others(false)].flatMap(([type, content]) => {
      const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
      const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
      length.writeUInt32BE(content.length)
      check.writeUInt32BE(crc32(body))
      return [length, body, check]
    }),
  ])
}

requireNode()
const site = process.env.LIVING_KUBERNETES_OUT ?? join(root, 'dist')
if (!existsSync(join(site, 'index.html'))) throw new Error(`There is no site in ${site}: npm run build`)
const served = await serve(site, '/', 0)
const browser = await launch()
try {
  const { page } = await openPage(browser, { colorScheme: 'light', viewport: { width: 1440, height: 780 } })
  await page.goto(`${served.url}en/04-deployment/04-roll-back/`)
  const step = page.locator('.console[data-step="break-it"]')
  await step.locator('[data-step-action="run"]').click()
  await step.and(page.locator('[data-same]')).waitFor({ timeout: 60_000 })
  await page.locator('.pod').first().waitFor()
  await step.evaluate(element => {
    document.documentElement.style.scrollBehavior = 'auto'
    scrollTo(0, element.getBoundingClientRect().top + scrollY - 250)
  })
  await page.waitForTimeout(500)
  const picture = recompress(await page.screenshot())
  writeFileSync(join(root, 'public/lesson.png'), picture)
  console.log(`public/lesson.png: ${Math.round(picture.length / 1024)} KB`)
} finally {
  await browser.close()
  await served.close()
}
