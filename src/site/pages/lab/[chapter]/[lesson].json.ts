// What the lab needs of a lesson, in one file that is fetched when the lab is first opened.
import type { APIRoute } from 'astro'
import { labData } from '../../../lib/lab-data.ts'
import { chaptersIn } from '../../../lib/lessons.ts'

const lessons = () => chaptersIn('en').flatMap(chapter => chapter.lessons)

export const getStaticPaths = () =>
  lessons().map(page => {
    const [chapter, lesson] = page.id.split('/')
    return { params: { chapter, lesson } }
  })

export const GET: APIRoute = ({ params }) => {
  const page = lessons().find(each => each.id === `${params.chapter}/${params.lesson}`)
  return new Response(JSON.stringify(page && labData(page)))
}
