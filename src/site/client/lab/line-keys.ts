// The keys with which bash edits its line (readline's emacs mode), as functions of the line: no DOM, no state but what was
// cut last. What a browser's own field does already (arrows, Home, End, Backspace) is left to it.

export interface Line {
  readonly text: string
  /** Place of the caret. */
  readonly caret: number
}

const wordStart = ({ text, caret }: Line, word: RegExp): number => {
  let at = caret
  while (at > 0 && !word.test(text[at - 1]!)) at--
  while (at > 0 && word.test(text[at - 1]!)) at--
  return at
}
const wordEnd = ({ text, caret }: Line, word: RegExp): number => {
  let at = caret
  while (at < text.length && !word.test(text[at]!)) at++
  while (at < text.length && word.test(text[at]!)) at++
  return at
}
/** Ctrl-W goes by blanks, Alt with a letter by words. */
const blankless = /\S/
const letters = /[\p{L}\p{N}_]/u

export class LineKeys {
  #cut = ''

  /** What a key (`C-k`, `M-b`) makes of a line; undefined where it is none of bash's. */
  apply(key: string, line: Line): Line | undefined {
    const { text, caret } = line
    const cut = (from: number, to: number): Line => {
      if (to > from) this.#cut = text.slice(from, to)
      return { text: text.slice(0, from) + text.slice(to), caret: from }
    }
    switch (key) {
      case 'C-a':
        return { text, caret: 0 }
      case 'C-e':
        return { text, caret: text.length }
      case 'C-b':
        return { text, caret: Math.max(0, caret - 1) }
      case 'C-f':
        return { text, caret: Math.min(text.length, caret + 1) }
      case 'M-b':
        return { text, caret: wordStart(line, letters) }
      case 'M-f':
        return { text, caret: wordEnd(line, letters) }
      case 'C-k':
        return cut(caret, text.length)
      case 'C-u':
        return cut(0, caret)
      case 'C-w':
        return cut(wordStart(line, blankless), caret)
      case 'M-d':
        return cut(caret, wordEnd(line, letters))
      case 'C-h':
        return {
          text: text.slice(0, Math.max(0, caret - 1)) + text.slice(caret),
          caret: Math.max(0, caret - 1),
        }
      case 'C-d':
        return { text: text.slice(0, caret) + text.slice(caret + 1), caret }
      case 'C-y':
        return { text: text.slice(0, caret) + this.#cut + text.slice(caret), caret: caret + this.#cut.length }
      case 'C-t': {
        // The character before the caret goes behind the one at it; at the end, the last two change places.
        const at = caret === text.length ? caret - 1 : caret
        if (at < 1) return line
        return { text: text.slice(0, at - 1) + text[at]! + text[at - 1]! + text.slice(at + 1), caret: at + 1 }
      }
      default:
        return undefined
    }
  }
}

/** Ctrl-R: earlier lines that hold what is typed, the latest first. */
export class ReverseSearch {
  readonly #history: readonly string[]
  #at: number
  /** The line that was found last; it stays where nothing more is. */
  match = ''
  /** Whether the last search found nothing. */
  failed = false

  constructor(history: readonly string[]) {
    this.#history = history
    this.#at = history.length
  }

  /** Looks for another text, from the present place on. */
  search(query: string): void {
    this.#find(query, Math.min(this.#at, this.#history.length - 1))
  }

  /** Ctrl-R once more: the one before. */
  older(query: string): void {
    this.#find(query, this.#at - 1)
  }

  #find(query: string, from: number): void {
    if (!query) return
    for (let at = from; at >= 0; at--) {
      if (!this.#history[at]!.includes(query)) continue
      this.#at = at
      this.match = this.#history[at]!
      this.failed = false
      return
    }
    this.failed = true
  }
}
