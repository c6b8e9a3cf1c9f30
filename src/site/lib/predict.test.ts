import { expect, test } from 'vitest'
import { splitGuess } from './predict.ts'

const choices = '<li data-choice="a"><span>one</span></li>\n<li data-choice="b"><span>two</span></li>'

test('the choices end with the last of them, also where the explanation has a list', () => {
  const rest = '<div class="console"></div><ol><li>first</li><li>then</li></ol>'
  expect(splitGuess(`<p>Which?</p>${choices}${rest}`)).toEqual({ question: '<p>Which?</p>', choices, rest })
})

test('without choices the question is the first paragraph', () => {
  expect(splitGuess('<p>How many?</p><div></div><p>3, for …</p>')).toEqual({
    question: '<p>How many?</p>',
    choices: '',
    rest: '<div></div><p>3, for …</p>',
  })
})
