// All files of examples/ that can be downloaded, in one.
import type { APIRoute } from 'astro'
import { strToU8, zipSync } from 'fflate'
import { chaptersIn, exampleNames, readExample } from '../lib/lessons.ts'

/** The same files give the same bytes: the zip knows no time of its own (the earliest that its format can say). */
const mtime = '1980-01-01T12:00:00'

export const GET: APIRoute = () => {
  const files = chaptersIn('en').flatMap(({ id }) =>
    exampleNames(id)
      .filter(file => !file.endsWith('.console'))
      .sort()
      .map(file => [`living-kubernetes/${id}/${file}`, strToU8(readExample(id, file))] as const),
  )
  return new Response(zipSync(Object.fromEntries(files), { level: 9, mtime }))
}
