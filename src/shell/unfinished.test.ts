import { expect, test } from 'vitest'
import { Unfinished } from './unfinished.ts'

/** Which lines end a command, and how many characters were parsed for all of them. */
function type(lines: readonly string[]) {
  const typed = new Unfinished()
  let looked = 0
  const ends: number[] = []
  for (const [i, line] of lines.entries()) {
    if (typed.add(`${line}\n`)) {
      ends.push(i)
      typed.clear()
    }
    looked += typed.looked
  }
  return { ends, looked }
}

test('a command ends with the line that makes it whole', () => {
  for (const [text, ends] of [
    ['echo a|echo b', [0, 1]],
    ['if true|then echo fi|echo done|fi|echo', [3, 4]],
    ['cat <<EOF|if|EOF  |EOF|echo', [3, 4]],
    ['cat <<-EOF|x|\tEOF|echo', [2, 3]],
    ['echo "a|b|c"|echo', [2, 3]],
    ["echo 'it|fi|s'|echo", [2, 3]],
    ['for i in 1 2|do|case $i in|1) echo|;;|esac|done|echo', [6, 7]],
    ['f() {|echo a}|(|echo|)|}|f', [5, 6]],
    ['while read x; do echo $x; done <<A; if true; then|a|A|echo|fi|echo', [4, 5]],
    ['echo a \\|b|echo a \\\\|echo', [1, 2, 3]],
    ['a &&|b|(|c|)|d', [1, 4, 5]],
    ['echo $(|date|)|echo', [2, 3]],
    ['echo `|date|`', [2]],
    ['[[ a &&|b ]]|x', [1, 2]],
    ['x=(|1|)|x', [2, 3]],
    ['function f|{|a|}|x', [3, 4]],
    ['{ {|a|}|}|x', [3, 4]],
    ['echo }|x', [0, 1]],
    ['fi|x', [0, 1]],
  ] as const)
    expect([text, type(text.split('|')).ends]).toEqual([text, ends])
})

test('what cannot end a command is not parsed again', () => {
  const lines = Array.from({ length: 12_500 }, (_, i) => `line ${i} of "many" $(things) {`)
  const length = lines.join('\n').length
  for (const [first, last] of [
    ['cat > f <<EOF', 'EOF'],
    ['f() {', '}'],
    ["echo '", "'"],
    ['for i in 1 2; do', 'done'],
  ])
    expect([first, type([first!, ...lines, last!]).looked]).toEqual([
      first,
      expect.toSatisfy(looked => looked < 3 * length),
    ])
})
