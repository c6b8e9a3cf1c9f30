// Where a lab's work is kept: in the browser, by the one tab that has the lab open. A further tab has a copy of it, which is
// kept in that tab alone, so that neither overwrites the other's.
import { store } from '../dom.ts'

export interface Keeping {
  /** Another tab has this lab open. */
  readonly copy: boolean
  get(key: string): string | undefined
  /** False where there is no room. */
  set(key: string, text: string | undefined): boolean
}

/** A tab that is being loaded anew still holds its lock for a moment, ms. */
const patience = 500

const asked = new Map<string, Promise<Keeping>>()

/** `name` of the lab; asked again, as after a failed opening, the answer stays. */
export function keeping(name: string): Promise<Keeping> {
  const known = asked.get(name) ?? decide(name)
  asked.set(name, known)
  return known
}

async function decide(name: string): Promise<Keeping> {
  const copyKey = `${name}:copy`
  // Who once had a copy goes on with it.
  const copy = store.get(copyKey, 'sessionStorage') !== null || !(await isFirst(name))
  if (copy) store.set(copyKey, '1', 'sessionStorage')
  return {
    copy,
    get: key => store.get(key, copy ? 'sessionStorage' : 'localStorage') ?? store.get(key) ?? undefined,
    set: (key, text) => store.set(key, text, copy ? 'sessionStorage' : 'localStorage'),
  }
}

/** Whether no other tab has it; then none gets it as long as this page is there. Browsers without locks have no copies. */
function isFirst(name: string): Promise<boolean> {
  return new Promise(resolve => {
    if (!navigator.locks) return resolve(true)
    navigator.locks
      .request(name, { signal: AbortSignal.timeout(patience) }, () => {
        resolve(true)
        return new Promise(() => {})
      })
      // A browser that gives the page no storage, as in a frame of another site, gives it no locks either.
      .catch(({ name }) => resolve(name === 'SecurityError'))
  })
}
