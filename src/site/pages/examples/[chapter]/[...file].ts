// The files of examples/, byte for byte, to be downloaded.
import type { APIRoute } from 'astro'
import { chaptersIn, exampleNames, readExample } from '../../../lib/lessons.ts'

export const getStaticPaths = () =>
  chaptersIn('en').flatMap(({ id }) =>
    exampleNames(id)
      .filter(file => !file.endsWith('.console'))
      .map(file => ({ params: { chapter: id, file } })),
  )

export const GET: APIRoute = ({ params }) =>
  new Response(readExample(params.chapter ?? '', params.file ?? ''))
