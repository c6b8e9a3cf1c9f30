// Observers whose part of the page is loaded when it is first opened: they are loaded then, too. By the name under which
// the page opens them (`connection.open`).
import type { Observer, Stage } from './observer.ts'

export const lateObservers: Readonly<Record<string, () => Promise<(stage: Stage) => Observer>>> = {
  'why-zh': async () => {
    const [{ Why }, { whyZh }] = await Promise.all([import('./why.ts'), import('../../../i18n/why.zh.ts')])
    return () => new Why(whyZh, 'zh')
  },
  'why-en': async () => {
    const [{ Why }, { whyEn }] = await Promise.all([import('./why.ts'), import('../../../i18n/why.en.ts')])
    return () => new Why(whyEn, 'en')
  },
  map: () =>
    import('./map.ts').then(
      ({ ClusterMap }) =>
        stage =>
          new ClusterMap(stage),
    ),
  history: () =>
    import('./history.ts').then(
      ({ HistoryList }) =>
        stage =>
          new HistoryList(stage),
    ),
}
