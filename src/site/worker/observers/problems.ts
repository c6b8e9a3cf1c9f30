// What is wrong with a manifest while it is being written: the API server's words, and an explanation in the page's
// language.
import { customKinds } from '../../../api/custom/definitions.ts'
import { fill } from '../../../i18n/strings.ts'
import type { AnyObject } from '../../../kinds/object.ts'
import { diagnose } from '../../../manifest/diagnose.ts'
import type { DiagnosticCode } from '../../../manifest/diagnostic.ts'
import type { Observer, Stage, Takes } from './observer.ts'

export type Explanations = Readonly<Record<DiagnosticCode, string>>

export class Problems implements Observer {
  readonly takes: Takes

  constructor(stage: Stage, explanations: Explanations) {
    this.takes = {
      diagnose: ({ id, text }) =>
        stage.post({
          type: 'diagnostics',
          id,
          diagnostics: diagnose(text, { customKinds, definitions: definitions(stage) }).map(each => ({
            ...each,
            explanation: fill(explanations[each.code], each.params),
          })),
        }),
    }
  }
}

/** The kinds that the cluster has beside its own. */
function definitions({ life }: Stage): readonly AnyObject[] {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  return life.world.cluster.api.handle({ method: 'GET', path, managedFields: false }).body.items ?? []
}
