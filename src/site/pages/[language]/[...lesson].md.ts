// Each lesson as Markdown beside its page: `…/04-roll-back/index.md`.
import type { APIRoute, GetStaticPaths } from 'astro'
import { allLessons, type LessonPage } from '../../lib/lessons.ts'
import { lessonMarkdown } from '../../lib/markdown/lesson.ts'

export const getStaticPaths = (() =>
  allLessons().map(page => ({
    params: { language: page.language, lesson: `${page.id}/index` },
    props: { page },
  }))) satisfies GetStaticPaths

export const GET: APIRoute<{ page: LessonPage }> = ({ props: { page } }) =>
  new Response(lessonMarkdown(page), { headers: { 'content-type': 'text/markdown; charset=utf-8' } })
