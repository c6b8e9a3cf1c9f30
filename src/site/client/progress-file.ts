// Progress as a file, to take it to another browser. Opening one adds to what is here; nothing is taken away.
import { announce, doneIds, download, h, store } from './dom.ts'
import { addDone, addFewest, addTime, bestTimes, fewestCommands, lastKey } from './progress.ts'

const format = 1
const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w./@-]{1,120}$/.test(value)

export function saveProgress(): void {
  const content = {
    format,
    done: doneIds(),
    last: store.get(lastKey) ?? undefined,
    times: bestTimes(),
    commands: fewestCommands(),
  }
  download('living-kubernetes.progress.json', `${JSON.stringify(content, null, 2)}\n`)
}

/** Asks for a file and takes over what it holds. */
export function openProgress(said: { readonly taken: string; readonly spoilt: string }): void {
  const chooser = h('input', { type: 'file', accept: '.json' })
  chooser.addEventListener('change', async () => {
    try {
      const {
        format: known,
        done,
        last,
        times,
        commands,
      } = JSON.parse((await chooser.files?.[0]?.text()) ?? '')
      if (known !== format || !Array.isArray(done)) throw new Error('no progress')
      if (isId(last) && store.get(lastKey) === null) store.set(lastKey, last)
      addDone(...done.filter(isId))
      for (const [id, ms] of Object.entries(times ?? {}))
        if (isId(id) && typeof ms === 'number') addTime(id, ms)
      for (const [id, n] of Object.entries(commands ?? {}))
        if (isId(id) && typeof n === 'number') addFewest(id, n)
      announce(said.taken, true)
    } catch {
      announce(said.spoilt, true)
    }
  })
  chooser.click()
}
