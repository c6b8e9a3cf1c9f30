// What is wrong with a manifest while it is being written: the API server's words, and an explanation in the page's
// language.
import { fill } from '../../../i18n/fill.ts'
import type { Language } from '../../../i18n/strings.ts'
import { diagnosisParts, explanationParts } from '../../../lesson/loaders.ts'
import type { Observer, Stage, Takes } from './observer.ts'

export class Problems implements Observer {
  readonly takes: Takes

  constructor(stage: Stage, language: Language) {
    this.takes = {
      diagnose({ id, text }) {
        const found = diagnosisParts.get('diagnose').diagnoseIn(stage.life.world, text)
        const explanations = explanationParts.get(language)
        const diagnostics = found.map(each => ({
          ...each,
          explanation: fill(explanations[each.code], each.params),
        }))
        stage.post({ type: 'diagnostics', id, diagnostics })
      },
    }
  }
}
