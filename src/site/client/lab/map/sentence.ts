// The one sentence above the map: what the cluster is doing now. It is the only live region of the lab: while a world goes on
// it changes at most once a second, and the seconds that run in it are not read out.
import type { MapWords } from '../../../../i18n/lab/map.en.ts'
import type { Sentence } from '../../../worker/protocol.ts'
import { h } from '../../dom.ts'
import type { Lab, Part } from '../part.ts'
import { glyph } from './glyph.ts'
import { sentenceText } from './words.ts'

/** Real ms between two sentences. */
const pauseMs = 1000
const shapes = { good: 'ready', wait: 'starting', bad: 'failing', none: 'no-node' } as const

export function sentence({ connection, why }: Lab, t: MapWords): Part {
  const place = h('span', { class: 'sentence-glyph' })
  const words = h('p', { class: 'sentence-words', 'aria-live': 'polite', 'aria-atomic': 'true' })
  const ask = h(
    'button',
    { type: 'button', class: 'sentence-why', hidden: true, onclick: () => asked() },
    t.why,
  )
  const element = h('section', { class: 'lab-sentence' }, place, words, ask)
  let elapsed = 0
  let now: Sentence | undefined
  let drawnAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  const asked = () => now?.why && why(now.why)

  const draw = () => {
    timer = undefined
    if (!now) return
    drawnAt = performance.now()
    element.dataset.tone = now.tone
    place.replaceChildren(glyph(shapes[now.tone]))
    ask.hidden = !now.why
    const [head = '', rest = ''] = sentenceText(now, elapsed, t)
    words.replaceChildren(h('strong', {}, ...running(head)), ' ', h('span', {}, ...running(rest)))
  }
  /** Times run on beside the words that were read out. */
  const tick = () => {
    if (!now || (now.until === undefined && now.since === undefined)) return
    const times = words.querySelectorAll('[aria-live=off]')
    const fresh = sentenceText(now, elapsed, t)
      .flatMap(running)
      .filter(each => typeof each !== 'string')
    for (const [index, each] of fresh.entries()) {
      const time = times[index]
      if (time && time.textContent !== each.textContent) time.textContent = each.textContent
    }
  }
  connection.on('sentence', message => {
    now = message
    // What was said of another world is false at once.
    if (message.fresh) {
      clearTimeout(timer)
      draw()
      return
    }
    if (timer !== undefined) return
    const left = drawnAt + pauseMs - performance.now()
    if (left <= 0) draw()
    else timer = setTimeout(draw, left)
  })
  connection.on('clock', message => {
    elapsed = message.elapsed
    tick()
  })
  /** Durations of a text, each in a span that is not announced. */
  const running = (text: string): (string | HTMLElement)[] => {
    const part = /(\d+ ?(?:h|min|s|小时|分|秒)(?: \d+ ?(?:min|s|分|秒))?)/
    return text.split(part).map((each, index) => (index % 2 ? h('span', { 'aria-live': 'off' }, each) : each))
  }
  return { sentence: element }
}
