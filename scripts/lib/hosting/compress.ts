// Each text of the site beside itself as .br and .gz, for servers that send what lies there.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { compressible } from './headers.ts'

/** Less than this fits into one packet anyway. */
const worthIt = 1024

/** Answers with the bytes of the texts, and of what they became. */
export async function compressSite(
  out: string,
): Promise<{ files: number; from: number; brotli: number; gzip: number }> {
  const ends = new Set<string>(compressible.map(each => `.${each}`))
  const names = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(name =>
    ends.has(extname(name)),
  )
  const sum = { files: 0, from: 0, brotli: 0, gzip: 0 }
  const one = async (name: string): Promise<void> => {
    const file = join(out, name)
    const data = readFileSync(file)
    if (data.length < worthIt) return
    const params = {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    }
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(data, { params }),
      promisify(gzip)(data, { level: 9 }),
    ])
    if (br.length < data.length) writeFileSync(`${file}.br`, br)
    if (gz.length < data.length) writeFileSync(`${file}.gz`, gz)
    sum.files++
    sum.from += data.length
    sum.brotli += br.length
    sum.gzip += gz.length
  }
  const waiting = names.values()
  const lane = async () => {
    for (const name of waiting) await one(name)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  return sum
}
