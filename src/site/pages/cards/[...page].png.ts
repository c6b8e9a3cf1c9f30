// The picture that a link to a page is shown with: lessons, chapters, drills and the home pages have one of their own. Previews need whole
// addresses, so that without SITE= none is drawn. LIVING_KUBERNETES_CARD_WIDTH=120 draws them that many pixels wide: for a
// build whose pictures nobody looks at, since most of their time goes into pixels.
import type { APIRoute, GetStaticPaths } from 'astro'
import { languages } from '../../../i18n/strings.ts'
import { drillsIn } from '../../lib/drills.ts'
import { chaptersIn } from '../../lib/lessons.ts'
import { homePath } from '../../lib/paths.ts'
import { cardWidth, chapterCard, drillCard, homeCard, lessonCard } from '../../lib/pictures/card.ts'
import { pngResponse } from '../../lib/pictures/png.ts'

const asked = process.env.LIVING_KUBERNETES_CARD_WIDTH
const width = asked ? Number(asked) : cardWidth
if (!Number.isInteger(width) || width < 1 || width > cardWidth)
  throw new Error(
    `LIVING_KUBERNETES_CARD_WIDTH=${asked}: a whole number of pixels is meant, 1 to ${cardWidth}`,
  )

const within = (path: string): string => path.replace(/^\/|\/$/g, '')

export const getStaticPaths = (() =>
  import.meta.env.SITE
    ? languages.flatMap(language => [
        { params: { page: within(homePath(language)) }, props: { svg: () => homeCard(language) } },
        ...chaptersIn(language).flatMap(chapter => [
          { params: { page: within(chapter.path) }, props: { svg: () => chapterCard(language, chapter) } },
          ...chapter.lessons.map(lesson => ({
            params: { page: within(lesson.path) },
            props: { svg: () => lessonCard(lesson) },
          })),
        ]),
        ...drillsIn(language).map(drill => ({
          params: { page: within(drill.path) },
          props: { svg: () => drillCard(drill) },
        })),
      ])
    : []) satisfies GetStaticPaths

export const GET: APIRoute<{ svg: () => Promise<string> }> = async ({ props }) =>
  pngResponse(await props.svg(), width)
