// Why?: answers what the page has asked, and again as the world changes, until the page asks no more.
import type { WhyTexts } from '../../../i18n/why.en.ts'
import type { Life } from '../../../lesson/life.ts'
import { type Language, tell } from '../../../lesson/why/tell.ts'
import { type Answer, type Subject, subjectOf, troubles, why } from '../../../lesson/why/why.ts'
import type { FromWorker, WhyAnswer } from '../protocol.ts'
import { rowOf } from '../rows.ts'
import type { Observer, Takes } from './observer.ts'

/** An answer is looked at anew so often at most: every so many flushes, which come twenty times a second. */
const every = 10

export class Why implements Observer {
  readonly takes: Takes
  readonly part: string
  readonly #texts: WhyTexts
  readonly #language: Language
  #life!: Life
  #about: string | undefined
  #told = ''
  #elapsed = -1
  #flushes = 0

  constructor(texts: WhyTexts, language: Language) {
    this.#texts = texts
    this.#language = language
    this.part = `why-${language}`
    this.takes = {
      why: ({ about }) => {
        this.#about = about
        this.again()
      },
    }
  }

  show(life: Life): void {
    this.#life = life
    this.again()
  }

  again(): void {
    this.#told = ''
    this.#elapsed = -1
    this.#flushes = 0
  }

  flush(): FromWorker[] {
    const about = this.#about
    const { elapsed } = this.#life
    if (about === undefined || elapsed === this.#elapsed || this.#flushes++ % every) return []
    this.#elapsed = elapsed
    const answers = this.#answers(about)
    const text = JSON.stringify(answers)
    if (text === this.#told) return []
    this.#told = text
    return [{ type: 'why', about, answers }]
  }

  #answers(about: string): WhyAnswer[] {
    const { world } = this.#life
    if (about === '') return troubles(world).map(each => this.#tell(each))
    const subject = this.#subject(about)
    return subject ? [this.#tell(why(world, subject), subject)] : []
  }

  /** `pod/web`, `request/5` (one of the latest), `refusal` (the latest). */
  #subject(about: string): Subject | undefined {
    const { world } = this.#life
    const { network, api } = world.cluster
    if (about === 'refusal') {
      const refusal = api.refusals.all.at(-1)
      return refusal && { type: 'refusal', refusal }
    }
    if (!about.startsWith('request/')) return subjectOf(world, about)
    const trace = network.traces.recent.numbered(Number(about.slice('request/'.length)))
    return trace && { type: 'request', trace }
  }

  #tell(answer: Answer, subject = answer.subject): WhyAnswer {
    const told = tell(answer, this.#texts, this.#language)
    switch (subject.type) {
      case 'object': {
        const { state: row } = rowOf(subject.object, this.#life.world.engine.now)
        return { ...told, asked: 'object', name: subject.object.metadata.name, row }
      }
      case 'request': {
        const [client] = subject.trace.hops
        return { ...told, asked: 'request', name: client?.name.split('/').at(-1) || client?.node || '' }
      }
      case 'refusal':
        return { ...told, asked: 'refusal', name: subject.refusal.user?.split(':').at(-1) ?? '' }
      default:
        return { ...told, asked: 'object', name: subject.name }
    }
  }
}
