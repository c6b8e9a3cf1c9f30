// Observers whose part of the page is loaded when it is first opened: they are loaded then, too. By the name under which
// the page opens them (`connection.open`).
import type { Observer, Stage } from './observer.ts'

export const lateObservers: Readonly<Record<string, () => Promise<(stage: Stage) => Observer>>> = {}
