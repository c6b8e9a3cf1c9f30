import { expect, test } from 'vitest'
import { historyEnd, isHistoryFile } from './link.ts'

test('a history is known by its name, also by the one of a second download', () => {
  for (const end of [historyEnd, '.history (1).json', '.history(2).json', '.history-3.json'])
    expect(isHistoryFile(`04-roll-back${end}`), end).toBe(true)
  for (const name of ['package.json', 'history.json', 'x.history.yaml', 'x.history old.json'])
    expect(isHistoryFile(name), name).toBe(false)
})
