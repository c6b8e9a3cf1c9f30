// What may be shown in a frame on another site, and where it stands: the forms of the element's `src`, and of the address of the
// page in the frame.

/** `04-deployment/04-roll-back` */
export const isLesson = (text: string): boolean => /^\d\d-[\w-]+\/\d\d-[\w-]+$/.test(text)
/** A file of the gallery: `04-deployment/deployment.yaml` */
export const isFile = (text: string): boolean =>
  /^\d\d-[\w-]+(?:\/\.?[\w-][\w.-]*)+$/.test(text) && !isLesson(text)
/** What somebody did, as a link holds it, or the name of what a page of the site leads to. */
const isHistory = (hash: string): boolean => /^#h=(?:[a-z]+\/)?[\w-]+$/.test(hash)

export type SiteLanguage = 'zh' | 'en'

export interface Source {
  /** Of a whole address alone. */
  readonly language?: SiteLanguage
  /** The page of the site that has the same, below its language: `play/?file=…`, `04-deployment/04-roll-back/#h=…` */
  readonly page: string
  /** Of the page in the frame, below `LANGUAGE/embed/`: `?lesson=…`, `?file=…`, `#h=…` or nothing. */
  readonly frame: string
}

const lesson = (id: string, hash = ''): Source => ({ page: `${id}/${hash}`, frame: `?lesson=${id}${hash}` })
const play = (file: string, hash = ''): Source => {
  const search = file && `?file=${file}`
  return { page: `play/${search}${hash}`, frame: `${search}${hash}` }
}

/**
 * `src`: a lesson, a file of the gallery, `play`, `#h=…`, or the whole address of a lesson, the playground or what is shown
 * here; `site`: the whole address of the site, with a slash at its end. Undefined: none of these.
 */
export function sourceOf(src: string, site: string): Source | undefined {
  if (src === 'play') return play('')
  if (isLesson(src)) return lesson(src)
  if (isFile(src)) return play(src)
  if (isHistory(src)) return play('', src)
  if (!src.startsWith(site)) return undefined
  const { hash, pathname, searchParams } = new URL(src)
  const [, language, place = ''] =
    /^(zh|en)\/(.+)\/$/.exec(pathname.slice(new URL(site).pathname.length)) ?? []
  if (!language || (hash && !isHistory(hash))) return undefined
  const file = searchParams.get('file') ?? ''
  const id = place === 'embed' ? (searchParams.get('lesson') ?? '') : place
  const found = isLesson(id)
    ? lesson(id, hash)
    : (place === 'play' || (place === 'embed' && !id)) && (!file || isFile(file))
      ? play(file, hash)
      : undefined
  return found && { ...found, language: language as SiteLanguage }
}
