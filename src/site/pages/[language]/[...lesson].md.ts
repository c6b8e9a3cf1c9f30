// Each lesson and each drill as Markdown beside its page: `…/04-roll-back/index.md`.
import type { APIRoute, GetStaticPaths } from 'astro'
import { allDrills } from '../../lib/drills.ts'
import { allLessons } from '../../lib/lessons.ts'
import { drillMarkdown } from '../../lib/markdown/drill.ts'
import { lessonMarkdown } from '../../lib/markdown/lesson.ts'

export const getStaticPaths = (() => [
  ...allLessons().map(page => ({
    params: { language: page.language, lesson: `${page.id}/index` },
    props: { text: () => lessonMarkdown(page) },
  })),
  ...allDrills().map(page => ({
    params: { language: page.language, lesson: `${page.id}/index` },
    props: { text: () => drillMarkdown(page) },
  })),
]) satisfies GetStaticPaths

export const GET: APIRoute<{ text: () => string }> = ({ props: { text } }) =>
  new Response(text(), { headers: { 'content-type': 'text/markdown; charset=utf-8' } })
