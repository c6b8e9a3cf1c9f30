// What the tutor says of a failed command, in the page's language: plain data for the page to draw.

/** Characters of a line, the end exclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface SourceLine {
  readonly number: number
  readonly text: string
  /** out: as it is, and wrong; in: as it should be. */
  readonly tone: 'same' | 'out' | 'in'
}

/** What a button does. Nothing is run: a line is put into the terminal, and waits for Enter. */
export type Action =
  | { readonly type: 'put'; readonly label: string; readonly line: string }
  /** Saves the file with this text, then puts the line. */
  | {
      readonly type: 'mend'
      readonly label: string
      readonly file: string
      readonly text: string
      readonly line: string
    }
  | { readonly type: 'open'; readonly label: string; readonly file: string; readonly line: number }
  /** Shows the message in the index of errors: by the name of its entry, or as what is searched for. */
  | {
      readonly type: 'index'
      readonly label: string
      readonly entry: string | undefined
      readonly asked: string
    }

export interface Explanation {
  readonly command: string
  /** The word of the command that is wrong. */
  readonly wrong?: Span
  /** … or the lines of a file. */
  readonly source?: { readonly file: string; readonly lines: readonly SourceLine[] }
  /** What it means, and what can be done. Code stands between backquotes. */
  readonly paragraphs: readonly string[]
  /** The first one is the way out. */
  readonly actions: readonly Action[]
}
