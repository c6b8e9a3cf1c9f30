// Aligns columns of tab-separated cells as Go's text/tabwriter does: a column is a block of consecutive lines that all
// have a cell there which ends in a tab; the last cell of a line belongs to no column.

export interface TabOptions {
  readonly minimum: number
  readonly padding: number
  /** Widths of one flush are the least widths of the next (github.com/liggitt/tabwriter, used for watches). */
  readonly remember?: boolean
}

/** What `kubectl get` prints with. */
export const tableTabs: TabOptions = { minimum: 6, padding: 3, remember: true }
/** What `kubectl describe` prints with. */
export const describeTabs: TabOptions = { minimum: 0, padding: 2 }

export class TabWriter {
  readonly #options: TabOptions
  readonly #write: (text: string) => void
  #text: string[] = []
  #remembered: number[] = []

  constructor(write: (text: string) => void, options: TabOptions = tableTabs) {
    this.#write = write
    this.#options = options
  }

  write(text: string): void {
    this.#text.push(text)
  }

  flush(): void {
    const text = this.#text.join('')
    this.#text = []
    if (text) this.#write(this.#format(text))
  }

  forgetWidths(): void {
    this.#remembered = []
  }

  #format(text: string): string {
    const lines = text.split('\n').map(line => line.split('\t'))
    const widths: number[] = []
    const out: string[] = []
    const { minimum, padding, remember } = this.#options
    const emit = (from: number, to: number) => {
      for (let i = from; i < to; i++) {
        const cells = lines[i]!
        let line = ''
        for (let j = 0; j < cells.length; j++) {
          const cell = cells[j]!
          line +=
            j < widths.length && j < cells.length - 1
              ? cell + ' '.repeat(Math.max(0, widths[j]! - width(cell)))
              : cell
        }
        out.push(i < lines.length - 1 ? `${line}\n` : line)
      }
    }
    const format = (from: number, to: number) => {
      const column = widths.length
      let start = from
      for (let i = from; i < to; i++) {
        if (column >= lines[i]!.length - 1) continue
        emit(start, i)
        start = i
        let columnWidth = minimum
        if (remember) columnWidth = Math.max(columnWidth, this.#remembered[column] ?? 0)
        for (; i < to; i++) {
          const cells = lines[i]!
          if (column >= cells.length - 1) break
          columnWidth = Math.max(columnWidth, width(cells[column]!) + padding)
        }
        if (remember) this.#remembered[column] = columnWidth
        widths.push(columnWidth)
        format(start, i)
        widths.pop()
        start = i
        i--
      }
      emit(start, to)
    }
    format(0, lines.length)
    return out.join('')
  }
}

/** Characters, as Go counts runes. */
function width(text: string): number {
  let n = text.length
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) n--
  return n
}

export function tabulate(text: string, options: TabOptions): string {
  let out = ''
  const writer = new TabWriter(t => {
    out += t
  }, options)
  writer.write(text)
  writer.flush()
  return out
}
