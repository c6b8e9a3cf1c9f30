// S2 of an object that is not there: a pod whose node does not exist is cleared away without a word.
import { isKind } from '../../kinds/object.ts'
import { writtenObject } from './place.ts'
import type { Subject, Symptom } from './symptom.ts'

type Missing = Extract<Subject, { type: 'missing' }>

export const gone: Symptom<Missing> = {
  name: 'gone',
  has: ({ kind }) => kind === 'Pod',
  questions: [
    {
      number: 20,
      ask({ name, namespace }, view) {
        const written = writtenObject('Pod', name, view)
        const node = isKind(written, 'Pod') ? written.spec?.nodeName : undefined
        if (!written || !node || view.find('nodes', undefined, node)) return undefined
        const object = { ...written, metadata: { ...written.metadata, namespace } }
        return {
          values: { node },
          shown: 'kubectl get nodes',
          field: { object, path: 'spec.nodeName' },
          missing: `node/${node}`,
        }
      },
    },
  ],
}
