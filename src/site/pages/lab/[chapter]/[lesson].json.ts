// What the lab needs of a lesson or a drill, in one file that is fetched when the lab is first opened.
import type { APIRoute } from 'astro'
import { drillsIn } from '../../../lib/drills.ts'
import { drillData, labData } from '../../../lib/lab-data.ts'
import { chaptersIn } from '../../../lib/lessons.ts'

const lessons = () => chaptersIn('en').flatMap(chapter => chapter.lessons)

export const getStaticPaths = () =>
  [...lessons(), ...drillsIn('en')].map(({ id }) => {
    const [chapter, lesson] = id.split('/')
    return { params: { chapter, lesson } }
  })

export const GET: APIRoute = ({ params }) => {
  const id = `${params.chapter}/${params.lesson}`
  const page = lessons().find(each => each.id === id)
  const drill = drillsIn('en').find(each => each.id === id)
  return new Response(JSON.stringify(page ? labData(page) : drill && drillData(drill)))
}
