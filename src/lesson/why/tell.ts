// An answer in a reader's language: sentences whose pieces of code are marked, so that whoever shows them needs no markup.
import type { WhyPhrase, WhyText, WhyTexts } from '../../i18n/why.en.ts'
import type { Value, Values } from './symptom.ts'
import type { Answer, Cause, Link, Ref } from './why.ts'

/** A sentence in pieces; every second one (from 1) is code. */
export type Sentence = readonly string[]

export interface ToldLink {
  readonly number: number
  readonly says: Sentence
  readonly shown: string
  readonly objects: readonly Ref[]
  /** `deployment/web`, `spec.template.spec.containers[0].image` */
  readonly field?: Link['field']
  readonly place?: Link['place']
  readonly missing?: string
}

export interface ToldCause {
  /** The cause itself: what its last link says. */
  readonly says: Sentence
  readonly cure: Sentence
  readonly command?: string
  readonly back?: string
  readonly follows?: Sentence
  readonly links: readonly ToldLink[]
}

export interface Told {
  readonly about: Ref | undefined
  readonly state: Answer['state']
  readonly causes: readonly ToldCause[]
  readonly normal?: Sentence
  readonly odd: readonly string[]
}

export type Language = 'zh' | 'en'

export function tell(answer: Answer, texts: WhyTexts, language: Language): Told {
  const between = language === 'zh' ? '、' : ', '
  const plain = (value: Value): string => {
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    return 'text' in value ? phrase(value.text, value.values).join('') : value.join(between)
  }
  // Backticks are read before the places are filled: what the world says is never read as markup.
  const sentence = (text: string, values: Values = {}): Sentence =>
    text
      .split('`')
      .map(piece =>
        piece.replace(/\{(\w+)\}/g, (whole, name: string) =>
          Object.hasOwn(values, name) ? plain(values[name]!) : whole,
        ),
      )
  const phrase = (text: WhyPhrase, values?: Values): Sentence => sentence(texts.phrases[text], values)
  const link = ({ text, values, ...rest }: Link): ToldLink => ({
    ...rest,
    says: sentence(texts.says[text], values),
  })
  const cause = ({ links, cure, command, back, follows }: Cause): ToldCause => {
    const last = links.at(-1)!
    return {
      says: sentence(texts.says[last.text], last.values),
      cure: sentence(cureOf(texts, cure, last.number), last.values),
      ...(command !== undefined && { command }),
      ...(back !== undefined && { back }),
      ...(follows && { follows: phrase(follows.text, follows.values) }),
      links: links.map(link),
    }
  }
  const { about, state, causes, normal, odd } = answer
  return {
    about,
    state,
    causes: causes.map(cause),
    ...(normal && { normal: phrase(normal.text, normal.values) }),
    odd,
  }
}

function cureOf({ cures }: WhyTexts, text: WhyText, number: number): string {
  const all: Readonly<Record<string, string>> = cures
  return all[text] ?? all[String(number)] ?? ''
}

export const textOf = (sentence: Sentence): string => sentence.join('')
