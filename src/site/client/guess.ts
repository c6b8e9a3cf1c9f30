// Guesses: the output of a step and what explains it are hidden until the reader has guessed, asks for them or runs the
// step. What was guessed is kept for the lesson and stays beside the result.
import { all, h, store } from './dom.ts'
import { words } from './words.ts'

const key = (box: HTMLElement): string =>
  `guess:${location.pathname.split('/').slice(-3, -1).join('/')}:${box.dataset.guess}`

/** Opens it, with the name of a choice, a number, or nothing: no guess. A second answer changes nothing. */
export function answerGuess(box: HTMLElement, guess = ''): void {
  if (box.dataset.open !== undefined) return
  box.dataset.open = ''
  const { answer = '' } = box.dataset
  const right = Number.isNaN(Number(answer))
    ? guess === answer
    : guess !== '' && Number(guess) === Number(answer)
  let mine = guess
  let truth = answer
  for (const button of all<HTMLButtonElement>('.choices button', box)) {
    const { choice } = button.dataset
    button.disabled = true
    button.setAttribute('aria-pressed', String(choice === guess))
    if (choice === answer) button.dataset.mark = 'right'
    else if (choice === guess) button.dataset.mark = 'mine'
    if (choice === guess) mine = button.textContent
    if (choice === answer) truth = button.textContent
  }
  const verdict = box.querySelector<HTMLElement>('.verdict')
  if (verdict) {
    const said = guess === '' ? words.notGuessed : words.guessed.replace('{guess}', () => mine)
    verdict.replaceChildren(h('span', {}, right ? `${said} ✓` : said))
    if (!right)
      verdict.append(
        h(
          'span',
          {},
          words.answer.replace('{answer}', () => truth),
        ),
      )
    verdict.toggleAttribute('data-right', right)
  }
  store.set(key(box), guess)
}

export function restoreGuesses(): void {
  for (const box of all('.guess')) {
    box.querySelector('.predict')?.append(h('p', { class: 'verdict', role: 'status' }))
    // Without the script they are a plain list.
    for (const item of all('li[data-choice]', box)) {
      const button = h('button', { type: 'button', 'data-choice': item.dataset.choice }, ...item.childNodes)
      item.replaceChildren(button)
      item.removeAttribute('data-choice')
    }
    const answered = (guess: string) => {
      answerGuess(box, guess)
      // Beside an open lab the step is played at once; a closed one is not opened by a guess.
      if (guess && document.documentElement.hasAttribute('data-lab-shown'))
        box.querySelector<HTMLElement>('[data-step-action="run"]')?.click()
    }
    for (const button of all('button[data-choice]', box))
      button.addEventListener('click', () => answered(button.dataset.choice ?? ''))
    box.querySelector('form')?.addEventListener('submit', event => {
      event.preventDefault()
      answered(box.querySelector('input')?.value ?? '')
    })
    const kept = store.get(key(box))
    if (kept !== null) answerGuess(box, kept)
  }
}
