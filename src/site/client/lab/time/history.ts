// The tab of what happened; what is in it is loaded when it is first opened.
import type { Lab, Part } from '../part.ts'

export function history(lab: Lab): Part {
  return {
    tabs: [
      {
        name: 'history',
        title: lab.t.history,
        explains: true,
        load: () => import('./history-pane.ts').then(each => each.historyPane(lab)),
      },
    ],
  }
}
