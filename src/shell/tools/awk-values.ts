// Values of awk.

/** A number, a string, or text that looks like a number and so is either (a field, an input). */
export type Value = number | string | Input

export class Input {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
