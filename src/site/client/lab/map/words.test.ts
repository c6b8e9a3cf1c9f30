import { expect, test } from 'vitest'
import { mapWords as en } from '../../../../i18n/lab/map.en.ts'
import { mapWords as zh } from '../../../../i18n/lab/map.zh.ts'
import { lineText, sentenceText } from './words.ts'

const places = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

test('both languages say the same sentences, with the same values', () => {
  expect(Object.keys(zh.sentences)).toEqual(Object.keys(en.sentences))
  for (const [key, parts] of Object.entries(en.sentences)) {
    const other = zh.sentences[key] ?? []
    expect(other.length, key).toBe(2)
    // A language may leave a value out, but may not ask for one that the other does not know.
    const known = new Set([...places(parts.join()), ...(key.startsWith('rolling') ? ['{from}', '{to}'] : [])])
    expect(
      places(other.join()).filter(each => !known.has(each)),
      key,
    ).toEqual([])
  }
  for (const [key, line] of Object.entries(en.lines))
    expect(places(zh.lines[key] ?? ''), key).toEqual(places(line))
})

test('times in a saying are those of now', () => {
  const line = { say: 'crashNext', with: { code: 2, restarts: 3 }, until: 81_000 }
  expect(lineText(line, 0, zh)).toBe('退出码 2 · 重启 3 次\n1 分 21 秒后再试')
  expect(lineText(line, 72_000, en)).toBe('exit 2 · restarts 3\nnext try in 9 s')
  expect(lineText(line, 90_000, zh)).toBe('退出码 2 · 重启 3 次\n片刻后再试')
  const lost = { say: 'nodeLostUntil', with: { node: 'k8s-node2', n: 2 }, since: 0, until: 300_000 }
  expect(sentenceText(lost, 161_000, zh).join('')).toBe(
    'k8s-node2 已 NotReady 2 分 41 秒。上面 2 个 Pod 是死是活没人知道；再过 2 分 19 秒，才会在别的节点上补。',
  )
})

test('one is one, in English too', () => {
  const all = Object.fromEntries(['n', 'ready', 'waiting', 'wanted', 'total', 'done'].map(name => [name, 1]))
  for (const say of Object.keys(en.sentences)) {
    // Of one pod another sentence is said.
    const ofSeveral = /(?:All|Many)$/.test(say) && !/^(?:well|done)/.test(say)
    const said = sentenceText({ say, with: { ...all, ...(ofSeveral && { n: 2 }) } }, 0, en).join(' ')
    expect(said, say).not.toMatch(/\b1 (?:other )?(?:pods|are|have|exist)\b|[|]/)
  }
  const one = (say: string) => sentenceText({ say, with: all }, 0, en).join(' ')
  expect(one('wellMany')).toBe('All well. 1 pod is ready.')
  expect(one('nodeLostStays')).toContain('whether its 1 pod lives.')
})
