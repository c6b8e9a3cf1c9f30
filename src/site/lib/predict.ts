/** How a <Choice> begins in HTML: where the question of a <Predict> ends. */
export const choiceStart = '<li data-choice="'

export interface Guess {
  readonly question: string
  /** The items of the list of choices; empty where the answer is a number. */
  readonly choices: string
  /** The step and what explains it, whatever lists are in there. */
  readonly rest: string
}

/** The inner HTML of a <Predict> in its parts. A number's question is the first paragraph. */
export function splitGuess(html: string): Guess {
  const behind = (text: string, from = 0): number => html.indexOf(text, from) + text.length
  const start = html.indexOf(choiceStart)
  const from = start < 0 ? behind('</p>') : start
  const to = start < 0 ? from : behind('</li>', html.lastIndexOf(choiceStart))
  return { question: html.slice(0, from), choices: html.slice(from, to), rest: html.slice(to) }
}
