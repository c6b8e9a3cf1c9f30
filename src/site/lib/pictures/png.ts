// Drawings as PNG, for those who take nothing else. The same drawing gives the same bytes on every machine: letters are drawn
// as paths (text.ts), so nothing depends on its fonts.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

// The build may write its own code anywhere: packages are those of the project.
const require = createRequire(join(process.cwd(), 'package.json'))
let ready: Promise<void> | undefined

/** `width` in pixels; the height follows from the drawing's viewBox. */
export async function png(svg: string, width: number): Promise<Uint8Array> {
  ready ??= initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')))
  await ready
  const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: width } })
  const rendered = drawing.render()
  try {
    return rendered.asPng()
  } finally {
    rendered.free()
    drawing.free()
  }
}

export const pngResponse = async (svg: string, width: number): Promise<Response> =>
  new Response(Uint8Array.from(await png(svg, width)), { headers: { 'content-type': 'image/png' } })
