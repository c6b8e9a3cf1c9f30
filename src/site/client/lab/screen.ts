// What a terminal shows: text with the few control sequences that programs here use (carriage return, backspace, clear,
// cursor home). Colours of the programs are dropped; the site gives its own light touch.
import { isSentence, type Piece, pieces } from '../../lib/output-words.ts'
import { h } from '../dom.ts'
import { isRow, secondColumn, splitAt } from './columns.ts'

const maximumLines = 4000

const spans = (parts: readonly Piece[]): (Node | string)[] =>
  parts.map(each => (each.tone ? h('span', { class: `tone-${each.tone}` }, each.text) : each.text))

export class Screen {
  readonly element: HTMLElement
  #line: HTMLElement
  #text = ''
  #column = 0
  /** Where the second column begins of the table that is being written. */
  #table: number | undefined
  /** An escape sequence whose end has not come yet. */
  #rest = ''

  constructor(label: string) {
    this.element = h('div', { class: 'screen-lines', role: 'log', 'aria-label': label, 'aria-live': 'off' })
    this.#line = this.#add()
  }

  clear(): void {
    this.element.replaceChildren()
    this.#text = ''
    this.#column = 0
    this.#line = this.#add()
  }

  write(chunk: string): void {
    const text = this.#rest + chunk
    this.#rest = ''
    let at = 0
    while (at < text.length) {
      const stop = text.slice(at).search(/[\n\r\b\u0007\u001b]/)
      if (stop === -1) {
        this.#put(text.slice(at))
        break
      }
      if (stop > 0) this.#put(text.slice(at, at + stop))
      at += stop
      const control = text[at]
      if (control === '\u001b') {
        const sequence = /^\u001b(?:\[([0-9;?]*)([A-Za-z])|[()][A-Z0-9]|[=>78cM])/.exec(text.slice(at))
        if (!sequence) {
          if (text.length - at < 16) {
            this.#rest = text.slice(at)
            break
          }
          at++
          continue
        }
        at += sequence[0].length
        if (sequence[2] === 'J' && sequence[1] !== '') this.clear()
        else if (sequence[2] === 'K') this.#text = this.#text.slice(0, this.#column)
        continue
      }
      at++
      if (control === '\n') {
        this.#draw()
        this.#line = this.#add()
        this.#text = ''
        this.#column = 0
      } else if (control === '\r') this.#column = 0
      else if (control === '\b') this.#column = Math.max(0, this.#column - 1)
    }
    this.#draw()
  }

  /** The line that the reader typed, as a terminal echoes it. */
  echo(prompt: string, text: string): void {
    if (this.#text) this.write('\n')
    this.#table = undefined
    this.#line.classList.add('typed')
    this.#line.append(h('span', { class: 'prompt' }, prompt), text)
    this.#line = this.#add()
  }

  /** Something beside the text, below what stands there now: it is no part of what is copied. */
  note(element: HTMLElement): void {
    if (this.#text) this.write('\n')
    this.#line.before(element)
  }

  get text(): string {
    return [...this.element.querySelectorAll('.screen-line')].map(each => each.textContent).join('\n')
  }

  #put(text: string): void {
    this.#text = this.#text.slice(0, this.#column) + text + this.#text.slice(this.#column + text.length)
    this.#column += text.length
  }

  #draw(): void {
    this.#line.classList.toggle('sentence', isSentence(this.#text))
    const parts = pieces(this.#text)
    this.#table = secondColumn(parts) ?? this.#table
    const isTable = this.#table !== undefined && isRow(this.#text, this.#table)
    this.#line.classList.toggle('row', isTable)
    if (isTable) {
      const [first, rest] = splitAt(parts, this.#table!)
      this.#line.replaceChildren(h('span', { class: 'first' }, ...spans(first)), ...spans(rest))
    } else this.#line.replaceChildren(...spans(parts))
  }

  #add(): HTMLElement {
    const line = h('div', { class: 'screen-line' })
    this.element.append(line)
    while (this.element.childElementCount > maximumLines) this.element.firstElementChild?.remove()
    return line
  }
}
